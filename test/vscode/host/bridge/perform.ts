import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import type { Order, Place } from './protocol';

/** Milliseconds that an order waits for its element. */
const PATIENCE = 10_000;

/** Carries out one order in the browser and answers plain data; rejects when the element does not come. */
export async function perform(page: Page, order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'screenshot':
      return screenshot(page, order);
    case 'webviews':
      return Promise.all((await webviews(page)).map((frame) => frame.title()));
    case 'press':
      return page.keyboard.press(order.key);
    case 'type':
      return page.keyboard.type(order.text);
    case 'drag':
      await page.mouse.move(order.from.x, order.from.y);
      await page.mouse.down();
      await page.mouse.move(order.to.x, order.to.y, { steps: 8 });
      return page.mouse.up();
    case 'wheel':
      return wheel(page, order);
    case 'resize':
      return page.setViewportSize({ width: order.width, height: order.height });
    case 'media':
      return page.emulateMedia({ reducedMotion: order.reducedMotion ? 'reduce' : null });
    default:
      return performIn(await frameOf(page, order), order);
  }
}

type FrameOrder = Extract<Order, Place & { readonly kind: string }> &
  Exclude<Order, { kind: 'screenshot' | 'webviews' | 'press' | 'type' | 'drag' | 'wheel' | 'resize' | 'media' }>;

async function performIn(frame: Frame, order: FrameOrder): Promise<unknown> {
  if (order.kind === 'run') return frame.evaluate(order.source);
  const all = frame.locator(order.selector);
  const first = all.first();
  switch (order.kind) {
    case 'text':
      return all.allInnerTexts();
    case 'html':
      return all.evaluateAll((elements) => elements.map((element) => element.innerHTML));
    case 'boxes':
      return Promise.all((await all.all()).map((one) => one.boundingBox()));
    case 'waitText': {
      const found = all.filter({ hasText: order.text });
      await found.first().waitFor({ state: 'visible', timeout: order.timeout });
      return (await found.allInnerTexts())[0];
    }
    case 'waitGone':
      return first.waitFor({ state: 'hidden', timeout: order.timeout });
    case 'click':
      return first.click({ clickCount: order.count, button: order.right ? 'right' : 'left', timeout: PATIENCE });
    case 'hover':
      return first.hover({ timeout: PATIENCE });
    case 'focus':
      return first.focus({ timeout: PATIENCE });
    case 'fill':
      return first.fill(order.text, { timeout: PATIENCE });
  }
}

async function screenshot(page: Page, order: Extract<Order, { kind: 'screenshot' }>): Promise<void> {
  mkdirSync(dirname(order.path), { recursive: true });
  const options = { path: order.path, animations: 'disabled', caret: 'hide' } as const;
  if (order.selector)
    await page
      .locator(order.selector)
      .first()
      .screenshot({ ...options, timeout: PATIENCE });
  else await page.screenshot(order.clip ? { ...options, clip: order.clip } : options);
}

async function wheel(page: Page, order: Extract<Order, { kind: 'wheel' }>): Promise<void> {
  await page.mouse.move(order.at.x, order.at.y);
  if (order.control) await page.keyboard.down('Control');
  await page.mouse.wheel(order.by.x, order.by.y);
  if (order.control) await page.keyboard.up('Control');
}

/** Waits for the webview, because a panel's page is loaded after the panel is there. */
async function frameOf(page: Page, place: Place): Promise<Frame> {
  if (place.webview === undefined) return page.mainFrame();
  const end = Date.now() + PATIENCE;
  const titles = new Set<string>();
  while (Date.now() < end) {
    for (const frame of await webviews(page)) {
      const title = await frame.title().catch(() => '');
      if (title === place.webview) return frame;
      titles.add(title);
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`no visible webview is titled ${place.webview}; seen: ${[...titles].join(', ') || 'none'}`);
}

/** The documents of the visible webviews: VS Code shows each in an inner frame named `active-frame`. */
async function webviews(page: Page): Promise<readonly Frame[]> {
  const shown = await Promise.all(
    page.frames().map(async (frame) => {
      if (frame === page.mainFrame()) return [];
      const element = await frame.frameElement().catch(() => undefined);
      const active = (await element?.getAttribute('id').catch(() => null)) === 'active-frame';
      return active && (await element?.isVisible().catch(() => false)) ? [frame] : [];
    }),
  );
  return shown.flat();
}
