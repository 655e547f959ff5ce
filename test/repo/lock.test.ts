import { expect, test } from 'vitest';
import { readJson, readText } from './files';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: object }>>;
}

const FILE = 'package-lock.json';

test('the lock file names the builds for every platform, as `npm ci` wants it (mend it: npm run lock)', () => {
  const { packages } = readJson<Lock>(FILE);
  const optional = Object.values(packages).flatMap((owner) => Object.keys(owner.optionalDependencies ?? {}));
  expect(optional.length).toBeGreaterThan(20);
  expect(optional.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
});

test('the lock file names no place to download from', () => {
  expect(readText(FILE)).not.toContain('"resolved"');
});
