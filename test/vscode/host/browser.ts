import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from './system';

/** The size of the window in tests and pictures. */
const VIEWPORT = { width: 1280, height: 800 };

/** What the page tells the stand-in. */
export interface PageEvents {
  readonly log: (level: string, args: readonly unknown[]) => void;
  readonly exit: (code: number) => void;
  readonly crash: () => void;
}

/** Opens a headless Chromium whose page reports VS Code's log and the exit code of the tests. */
export async function openPage(
  locale: string | undefined,
  events: PageEvents,
): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
  });
  const deviceScaleFactor = Number(process.env.VSCODE_HOST_SCALE ?? 1);
  const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor });
  const page = await context.newPage();
  page.on('crash', events.crash);
  await context.exposeFunction('codeAutomationLog', (level: string, args: readonly unknown[]) =>
    events.log(level, args),
  );
  await context.exposeFunction('codeAutomationExit', (code: number) => events.exit(code));
  // Without a language pack the workbench stays English, but it and its extensions are told the language.
  if (locale) await context.addInitScript((name) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name }), locale);
  return { browser, page };
}
