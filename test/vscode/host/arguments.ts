/** The part of VS Code's command line that the stand-in understands. */
export interface Arguments {
  readonly developmentPaths: readonly string[];
  readonly testsPath: string | undefined;
  readonly userDataDir: string | undefined;
  readonly extensionsDir: string | undefined;
  readonly disableTrust: boolean;
  readonly locale: string | undefined;
  /** Folders and files to open. */
  readonly paths: readonly string[];
}

/** Reads `--name=value` and plain paths, as `runTests` passes them; flags without a value are the desktop's own. */
export function readArguments(args: readonly string[]): Arguments {
  const valued = args.map((arg) => /^--([^=]+)=(.*)$/s.exec(arg)).filter((match) => match !== null);
  const all = (name: string): readonly string[] =>
    valued.flatMap((match) => (match[1] === name ? [match[2] ?? ''] : []));
  const last = (name: string): string | undefined => all(name).at(-1);
  return {
    developmentPaths: all('extensionDevelopmentPath'),
    testsPath: last('extensionTestsPath'),
    userDataDir: last('user-data-dir'),
    extensionsDir: last('extensions-dir'),
    disableTrust: args.includes('--disable-workspace-trust'),
    locale: last('locale'),
    paths: args.filter((arg) => !arg.startsWith('--')),
  };
}
