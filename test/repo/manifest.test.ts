import { describe, expect, test } from 'vitest';
import { projectFiles, readJson, readText } from './files';

interface Manifest {
  readonly name: string;
  readonly main: string;
  readonly browser: string;
  readonly dependencies?: object;
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly configuration?: readonly Section[] | Section;
  };
}

interface Section {
  readonly properties?: Readonly<Record<string, unknown>>;
}

const manifest = readJson<Manifest>('package.json');
const manifestText = readText('package.json');
const english = readJson<Readonly<Record<string, string>>>('package.nls.json');
const chinese = readJson<Readonly<Record<string, string>>>('package.nls.zh-cn.json');
const source = projectFiles(/^src\/vscode\/.*\.ts$/)
  .map(readText)
  .join('\n');

const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const missing = (wanted: readonly string[], there: readonly string[]): readonly string[] =>
  [...new Set(wanted)].filter((name) => !there.includes(name));

describe('the texts of the manifest', () => {
  const used = all(manifestText, /"%([^%"]+)%"/g);

  test('exist for every key that is used', () => {
    expect(used.length).toBeGreaterThan(0);
    expect(missing(used, Object.keys(english))).toEqual([]);
  });

  test('are all used', () => expect(missing(Object.keys(english), used)).toEqual([]));

  test('exist in both languages, in the same order', () => expect(Object.keys(chinese)).toEqual(Object.keys(english)));

  test('are not empty, and the Chinese ones are Chinese', () => {
    expect(Object.values(english).filter((text) => text.trim() === '')).toEqual([]);
    const pages = /^media\/walkthrough\/\w+\.zh-cn\.md$/;
    expect(Object.values(chinese).filter((text) => !/\p{Script=Han}/u.test(text) && !pages.test(text))).toEqual([]);
  });

  test('are never written into the manifest itself', () => {
    const visible =
      /"(?:title|shortTitle|category|description|markdownDescription|displayName|name|contents)": "([^"%$_]+)"/g;
    expect(missing(all(manifestText, visible), [manifest.name])).toEqual([]);
  });
});

describe('the commands', () => {
  const declared = (manifest.contributes?.commands ?? []).map(({ command }) => command);

  test('that are declared stand in the code', () => {
    expect(declared.filter((command) => !source.includes(`'${command}'`))).toEqual([]);
  });

  test('that are registered are declared', () => {
    const registered = all(source, /register(?:TextEditor)?Command\(\s*'([^']+)'/g);
    expect(missing(registered, declared)).toEqual([]);
  });
});

describe('the settings', () => {
  const sections = [manifest.contributes?.configuration ?? []].flat();
  const declared = sections.flatMap((section) => Object.keys(section.properties ?? {}));
  const short = declared.map((name) => name.replace('tensorscribe.', ''));

  test('that are declared are read', () => {
    expect(short.filter((name) => !source.includes(`'${name}'`) && !source.includes(`'tensorscribe.${name}'`))).toEqual(
      [],
    );
  });

  test('that are read are declared', () => {
    const files = projectFiles(/^src\/vscode\/.*\.ts$/).map(readText);
    const readers = files.filter((text) => text.includes("getConfiguration('tensorscribe'"));
    const read = readers.flatMap((text) => all(text, /\.(?:get|inspect|update)(?:<[^>]*>)?\(\s*'([\w.]+)'/g));
    expect(missing(read, short)).toEqual([]);
  });
});

test('every id of ours in the code stands in the manifest', () => {
  const ids = all(source, /'(tensorscribe\.[\w.]+)'/g);
  expect(ids.filter((id) => !manifestText.includes(id))).toEqual([]);
});

test('everything is bundled: nothing is installed beside the extension', () => {
  expect(manifest.dependencies).toBeUndefined();
  expect([manifest.main, manifest.browser]).toEqual(['./dist/extension.cjs', './dist/web/extension.cjs']);
});
