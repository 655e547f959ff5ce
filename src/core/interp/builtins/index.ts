import type { Node } from '../../syntax';
import { type BuiltinValue, builtin, ELLIPSIS, unknown, type Value } from '../../values';
import { fail } from '../faults';
import type { Args, Machine } from '../machine';
import { mayChange } from '../memory';
import { nativeClass } from '../natives';
import { arityFault } from './arity';
import { collectionMethods } from './collections';
import { constructors } from './constructors';
import { containers } from './containers';
import { copies } from './copies';
import { customOps } from './custom-ops';
import { dictMethods } from './dicts';
import { environment } from './environment';
import { exampleCalls } from './example-calls';
import { iterators } from './iterators';
import { json } from './json';
import { libraries } from './libraries';
import { mappingMixins } from './mappings';
import { maths } from './maths';
import { moduleMethods } from './modules';
import type { Native } from './native';
import { numberFunctions } from './numbers';
import { objectFunctions } from './objects';
import { oldConstructors } from './old-constructors';
import { parametrizations } from './parametrizations';
import { patterns } from './patterns';
import { sequenceFunctions } from './sequences';
import { setMethods } from './sets';
import { signatures } from './signatures';
import { tensorFunctions } from './tensors';
import { textMethods } from './text';
import { transformers } from './transformers';
import { transforms } from './transforms';

const TABLE: ReadonlyMap<string, Native> = new Map(
  Object.entries({
    ...sequenceFunctions,
    ...numberFunctions,
    ...objectFunctions,
    ...constructors,
    ...maths,
    ...patterns,
    ...copies,
    ...textMethods,
    ...collectionMethods,
    ...dictMethods,
    ...setMethods,
    ...libraries,
    ...json,
    ...iterators,
    ...signatures,
    ...moduleMethods,
    ...oldConstructors,
    ...containers,
    ...mappingMixins,
    ...tensorFunctions,
    ...customOps,
    ...environment,
    ...transformers,
    ...transforms,
    ...parametrizations,
    ...exampleCalls,
  }),
);

const NAMESPACES: ReadonlySet<string> = new Set(
  [...TABLE.keys()].flatMap((path) => {
    const parts = path.split('.');
    return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
  }),
);

/** Names of types, which are classes and not functions. */
const TYPES = new Set([
  'int',
  'float',
  'bool',
  'str',
  'list',
  'tuple',
  'dict',
  'set',
  'frozenset',
  'object',
  'type',
  'range',
  'slice',
  'bytes',
  'complex',
]);

const EXCEPTION = /^(\w+Error|\w*Exception|\w*Warning|StopIteration|KeyboardInterrupt|SystemExit)$/;

/** What every module has beside the names that it binds. */
const OF_MODULE = /^__(name|file|doc|package|spec|loader|path|builtins|debug)__$/;

export const hasNative = (name: string): boolean => TABLE.has(name);

export const isNativeNamespace = (path: string): boolean => NAMESPACES.has(path);

/** A name of Python's own. */
export const findBuiltin = (m: Machine, name: string): Value | undefined => {
  if (name === 'Ellipsis') return ELLIPSIS;
  if (name === 'NotImplemented') return unknown('NotImplemented');
  if (OF_MODULE.test(name)) return unknown(name);
  if (TYPES.has(name) || EXCEPTION.test(name)) return nativeClass(m, `builtins.${name}`);
  return TABLE.has(name) && !name.includes('.') ? builtin(name) : undefined;
};

export const callNative = (m: Machine, callee: BuiltinValue, args: Args, node: Node | undefined): Value => {
  const native = TABLE.get(callee.name);
  if (!native) {
    mayChange([...args.positional, ...args.keywords.values()]);
    return unknown(callee.name);
  }
  // Python's own functions take what they are given to be all: `zip(*pairs)`.
  if (args.rest && !callee.name.includes('.')) return unknown(`${callee.name}() of nobody knows how many arguments`);
  const fault = arityFault(callee.name, args);
  if (fault) return fail(m, 'TypeError', fault, node);
  const at = (position: number, name?: string): Value | undefined =>
    args.positional[position] ?? (name === undefined ? undefined : args.keywords.get(name));
  return native({ m, args, node, self: callee.self, at });
};
