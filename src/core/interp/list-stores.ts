import { type ListValue, NONE, touch, unknown, type Value } from '../values';
import { generalise } from './general';
import type { Machine } from './machine';
import { bounds } from './slices';

/** What `xs[key] = held` does to a list. */
export const storeItem = (m: Machine, value: ListValue, key: Value, held: Value): void => {
  touch(m.journal, value);
  if (key.kind === 'slice') {
    storeSlice(m, value, key, held);
    return;
  }
  const at = key.kind === 'int' && typeof key.value === 'number' ? key.value : undefined;
  if (value.count !== null || at === undefined) {
    value.items = value.items.map((item) => generalise(m, item, held));
    value.parts = undefined;
    return;
  }
  const place = at < 0 ? at + value.items.length : at;
  value.items = value.items.map((item, i) => (i === place ? held : item));
};

/** `xs[1:3] = ys`, which may change the length, and `xs[::2] = ys`, which may not. */
const storeSlice = (m: Machine, value: ListValue, key: Extract<Value, { kind: 'slice' }>, held: Value): void => {
  const places = value.count === null ? bounds(key, value.items.length) : undefined;
  const given = held.kind === 'list' && held.count !== null ? undefined : isPlain(held) ? held.items : undefined;
  const by = key.step.kind === 'none' ? 1 : key.step.kind === 'int' ? key.step.value : undefined;
  if (!places || !given || by === undefined || (by !== 1 && given.length !== places.length)) {
    scatter(m, value, 'elements that were changed at unknown places');
  } else if (by === 1) {
    const from = places[0] ?? bounds({ ...key, upper: NONE }, value.items.length)?.[0] ?? value.items.length;
    value.items = [...value.items.slice(0, from), ...given, ...value.items.slice(from + places.length)];
  } else {
    const items = [...value.items];
    for (const [i, place] of places.entries()) items[place] = given[i] ?? NONE;
    value.items = items;
  }
};

const isPlain = (value: Value): value is Extract<Value, { kind: 'list' | 'tuple' }> =>
  value.kind === 'list' || value.kind === 'tuple';

/** Nobody knows any more what a list holds, nor how much. */
export const scatter = (m: Machine, value: ListValue, why: string): void => {
  value.items = [unknown(why)];
  value.count = m.context.unknownSize('the length of a list');
  value.parts = undefined;
};
