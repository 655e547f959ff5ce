import type { Node } from '../syntax';
import { type DictValue, dict, int, keyOf, type ObjectValue, touch, tuple, unknown, type Value } from '../values';
import { distribute, resolve } from './branch';
import type { Args, Machine } from './machine';
import { dictOf } from './mappings';
import { storeAttribute } from './stores';

/** Where a module keeps its hooks under their numbers, as PyTorch does. */
export type HookTable = '_forward_hooks' | '_forward_pre_hooks';

/** The table of the hooks that are given the keyword arguments of the call too. */
const withKeywords = (table: HookTable) => `${table}_with_kwargs`;

/** Adds a hook to a module; gives the table and the number by which it can be taken away again. */
export const addHook = (
  m: Machine,
  self: ObjectValue,
  table: HookTable,
  hook: Value,
  keywords: Value,
): { readonly hooks: DictValue; readonly id: Value } => {
  const id = int(m.nextId++);
  const hooks = put(m, self, table, id, hook);
  const asked = resolve(m, keywords);
  if (asked.kind !== 'bool' || asked.value) put(m, self, withKeywords(table), id, asked);
  return { hooks, id };
};

const put = (m: Machine, self: ObjectValue, table: string, key: Value, value: Value): DictValue => {
  const before = self.attrs.get(table);
  const held = before && resolve(m, before);
  const hooks = held?.kind === 'dict' ? held : dict();
  if (hooks !== held) storeAttribute(m, self, table, hooks);
  touch(m.journal, hooks);
  hooks.entries.set(keyOf(key) ?? '', { key, value });
  return hooks;
};

/** The arguments of a call after the hooks that run before it: one that gives something replaces them. */
export const hookedArguments = (
  m: Machine,
  self: ObjectValue,
  args: Args,
  node: Node | undefined,
): Args | undefined => {
  let now: Args = args;
  for (const { hook, keywords } of hooksOf(m, self, '_forward_pre_hooks')) {
    if (!hook || now.open || now.rest) return undefined;
    const given = [self, tuple(now.positional), ...(keywords ? [dictOf(now.keywords)] : [])];
    const made = resolve(m, m.call(hook, { positional: given, keywords: new Map() }, node));
    if (made.kind === 'none') continue;
    if (made.kind === 'unknown' || made.kind === 'either' || keywords) return undefined;
    now = { ...now, positional: made.kind === 'tuple' ? made.items : [made] };
  }
  return now;
};

/** What a call gives after the hooks that run after it: one that gives something replaces it. */
export const hookedOutput = (
  m: Machine,
  self: ObjectValue,
  args: Args,
  output: Value,
  node: Node | undefined,
): Value => {
  let now = output;
  for (const { hook, keywords } of hooksOf(m, self, '_forward_hooks')) {
    if (!hook || args.open || args.rest) return unknown(`what a hook makes of what ${self.cls.name} gives`);
    const given = [self, tuple(args.positional), ...(keywords ? [dictOf(args.keywords)] : []), now];
    const before = now;
    const made = m.call(hook, { positional: given, keywords: new Map() }, node);
    now = distribute(m, made, (v) => (v.kind === 'none' ? before : v));
  }
  return now;
};

/** One hook; nothing at all where nobody knows what runs. */
interface Hook {
  readonly hook?: Value;
  readonly keywords?: boolean;
}

/** The hooks of a module in their order. */
const hooksOf = (m: Machine, self: ObjectValue, table: HookTable): readonly Hook[] => {
  const held = self.attrs.get(table);
  if (!held) return [];
  const hooks = resolve(m, held);
  const told = self.attrs.get(withKeywords(table));
  const asked = told && resolve(m, told);
  if (hooks.kind !== 'dict' || hooks.open || (asked && asked.kind !== 'dict')) return [{}];
  const result: Hook[] = [];
  for (const [id, { value }] of hooks.entries) {
    const hook = resolve(m, value);
    const keywords = asked?.entries.get(id)?.value;
    if (hook.kind === 'either' || (keywords && keywords.kind !== 'bool')) return [{}];
    if (hook.kind !== 'unbound') result.push({ hook, keywords: keywords !== undefined });
  }
  return result;
};
