import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const FOLDER = resolve(import.meta.dirname, '..', '..', '..', 'src', 'core');

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesIn(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );

const literal = /('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)/.source;
const PAIRS = [
  new RegExp(String.raw`\b(?:words|step|changing)\(\s*${literal},\s*${literal}`, 'g'),
  new RegExp(String.raw`^\s+'?[\w-]+'?: \[\s*${literal},\s*${literal},?\s*\]`, 'gm'),
  new RegExp(String.raw`\ben: ${literal},\s*zh: ${literal}`, 'g'),
];

interface Pair {
  readonly place: string;
  readonly en: string;
  readonly zh: string;
}

/** The texts of a file, with what is filled in replaced by a letter. */
const pairsIn = (file: string): readonly Pair[] => {
  const text = readFileSync(file, 'utf8');
  const bare = (quoted: string | undefined): string =>
    (quoted ?? '').slice(1, -1).replace(/\$\{[^}]*\}|\{\w+\}|#/g, '□');
  return PAIRS.flatMap((pattern) => [...text.matchAll(pattern)]).map((match) => ({
    place: `${file.slice(FOLDER.length + 1)}:${text.slice(0, match.index).split('\n').length}`,
    en: bare(match[1]),
    zh: bare(match[2]),
  }));
};

const FOLDERS = ['explain', 'features', 'ops', 'fuse', 'traps', 'idioms'];

/** The texts of the editor's menus and settings, by key. */
const manifestPairs = (): readonly Pair[] => {
  const [en, zh] = ['package.nls.json', 'package.nls.zh-cn.json'].map(
    (name): Readonly<Record<string, string>> => JSON.parse(readFileSync(resolve(name), 'utf8')),
  );
  const bare = (text = ''): string => text.replace(/`[^`]*`|\{\w+\}|\[([^\]]*)\]\([^)]*\)/g, '□');
  return [...new Set([...Object.keys(en ?? {}), ...Object.keys(zh ?? {})])].map((key) => ({
    place: key,
    en: bare(en?.[key]),
    zh: bare(zh?.[key]),
  }));
};

const manifest = manifestPairs();
const pairs = [...FOLDERS.flatMap((folder) => filesIn(join(FOLDER, folder))).flatMap(pairsIn), ...manifest];
const shown = (bad: readonly Pair[]): readonly string[] => bad.map(({ place, en, zh }) => `${place}: ${en} | ${zh}`);

/** Names that are the same in both languages. */
const isName = (text: string): boolean => !/[a-z]{2,} [a-z]{2,}/.test(text.replace(/\b(hard|leaky|log) /gi, ''));

describe('every text in two languages', () => {
  test.each([
    ['explain', 700],
    ['features', 25],
    ['ops', 300],
  ])('is found in %s', (folder, least) => {
    expect(pairs.filter(({ place }) => place.startsWith(folder)).length).toBeGreaterThan(least);
  });

  test('is found in the manifest, none of them empty', () => {
    expect(manifest.length).toBeGreaterThan(50);
    expect(shown(manifest.filter(({ en, zh }) => en.trim() === '' || zh.trim() === ''))).toEqual([]);
  });

  test('says something in both, or is a part in one of them only', () => {
    const empty = pairs.filter(
      ({ en, zh }) => (en.trim() === '') !== (zh.trim() === '') && (en + zh).trim().length > 24,
    );
    expect(shown(empty)).toEqual([]);
  });

  test('is Chinese in Chinese', () => {
    const latin = pairs.filter(
      ({ en, zh }) => zh.trim() !== '' && !/\p{Script=Han}/u.test(zh) && !isName(en) && /[a-z]{2}/i.test(zh),
    );
    expect(shown(latin)).toEqual([]);
  });

  test('has no Chinese in English', () => {
    // Names that are Chinese in every language.
    const chinese = (en: string): string => en.replace(/张量注|简体中文/g, '');
    expect(shown(pairs.filter(({ en }) => /[\p{Script=Han}，。；：（）]/u.test(chinese(en))))).toEqual([]);
  });

  test('has full-width punctuation in Chinese, once', () => {
    const half = pairs.filter(({ zh }) =>
      /\p{Script=Han}[,;:!?()]|[,;!?()]\p{Script=Han}|[，。；：、！？]{2}/u.test(zh),
    );
    expect(shown(half)).toEqual([]);
  });

  test('has no punctuation twice in English', () => {
    expect(shown(pairs.filter(({ en }) => /[,;:]{2}|[.,;:] [,;:]|(?<!\.)\.\.(?!\.)/.test(en)))).toEqual([]);
  });

  test('has a space between Han and Latin characters', () => {
    const close = pairs.filter(({ zh }) => /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u.test(zh));
    expect(shown(close)).toEqual([]);
  });

  test('has no space inside Chinese', () => {
    expect(shown(pairs.filter(({ zh }) => /\p{Script=Han} \p{Script=Han}|[，。；：] /u.test(zh)))).toEqual([]);
  });
});
