import type { Entry, OpEntry, Table, Words } from '../rows';
import { keepShape } from '../rows';
import { torchTables } from '../torch';

/** What a row of Paddle takes over from PyTorch's. */
type Shared = Pick<Entry, 'en' | 'zh' | 'formula' | 'twin'>;

/**
 * The words of PyTorch's op of that name, with the relation between the two: Paddle's rows say only what differs.
 * `differs` is a pair of sentences, English and Chinese.
 */
export const twin = (path: string, differs?: readonly [en: string, zh: string]): Shared => {
  words ??= collect();
  const { en = '', zh = '', formula } = words.get(path) ?? {};
  const not: Words | undefined = differs && { en: differs[0], zh: differs[1] };
  return { en, zh, ...(formula === undefined ? {} : { formula }), twin: { path, ...(not ? { differs: not } : {}) } };
};

/** A table of functions that keep the shape of `x`, each named after its twin; a key as in {@link keepShape}. */
export const keepLike = (
  owners: string,
  space: string,
  rows: Readonly<Record<string, Partial<OpEntry> & { readonly as?: string }>>,
): Table =>
  keepShape(
    owners,
    Object.fromEntries(
      Object.entries(rows).map(([key, { as, ...more }]) => {
        const { en, zh, ...shared } = twin(`${space}.${as ?? key.replace(/\(.*/, '')}`);
        return [key, [en, zh, { ...shared, ...more }]];
      }),
    ),
    { lib: 'paddle' },
  );

let words: Map<string, Entry> | undefined;

const collect = (): Map<string, Entry> => {
  const found = new Map<string, Entry>();
  for (const { owners, functions, layers } of torchTables) {
    for (const owner of owners) {
      for (const [text, entry] of [...functions, ...layers]) {
        const path = `${owner}.${text.slice(0, text.indexOf('('))}`;
        if (!found.has(path)) found.set(path, entry);
        for (const alias of entry.aliases ?? []) if (!found.has(alias)) found.set(alias, entry);
      }
    }
  }
  return found;
};
