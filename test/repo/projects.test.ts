import { dirname, posix } from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles, readJson } from './files';

interface Project {
  readonly include?: readonly string[];
  readonly files?: readonly string[];
  readonly references?: readonly { readonly path: string }[];
}

/** The configurations that `tsc -b` builds, as it finds them from the root. */
function builtProjects(): ReadonlySet<string> {
  const built = new Set<string>();
  const visit = (file: string): void => {
    if (built.has(file)) return;
    built.add(file);
    for (const { path } of readJson<Project>(file).references ?? [])
      visit(posix.join(dirname(file), path, 'tsconfig.json'));
  };
  visit('tsconfig.json');
  return built;
}

test('every tsconfig.json is built from the root', () => {
  const all = projectFiles(/(^|\/)tsconfig\.json$/);
  expect(all.filter((file) => !builtProjects().has(file))).toEqual([]);
});

test('every TypeScript file lies in a folder of a project', () => {
  const folders = [...builtProjects()].filter((file) => file !== 'tsconfig.json').map((file) => dirname(file));
  const files = projectFiles(/\.ts$/).filter((file) => file !== 'vitest.config.ts');
  expect(files.filter((file) => !folders.some((folder) => file.startsWith(`${folder}/`)))).toEqual([]);
});
