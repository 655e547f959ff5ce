// Stands in for the native module `@vscode/native-watchdog`, which ends an extension host whose parent has died: the
// stand-in for VS Code ends the whole process group itself.

export const start = (_pid: number): void => undefined;

export const exit = (code?: number): never => process.exit(code ?? 0);
