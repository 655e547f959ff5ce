import { allPaths, findConstant, findFamily, isNamespace } from '../ops';
import { builtin, dict, float, fromArg, str, unknown, type Value } from '../values';
import type { Machine } from './machine';
import { dictOf } from './mappings';
import { isModulePath, nativeClass, publicPath } from './natives';
import { isWrittenOut } from './prelude/libraries';

/** Numbers of Python's own modules. */
const NUMBERS: Readonly<Record<string, number>> = {
  'math.pi': Math.PI,
  'math.e': Math.E,
  'math.inf': Number.POSITIVE_INFINITY,
  'math.nan': Number.NaN,
  'math.tau': 2 * Math.PI,
  'numpy.pi': Math.PI,
  'numpy.inf': Number.POSITIVE_INFINITY,
  'sys.maxsize': Number.MAX_SAFE_INTEGER,
};

/** Texts of Python's own modules. */
const TEXTS: Readonly<Record<string, string>> = {
  'string.digits': '0123456789',
  'string.hexdigits': '0123456789abcdefABCDEF',
  'string.octdigits': '01234567',
  'string.ascii_lowercase': 'abcdefghijklmnopqrstuvwxyz',
  'string.ascii_uppercase': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'string.ascii_letters': 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'string.punctuation': '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

/** What is written in brackets like a sequence and makes arrays. */
export const OPEN_GRID = 'numpy.ogrid';

/** What a library known by rows has at a path. */
export const namespaceMember = (m: Machine, given: string): Value => {
  const path = publicPath(given);
  if (path === 'sys.modules') return loadedModules(m);
  // Nothing is taken from the machine that the code would run on, and nobody knows what that one has set.
  if (path === 'os.environ') return { kind: 'namespace', path };
  const plain = path.replace(/^builtins\./, '');
  if (m.native.has(plain) || path === OPEN_GRID) return builtin(plain);
  const cls = m.nativeClassAt(path);
  if (cls) return cls;
  const family = findFamily(path);
  if (family) return family.kind === 'layer' ? nativeClass(m, family.path) : { kind: 'op', family };
  const number = NUMBERS[path];
  if (number !== undefined) return float(number);
  const text = TEXTS[path];
  if (text !== undefined) return str(text);
  const constant = findConstant(path);
  if (constant) return fromArg(constant);
  if (isNamespace(path) || m.native.isNamespace(path) || isModulePath(path) || isWrittenOut(path))
    return { kind: 'namespace', path };
  if (/^(typing|typing_extensions|collections\.abc|numbers)\.[A-Z]\w*$/.test(path)) return nativeClass(m, path);
  if (path === 'collections.abc') return { kind: 'namespace', path };
  return customOp(m, path) ?? m.writtenOut(path) ?? unknown(path);
};

/** `torch.ops.mylib.scan`: the function that `torch.library` was given for it. */
const customOp = (m: Machine, path: string): Value | undefined => {
  const [, library, op] = /^torch\.ops\.(\w+)(?:\.(\w+))?$/.exec(path) ?? [];
  if (library === undefined) return undefined;
  return op === undefined ? { kind: 'namespace', path } : m.customOps.get(`${library}::${op}`);
};

/** `nn.layer.activation.__dict__`: what the rows know in a module of a library. */
export const namespaceDict = (m: Machine, path: string): Value => {
  const members = allPaths().filter((one) => one.startsWith(`${path}.`) && !one.includes('.', path.length + 1));
  return dictOf(new Map(members.map((one) => [one.slice(path.length + 1), namespaceMember(m, one)])));
};

/** `sys.modules`: the modules that were run, by name. */
const loadedModules = (m: Machine): Value => {
  const result = dict();
  result.open = true;
  for (const [name, module] of m.modules) if (module) result.entries.set(`s${name}`, { key: str(name), value: module });
  return result;
};
