import type { Home } from './arg';
import { parseSignature, type Signature } from './grammar';
import type { LayerEntry, OpEntry, Table } from './rows';
import type { FunctionRow } from './run';
import { tables } from './tables';

/** One signature of an op, with what is known of it. */
export type OpRow =
  | { readonly kind: 'function'; readonly signature: Signature; readonly entry: OpEntry }
  | { readonly kind: 'layer'; readonly signature: Signature; readonly entry: LayerEntry };

/** All signatures of one name. */
export interface Family {
  /** The name under which it is shown, whatever alias found it. */
  readonly path: string;
  readonly kind: 'function' | 'layer';
  readonly lib: Home;
  /** Bound by Python's rules, not by those of the C++ parser. */
  readonly python: boolean;
  /** The twin with an underscore: works in place, so the result is the first argument. */
  readonly inplace: boolean;
  readonly rows: readonly OpRow[];
  /** The rows of a function family; empty for a layer. */
  readonly functions: readonly FunctionRow[];
}

interface Source {
  readonly table: Table;
  readonly path: string;
  readonly inplace: boolean;
  readonly functions: (readonly [string, OpEntry])[];
  readonly layers: (readonly [string, LayerEntry])[];
}

let sources: Map<string, Source> | undefined;
let spaces: Set<string> | undefined;
const families = new Map<string, Family>();

/** The op or layer of a full dotted name; `undefined` where no table has it. */
export const findFamily = (path: string): Family | undefined => {
  const known = families.get(path);
  if (known) return known;
  sources ??= collect();
  const source = sources.get(path);
  if (!source) return undefined;
  const shared = families.get(source.path);
  const family = shared ?? familyOf(source);
  families.set(source.path, family);
  families.set(path, family);
  return family;
};

/** Whether a dotted name is a package or module that the tables have something in. */
export const isNamespace = (path: string): boolean => {
  spaces ??= namespaces();
  return spaces.has(path);
};

/** Every name that the tables know, sorted: for lists and tests. */
export const allPaths = (): readonly string[] => {
  sources ??= collect();
  return [...sources.keys()].sort();
};

const familyOf = ({ table, path, inplace, functions, layers }: Source): Family => {
  const functionRows = functions.flatMap(([text, entry]) => {
    const signature = parseSignature(text);
    return typeof signature === 'string' ? [] : [{ kind: 'function' as const, signature, entry }];
  });
  const layerRows = layers.flatMap(([text, entry]) => {
    const signature = parseSignature(text);
    return typeof signature === 'string' ? [] : [{ kind: 'layer' as const, signature, entry }];
  });
  return {
    path,
    kind: layers.length > 0 ? 'layer' : 'function',
    lib: table.lib,
    python: table.python,
    inplace,
    rows: [...functionRows, ...layerRows],
    functions: functionRows,
  };
};

/** Functions in place that PyTorch has beside the methods; all others are methods alone. */
const torchTwins: ReadonlySet<string> = new Set(
  (
    'abs acos acosh addmv alpha_dropout arccos arccosh arcsin arcsinh arctan arctanh as_strided asin asinh atan atanh ceil ' +
    'celu clamp clamp_max clamp_min clip conj_physical cos cosh deg2rad detach dropout erf erfc exp exp2 expm1 fill fix ' +
    'floor frac gcd i0 index_put lcm ldexp log log10 log1p log2 logit nan_to_num neg negative rad2deg reciprocal relu ' +
    'resize_as round rrelu rsqrt selu sigmoid sin sinc sinh sqrt square tan tanh threshold trunc xlogy zero'
  ).split(' '),
);

/** What Paddle 3.3 does not do in place, although ops like it are. */
const paddleLacks: Readonly<Record<string, ReadonlySet<string>>> = {
  Tensor: new Set('deg2rad eq erf expm1 ge gt heaviside le lt ne negative rad2deg sgn sign'.split(' ')),
  paddle: new Set(
    (
      'add ceil clip deg2rad detach eq erfinv exp floor ge gt heaviside le lerp lt mul ne negative put_along_axis rad2deg ' +
      'reciprocal round rsqrt scale sgn sigmoid sign sqrt'
    ).split(' '),
  ),
};

const hasTwin = (path: string): boolean => {
  const [, owner = '', name = ''] = /^(torch|paddle|paddle\.Tensor|paddle\.tensor)\.(\w+)$/.exec(path) ?? [];
  if (owner === 'torch') return torchTwins.has(name);
  return !paddleLacks[owner === 'paddle' ? 'paddle' : 'Tensor']?.has(name);
};

const nameOf = (text: string): string => text.slice(0, text.indexOf('('));

const collect = (): Map<string, Source> => {
  const found = new Map<string, Source>();
  const at = (path: string, table: Table, inplace = false): Source => {
    const known = found.get(path);
    if (known) return known;
    const source: Source = { table, path, inplace, functions: [], layers: [] };
    found.set(path, source);
    return source;
  };
  const links: (readonly [string, string])[] = [];
  for (const table of tables) {
    for (const owner of table.owners) {
      for (const [text, entry] of table.functions) {
        const path = `${owner}.${nameOf(text)}`;
        at(path, table).functions.push([text, entry]);
        if (entry.inplace && hasTwin(path)) at(`${path}_`, table, true).functions.push([text, entry]);
        for (const alias of entry.aliases ?? []) links.push([alias, path]);
      }
      for (const [text, entry] of table.layers) {
        const path = `${owner}.${nameOf(text)}`;
        at(path, table).layers.push([text, entry]);
        for (const alias of entry.aliases ?? []) links.push([alias, path]);
      }
    }
  }
  for (const [alias, path] of links) {
    const source = found.get(path);
    if (source && !found.has(alias)) found.set(alias, source);
  }
  return found;
};

const namespaces = (): Set<string> => {
  sources ??= collect();
  const all = new Set<string>();
  for (const path of sources.keys()) {
    for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) all.add(path.slice(0, dot));
  }
  return all;
};
