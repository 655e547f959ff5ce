import { findFamily } from '../ops';
import { builtin, type ClassValue, type ObjectValue, type Value } from '../values';
import type { Machine } from './machine';

/** Bases of library classes that model code asks about with `isinstance`; all else derives from the root given. */
const BASES: readonly (readonly [RegExp, string])[] = [
  [/^builtins\.bool$/, 'builtins.int'],
  [/^builtins\.(KeyError|IndexError)$/, 'builtins.LookupError'],
  [/^builtins\.(ModuleNotFoundError)$/, 'builtins.ImportError'],
  [/^builtins\.(NotImplementedError|RecursionError)$/, 'builtins.RuntimeError'],
  [/^builtins\.(ZeroDivisionError|OverflowError)$/, 'builtins.ArithmeticError'],
  [/^builtins\.(FileNotFoundError)$/, 'builtins.OSError'],
  [/^builtins\.\w*Warning$/, 'builtins.Exception'],
  [/^builtins\.(Exception|KeyboardInterrupt|SystemExit|GeneratorExit)$/, 'builtins.BaseException'],
  [/^builtins\.(\w+Error|StopIteration)$/, 'builtins.Exception'],
  [/^collections\.(OrderedDict|defaultdict|Counter)$/, 'builtins.dict'],
  [/^torch\.nn\.Parameter$|^torch\.\w+Tensor$/, 'torch.Tensor'],
  [/^torch\.nn\.Conv\dd$/, 'torch.nn.modules.conv._ConvNd'],
  [/^torch\.nn\.ConvTranspose\dd$/, 'torch.nn.modules.conv._ConvTransposeNd'],
  [/^torch\.nn\.modules\.conv\._ConvTransposeNd$/, 'torch.nn.modules.conv._ConvNd'],
  [/^torch\.nn\.(BatchNorm\dd|SyncBatchNorm)$/, 'torch.nn.modules.batchnorm._BatchNorm'],
  [/^torch\.nn\.InstanceNorm\dd$/, 'torch.nn.modules.instancenorm._InstanceNorm'],
  [/^torch\.nn\.modules\.(batchnorm\._BatchNorm|instancenorm\._InstanceNorm)$/, 'torch.nn.modules.batchnorm._NormBase'],
  [/^torch\.nn\.Dropout\w*$/, 'torch.nn.modules.dropout._DropoutNd'],
  [/^torch\.nn\.MaxPool\dd$/, 'torch.nn.modules.pooling._MaxPoolNd'],
  [/^torch\.nn\.AvgPool\dd$/, 'torch.nn.modules.pooling._AvgPoolNd'],
  [/^torch\.nn\.AdaptiveAvgPool\dd$/, 'torch.nn.modules.pooling._AdaptiveAvgPoolNd'],
  [/^torch\.nn\.AdaptiveMaxPool\dd$/, 'torch.nn.modules.pooling._AdaptiveMaxPoolNd'],
  [/^torch\.nn\.(LSTM|GRU|RNN)$/, 'torch.nn.RNNBase'],
  [/^torch\.nn\.ReLU6$/, 'torch.nn.Hardtanh'],
  [/^torch\.nn\.NonDynamicallyQuantizableLinear$/, 'torch.nn.Linear'],
  [/^torch\.nn\.Module$|^paddle\.nn\.Layer$/, 'builtins.object'],
  [/^torch\.nn\./, 'torch.nn.Module'],
  [/^paddle\.nn\.BatchNorm\dD$|^paddle\.nn\.SyncBatchNorm$/, 'paddle.nn.layer.norm._BatchNormBase'],
  [/^paddle\.nn\.Conv\dD$/, 'paddle.nn.layer.conv._ConvNd'],
  [/^paddle\.nn\.(LSTM|GRU|SimpleRNN)Cell$/, 'paddle.nn.RNNCellBase'],
  [/^paddle\.nn\.(initializer|utils|functional|quant|clip)\./, 'builtins.object'],
  [/^paddle\.nn\./, 'paddle.nn.Layer'],
];

