import { statementsIn } from '../walk';
import type { Scope } from './scope';

/** What the imports of a file make of a dotted name: `Adam` is `torch.optim.Adam` after `from torch.optim import Adam`. */
export const fullName = (s: Scope, dotted: string): string => {
  const [head = '', ...rest] = dotted.split('.');
  const home = importsOf(s).get(head);
  return home === undefined || s.fn?.params.some(({ name }) => name === head) ? dotted : [home, ...rest].join('.');
};

/** The module that a bare name was imported from: `paddle.vision.datasets` of `MNIST`; undefined where none was. */
export const importedFrom = (s: Scope, name: string): string | undefined => {
  const full = fullName(s, name);
  return full.endsWith(`.${name}`) ? full.slice(0, -name.length - 1) : undefined;
};

const known = new WeakMap<object, ReadonlyMap<string, string>>();

/** Full names by the names that imports at the top of the file bind; relative imports have none. */
const importsOf = ({ module }: Scope): ReadonlyMap<string, string> => {
  const before = known.get(module);
  if (before) return before;
  const names = new Map<string, string>();
  for (const stmt of statementsIn(module)) {
    if (stmt.kind === 'Import') for (const { name, asname } of stmt.names) if (asname) names.set(asname, name);
    if (stmt.kind === 'ImportFrom' && stmt.level === 0)
      for (const { name, asname } of stmt.names) if (name !== '*') names.set(asname ?? name, `${stmt.module}.${name}`);
  }
  known.set(module, names);
  return names;
};
