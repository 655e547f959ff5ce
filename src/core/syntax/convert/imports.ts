import type { Alias, Import, ImportFrom } from '../ast';
import { childOf, kindAt, nameAt, partsOf, placeOf, type Reading, textAt } from './reading';

/** `import a.b as c`. */
export const importStatement = (r: Reading, row: number): Import => ({
  kind: 'Import',
  ...placeOf(r, row),
  names: partsOf(r, row).map((part) => alias(r, part)),
});

/** `from ..a import b as c`, `from a import *`. */
export const importFrom = (r: Reading, row: number): ImportFrom => {
  const [source, ...names] = partsOf(r, row);
  const relative = source !== undefined && kindAt(r, source) === 'relative_import';
  const prefix = relative ? childOf(r, source, 'import_prefix') : undefined;
  const module = relative ? childOf(r, source, 'dotted_name') : source;
  return {
    kind: 'ImportFrom',
    ...placeOf(r, row),
    module: module === undefined ? '' : dottedName(r, module),
    level: prefix === undefined ? 0 : textAt(r, prefix).replace(/[^.]/g, '').length,
    names: names.map((part) => alias(r, part)),
  };
};

/** The grammar has a statement of its own for `from __future__ import …`. */
export const importFuture = (r: Reading, row: number): ImportFrom => ({
  kind: 'ImportFrom',
  ...placeOf(r, row),
  module: '__future__',
  level: 0,
  names: partsOf(r, row).map((part) => alias(r, part)),
});

/** Blanks may stand around the dots. */
const dottedName = (r: Reading, row: number): string =>
  partsOf(r, row)
    .map((part) => nameAt(r, part))
    .join('.');

const alias = (r: Reading, row: number): Alias => {
  const place = placeOf(r, row);
  if (kindAt(r, row) === 'wildcard_import') return { ...place, name: '*' };
  if (kindAt(r, row) !== 'aliased_import') return { ...place, name: dottedName(r, row) };
  const [name, asname] = partsOf(r, row);
  return {
    ...place,
    name: name === undefined ? '' : dottedName(r, name),
    ...(asname === undefined ? {} : { asname: nameAt(r, asname) }),
  };
};
