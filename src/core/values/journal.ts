import type { Dim } from '../dims';
import { keptItems } from './growth';
import type { DictEntry, HeapValue, Part, Value } from './value';

/** What a heap value held at one moment. `map` is a copy; the other fields are the immutable ones it pointed at. */
export interface Content {
  readonly map?: ReadonlyMap<string, Value | DictEntry>;
  readonly items?: readonly Value[];
  readonly count?: Dim | null;
  readonly parts?: readonly Part[] | undefined;
  readonly optional?: readonly Value[] | undefined;
  readonly at?: number;
  readonly endless?: boolean | undefined;
  readonly open?: boolean;
}

/**
 * The undo log of the heap. Every branch that may be undone opens a level; the first change of a heap value after
 * that saves its content there. Without an open level `touch` costs one comparison.
 */
export interface Journal {
  readonly levels: Map<HeapValue, Content>[];
  /** How often a class or the names of a module have changed: what code can read without being given it. */
  shared: number;
}

export const journal = (): Journal => ({ levels: [], shared: 0 });

/** Must be called before every change of a heap value. */
export const touch = (log: Journal, value: HeapValue): void => {
  const { levels } = log;
  if (isShared(value)) log.shared++;
  const top = levels[levels.length - 1];
  if (top && !top.has(value)) top.set(value, contentOf(value));
  if ('optional' in value) value.optional = undefined;
};

/** Whether code can read it without being given it. */
export const isShared = (value: HeapValue): boolean =>
  value.kind === 'class' || (value.kind === 'scope' && value.role !== 'function' && value.role !== 'comprehension');

export const contentOf = (value: HeapValue): Content => {
  switch (value.kind) {
    case 'list':
      return { items: keptItems(value), count: value.count, parts: value.parts, optional: value.optional };
    case 'iterator':
      return { items: value.items, at: value.at, endless: value.endless };
    case 'dict':
      return { map: new Map(value.entries), open: value.open };
    case 'set':
      return { map: new Map(value.entries), open: value.open };
    case 'object':
      return { map: new Map(value.attrs), count: value.count, open: value.open, optional: value.optional };
    case 'class':
      return { map: new Map(value.attrs) };
    case 'scope':
      return { map: new Map(value.vars) };
  }
};

/** The map in which a heap value keeps its named values. */
const mapOf = (value: HeapValue): Map<string, Value | DictEntry> | undefined => {
  switch (value.kind) {
    case 'dict':
    case 'set':
      return value.entries;
    case 'object':
    case 'class':
      return value.attrs;
    case 'scope':
      return value.vars;
    default:
      return undefined;
  }
};

export const restore = (value: HeapValue, content: Content): void => {
  const map = mapOf(value);
  if (map && content.map) {
    map.clear();
    for (const [key, held] of content.map) map.set(key, held);
  }
  if ('items' in value && content.items) value.items = content.items;
  if (value.kind === 'list' && content.items) value.parts = content.parts;
  if (value.kind === 'list' || value.kind === 'object') value.optional = content.optional;
  if (value.kind === 'iterator' && content.at !== undefined) {
    value.at = content.at;
    value.endless = content.endless;
  }
  if ('open' in value && content.open !== undefined && value.kind !== 'class') value.open = content.open;
  if ((value.kind === 'list' || value.kind === 'object') && content.count !== undefined) value.count = content.count;
};

/** Opens a level; `close` gives what was touched since, with the content before. */
export const open = ({ levels }: Journal): void => {
  levels.push(new Map());
};

export const close = ({ levels }: Journal): Map<HeapValue, Content> => levels.pop() ?? new Map();

/** Undoes everything since the level was opened, but for what `keeps` names; gives the content that was undone. */
export const rollback = (log: Journal, keeps?: (value: HeapValue) => boolean): Map<HeapValue, Content> => {
  const before = close(log);
  const after = new Map<HeapValue, Content>();
  for (const [value, content] of before) {
    if (keeps?.(value)) continue;
    after.set(value, contentOf(value));
    if (isShared(value)) log.shared++;
    restore(value, content);
  }
  return after;
};

/** Closes a level and keeps its changes: what lies below must still be able to undo them. */
export const commit = (log: Journal): void => {
  const before = close(log);
  const below = log.levels[log.levels.length - 1];
  if (below) for (const [value, content] of before) if (!below.has(value)) below.set(value, content);
};
