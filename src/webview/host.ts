import type { FromPage, PageState, Sequence, ToPage } from './protocol';

/** The page's only door to the extension. */
declare function acquireVsCodeApi(): {
  readonly postMessage: (message: FromPage) => void;
  readonly getState: () => unknown;
  readonly setState: (state: PageState) => void;
};

const api = acquireVsCodeApi();
let sequence: Sequence = 0;

export const post = (message: FromPage): void => api.postMessage(message);

/** The number of a new request. Answers to earlier ones are out of date from then on. */
export const nextSequence = (): Sequence => {
  sequence++;
  return sequence;
};

let drawn = '';

/**
 * Whether a model is to be drawn: not one that was made before the extension knew of the last request, and not the
 * one that is shown already, for an open menu or a selection would go with the old drawing.
 */
export const isNews = (message: Extract<ToPage, { readonly answers: Sequence }>): boolean => {
  if (message.answers < sequence) return false;
  const told = JSON.stringify(message);
  if (told === drawn) return false;
  drawn = told;
  return true;
};

export const keep = (state: PageState): void => api.setState(state);

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isCamera = (value: unknown): value is PageState['camera'] =>
  isFields(value) && [value.x, value.y, value.scale].every((n) => typeof n === 'number' && Number.isFinite(n));

/** What was kept, as far as it can be used: another version may have written it. */
export const kept = (): Partial<PageState> => {
  const state = api.getState();
  if (!isFields(state)) return {};
  const { className, ids, direction, camera } = state;
  return {
    ...(typeof className === 'string' && { className }),
    ...(Array.isArray(ids) && { ids: ids.filter((id) => typeof id === 'string') }),
    ...((direction === 'down' || direction === 'right') && { direction }),
    ...(isCamera(camera) && camera && { camera }),
  };
};
