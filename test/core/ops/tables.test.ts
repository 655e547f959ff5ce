import { expect, test } from 'vitest';
import { allPaths, findFamily } from '../../../src/core/ops';
import { type AxisPattern, parseSignature, type Signature } from '../../../src/core/ops/grammar';
import { tables } from '../../../src/core/ops/tables';
import { runExample } from './example';

// The rules of the tables themselves, whatever their ops do.

const signatureOf = (text: string): Signature => {
  const parsed = parseSignature(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
};
const functions = tables.flatMap((table) => table.functions.map(([text, entry]) => ({ table, text, entry })));
const layers = tables.flatMap((table) => table.layers.map(([text, entry]) => ({ table, text, entry })));
const rows = [...functions, ...layers];
const inputsOf = (s: Signature): readonly AxisPattern[] => s.params.flatMap((p) => p.axes ?? []);
const resultOf = (s: Signature): readonly AxisPattern[] => (s.result.form === 'pattern' ? s.result.items.flat() : []);
const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

test('the tables are there', () => {
  expect(functions.length).toBeGreaterThan(600);
  expect(layers.length).toBeGreaterThan(130);
});

test('every signature parses', () => {
  expect(rows.map(({ text }) => parseSignature(text)).filter((s) => typeof s === 'string')).toEqual([]);
});

test('parameters have names of their own, and none that an axis has', () => {
  const clashes = rows.flatMap(({ text }) => {
    const s = signatureOf(text);
    const params = s.params.map((p) => p.name);
    const axes = unique([...inputsOf(s), ...resultOf(s)].map((a) => a.name));
    return unique(params).length < params.length || axes.some((a) => params.includes(a)) ? [text] : [];
  });
  expect(clashes).toEqual([]);
});

test('an axis has one form in a row', () => {
  const mixed = rows.flatMap(({ text }) => {
    const s = signatureOf(text);
    const forms = new Map<string, string>();
    return [...inputsOf(s), ...resultOf(s)].flatMap((a) => {
      const before = forms.get(a.name) ?? a.form;
      forms.set(a.name, a.form);
      return before === a.form ? [] : [`${text}: ${a.name}`];
    });
  });
  expect(mixed).toEqual([]);
});

test('required parameters come first', () => {
  const late = layers.flatMap(({ text }) => {
    const params = signatureOf(text).params.filter((p) => !p.keywordOnly);
    const first = params.findIndex((p) => p.fallback !== undefined);
    return first >= 0 && params.slice(first).some((p) => p.fallback === undefined) ? [text] : [];
  });
  expect(late).toEqual([]);
});

test('both languages say something, and end as a sentence', () => {
  const odd = rows.filter(
    ({ entry: { en, zh } }) =>
      !/^[^\p{Script=Han}]+[.?]$/u.test(en) || !/\p{Script=Han}/u.test(zh) || !/[。？]$/.test(zh),
  );
  expect(odd.map(({ text, entry }) => [text, entry.en, entry.zh])).toEqual([]);
});

test('remarks do, too', () => {
  const odd = rows
    .flatMap(({ entry }) => entry.remarks ?? [])
    .filter(({ en, zh }) => !/\.$/.test(en) || !/\p{Script=Han}.*。$/u.test(zh));
  expect(odd).toEqual([]);
});

test('a clash of an axis is named only for axes that the inputs have', () => {
  const odd = rows.flatMap(({ text, entry }) => {
    const known = inputsOf(signatureOf(text)).map((a) => a.name);
    return Object.keys(entry.faults ?? {})
      .filter((a) => !known.includes(a))
      .map((a) => `${text}: ${a}`);
  });
  expect(odd).toEqual([]);
});

test('what must share an element type is a parameter', () => {
  const odd = rows.flatMap(({ text, entry }) => {
    const known = signatureOf(text).params.map((p) => p.name);
    return (entry.alike?.split(' ') ?? []).filter((name) => !known.includes(name)).map((name) => `${text}: ${name}`);
  });
  expect(odd).toEqual([]);
});

test('the rule of a row is the one that its result asks for', () => {
  const odd = functions.flatMap(({ text, entry }) => {
    const { form } = signatureOf(text).result;
    const want = { shape: form === 'shape', value: form === 'any' };
    return (entry.shape !== undefined) === want.shape && (entry.value !== undefined) === want.value ? [] : [text];
  });
  expect(odd).toEqual([]);
});

test('a layer calls an op that there is, with arguments that it takes', () => {
  const odd = layers.flatMap(({ table, text, entry }) => {
    const name = entry.call.slice(0, entry.call.indexOf('('));
    const { lib } = table;
    const found = [`${lib}.nn.functional`, lib, `${lib}._nn`, `${lib}.Tensor`, table.owners[0]].find((space) =>
      findFamily(name.includes('.') ? name : `${space}.${name}`),
    );
    return found ? [] : [`${text}: ${entry.call}`];
  });
  expect(odd).toEqual([]);
});

test('every alias leads to its op', () => {
  const lost = rows.flatMap(({ text, entry }) =>
    (entry.aliases ?? []).filter((alias) => findFamily(alias) === undefined).map((alias) => `${text}: ${alias}`),
  );
  expect(lost).toEqual([]);
  const made = rows.flatMap(({ entry }) =>
    entry.makes && findFamily(entry.makes)?.kind !== 'layer' ? [entry.makes] : [],
  );
  expect(made).toEqual([]);
});

test('a twin is an op of the other library', () => {
  const lost = rows.flatMap(({ table, text, entry: { twin } }) =>
    !twin || (findFamily(twin.path) && !twin.path.startsWith(table.lib)) ? [] : [`${text}: ${twin.path}`],
  );
  expect(lost).toEqual([]);
  const odd = rows.flatMap(({ entry }) => entry.twin?.differs ?? []);
  expect(odd.filter(({ en, zh }) => !/\.$/.test(en) || !/\p{Script=Han}.*。$/u.test(zh))).toEqual([]);
});

const libraryOf = (path: string): string => /^(paddle|numpy)\b/.exec(path)?.[0] ?? 'torch';

test('every name finds rows of one library', () => {
  const paths = allPaths();
  expect(paths.length).toBeGreaterThan(1500);
  const odd = paths.filter((path) => {
    const family = findFamily(path);
    return !family || family.rows.length === 0 || family.lib !== libraryOf(path);
  });
  expect(odd).toEqual([]);
});

test('a rule gives sizes of axes that the row has, and of no others', () => {
  const seen = new Map<string, readonly string[]>();
  for (const family of new Set(allPaths().map(findFamily))) {
    if (!family || family.kind === 'layer' || family.inplace) continue;
    for (const row of family.functions) {
      const { where, eg } = row.entry;
      if (!where) continue;
      const { text } = row.signature;
      const known = [...inputsOf(row.signature), ...resultOf(row.signature)].map((a) => a.name);
      const watched = {
        ...row.entry,
        where: (...given: Parameters<typeof where>): object | undefined => {
          const solved = where(...given);
          const strange = Object.keys(solved ?? {}).filter((name) => !known.includes(name));
          seen.set(text, unique([...(seen.get(text) ?? []), ...strange]));
          return solved;
        },
      };
      const rows = [{ ...row, kind: 'function' as const, entry: watched }];
      for (const one of typeof eg === 'string' ? [eg] : eg) runExample({ ...family, rows, functions: rows }, one);
    }
  }
  expect(seen.size).toBeGreaterThan(15);
  expect([...seen].filter(([, strange]) => strange.length > 0)).toEqual([]);
});

test('every parameter of a layer says how it is filled', () => {
  const odd = layers.flatMap(({ text, entry }) => {
    const made = entry.params !== undefined || entry.buffers !== undefined;
    return made === (entry.init !== undefined) ? [] : [text];
  });
  expect(odd).toEqual([]);
});
