import type { Box, Order, Place, Point } from '../host/bridge/protocol';
import { told } from './told';

/** Whether the window can be driven and photographed; the desktop cannot: such tests call `this.skip()` there. */
export const hasBridge = told.bridge !== '';

/** Sends an order to the browser; rejects with its reason when it could not be carried out. */
async function send(order: Order): Promise<unknown> {
  const response = await fetch(told.bridge, { method: 'POST', body: JSON.stringify(order) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${order.kind}: ${String(answer)}`);
  return answer;
}

/** The whole window, or a part of it, as `out/screenshots/NAME.png`. */
export async function screenshot(
  name: string,
  part: { readonly clip?: Box; readonly selector?: string } = {},
): Promise<void> {
  await send({ kind: 'screenshot', path: `${told.screenshots}/${name}.png`, ...part });
}

/** The texts of all elements that match, as a person reads them. */
export const text = async (selector: string, place: Place = {}): Promise<readonly string[]> =>
  strings(await send({ kind: 'text', selector, ...place }));

/** The inner HTML of all elements that match. */
export const html = async (selector: string, place: Place = {}): Promise<readonly string[]> =>
  strings(await send({ kind: 'html', selector, ...place }));

/** Where the elements that match are in the window; null for one that is not shown. */
export async function boxes(selector: string, place: Place = {}): Promise<readonly (Box | null)[]> {
  const answer = await send({ kind: 'boxes', selector, ...place });
  return Array.isArray(answer) ? answer : [];
}

/** Waits until an element that matches shows the text and answers all of its text. */
export async function waitText(selector: string, wanted: string, place: Place & Limit = {}): Promise<string> {
  const { timeout = 10_000, ...where } = place;
  return String(await send({ kind: 'waitText', selector, text: wanted, timeout, ...where }));
}

/** Waits until nothing that matches is shown. */
export async function waitGone(selector: string, place: Place & Limit = {}): Promise<void> {
  const { timeout = 10_000, ...where } = place;
  await send({ kind: 'waitGone', selector, timeout, ...where });
}

/**
 * Runs a function in the page and answers what it answers, as JSON. It is sent as text: it sees the page's
 * `document` and its argument, nothing of the test.
 */
export async function run<Argument, Answer>(
  work: (argument: Argument) => Answer,
  argument: Argument,
  place: Place = {},
): Promise<unknown> {
  return send({ kind: 'run', source: `(${work.toString()})(${JSON.stringify(argument)})`, ...place });
}

/** Clicks the middle of the first element that matches. */
export async function click(
  selector: string,
  how: Place & { readonly count?: number; readonly right?: boolean } = {},
): Promise<void> {
  const { count = 1, right = false, ...place } = how;
  await send({ kind: 'click', selector, count, right, ...place });
}

/** Rests the pointer on the first element that matches. */
export const hover = async (selector: string, place: Place = {}): Promise<unknown> =>
  send({ kind: 'hover', selector, ...place });

/** Gives the keyboard to the first element that matches. */
export const focus = async (selector: string, place: Place = {}): Promise<unknown> =>
  send({ kind: 'focus', selector, ...place });

/** Replaces the text of a field. */
export const fill = async (selector: string, value: string, place: Place = {}): Promise<unknown> =>
  send({ kind: 'fill', selector, text: value, ...place });

/** Presses a key or a chord where the focus is: `Escape`, `Control+Shift+P`. */
export const press = async (key: string): Promise<unknown> => send({ kind: 'press', key });

/** Types text where the focus is. */
export const type = async (value: string): Promise<unknown> => send({ kind: 'type', text: value });

/** Drags with the left button from point to point of the window. */
export const drag = async (from: Point, to: Point): Promise<unknown> => send({ kind: 'drag', from, to });

/** Turns the wheel over a point of the window, with Control held for zooming when asked. */
export const wheel = async (at: Point, by: Point, control = false): Promise<unknown> =>
  send({ kind: 'wheel', at, by, control });

/** The titles of the documents in the visible webviews. */
export const webviews = async (): Promise<readonly string[]> => strings(await send({ kind: 'webviews' }));

/** Makes the window as large as that. */
export const resize = async (width: number, height: number): Promise<unknown> =>
  send({ kind: 'resize', width, height });

/** Makes the page believe that the reader wants less motion. */
export const reduceMotion = async (reducedMotion: boolean): Promise<unknown> => send({ kind: 'media', reducedMotion });

interface Limit {
  readonly timeout?: number;
}

const strings = (answer: unknown): readonly string[] => (Array.isArray(answer) ? answer.map(String) : []);