const baseOf = (path: string): string | undefined => {
  if (path === 'builtins.object') return undefined;
  if (/^torch\.nn\.Lazy\w+$/.test(path)) return path.replace('.Lazy', '.');
  for (const [pattern, base] of BASES) if (pattern.test(path)) return base;
  // A layer is a module, wherever its library keeps it: `einops.layers.torch.Rearrange`.
  const family = findFamily(path);
  if (family?.kind === 'layer') return family.lib === 'torch' ? 'torch.nn.Module' : 'paddle.nn.Layer';
  return 'builtins.object';
};

/** `torch.nn.modules.conv.Conv2d` is `torch.nn.Conv2d`: the path under which a library documents a class. */
export const publicPath = (path: string): string =>
  path
    .replace(/^paddle\.Model$/, 'paddle.hapi.Model')
    .replace(/^paddle\.nn\.Module(?=$|List$|Dict$)/, 'paddle.nn.Layer')
    .replace(/^torch\.nn\.(?:modules(?:\.[a-z]\w*)?|parameter)\.(?=[A-Z]\w*$)/, 'torch.nn.');

/** Where `publicPath` looks: modules that hold nothing but what stands elsewhere as well. */
export const isModulePath = (path: string): boolean => /^torch\.nn\.(modules(\.[a-z]\w*)?|parameter)$/.test(path);

/** The class that a library has at a path. One object per machine and path. */
export const nativeClass = (m: Machine, path: string): ClassValue => {
  const known = m.natives.get(path);
  if (known) return known;
  const base = baseOf(path);
  const parent = base ? nativeClass(m, base) : undefined;
  const family = findFamily(path);
  const cls: ClassValue = {
    kind: 'class',
    name: path.slice(path.lastIndexOf('.') + 1),
    id: m.nextId++,
    bases: parent ? [parent] : [],
    mro: [],
    attrs: new Map(),
    path,
    open: false,
    ...(family?.kind === 'layer' && { layer: family }),
  };
  const placed: ClassValue = Object.assign(cls, { mro: [cls, ...(parent?.mro ?? [])] });
  m.natives.set(path, placed);
  return placed;
};

/** Whether a class is, or derives from, the library class at a path. */
export const derives = (cls: ClassValue, path: string): boolean => cls.mro.some((c) => c.path === path);

/** Whether instances are modules: `torch.nn.Module` or `paddle.nn.Layer` is among the bases. */
export const isModuleClass = (cls: ClassValue): boolean =>
  cls.mro.some((c) => c.path === 'torch.nn.Module' || c.path === 'paddle.nn.Layer');

export const isModule = (value: Value): value is ObjectValue => value.kind === 'object' && isModuleClass(value.cls);

/** The library layer that an instance of this class is, its own or inherited. */
export const layerOf = (cls: ClassValue) => cls.mro.find((c) => c.layer)?.layer;

/** A method of a library class that is a row: `FloatFunctional.add`, or another constructor, `Embedding.from_pretrained`. */
export const rowMember = (path: string, self: Value | undefined): Value | undefined => {
  const family = findFamily(path);
  if (!family) return undefined;
  const op: Value = { kind: 'op', family };
  if (family.kind === 'layer') return { kind: 'partial', func: builtin('layer.make'), args: [op], keywords: new Map() };
  const takesSelf = family.functions[0]?.signature.params[0]?.name === 'self';
  return self && takesSelf ? { kind: 'method', func: op, self } : op;
};

/** A method of a layer that is written out in Python: `MultiHeadAttention.gen_cache`. */
export const writtenMethod = (m: Machine, path: string, self: Value | undefined): Value | undefined => {
  const [, home, cls, name] = /^(\w+\.nn)\.(\w+)\.(\w+)$/.exec(path) ?? [];
  const method = home && m.writtenOut(`methods of ${home}.${cls}_${name}`);
  return method && self && method.kind === 'function' ? { kind: 'method', func: method, self } : method || undefined;
};
