import { callOp, findFamily, type NumberArg } from '../../ops';
import { bool, FALSE, float, int, list, NONE, type TensorValue, TRUE, tuple, unknown, type Value } from '../../values';
import { eachAlternative, opArguments } from '../alternatives';
import { rankMark } from '../asked-ranks';
import { assertHolds } from '../assertion';
import { resolve } from '../branch';
import { elementOf } from '../elementwise';
import { axisOfEntry } from '../entries';
import { fillOf, onlyNumber } from '../fills';
import { iterate } from '../iteration';
import type { Args } from '../machine';
import { mayChange } from '../memory';
import { folded, linspace, numbersOf } from '../numbers';
import { shapeMark } from '../open-sizes';
import { settleOutcome } from '../outcomes';
import { numberOf } from '../scalars';
import { store } from '../subscripts';
import { first, type Native, type NativeCall, type NativeTable, nothing, unclear } from './native';

const NODE = { start: 0, end: 0 };

/** Runs the row of an op, and keeps the numbers that the source says. */
export const withElements =
  (path: string, elements?: (call: NativeCall) => readonly NumberArg[] | undefined): Native =>
  (call) => {
    const { m, node } = call;
    const family = findFamily(path);
    if (!family) return unknown(path);
    return eachAlternative(m, call.args, (plain) => {
      if (plain.open || plain.rest) return m.call({ kind: 'op', family }, plain, node);
      const args = opArguments(m, elements === given ? asData(plain) : elements === counted ? asNumbers(plain) : plain);
      const result = settleOutcome(m, callOp(family, args, m.context), node, { name: path, family, args });
      const known = result.kind === 'tensor' ? elements?.(call) : undefined;
      if (result.kind === 'tensor' && known) return { ...result, elements: known };
      return folded(m, path.slice(path.lastIndexOf('.') + 1), plain, result);
    });
  };

/** A parameter that nobody has described stands for a size elsewhere; as data it may be a list as well. */
const asData = ({ positional: [data, ...others], keywords, ...args }: Args): Args => ({
  ...args,
  positional: data ? [described(data), ...others] : [],
  keywords: new Map([...keywords].map(([name, value]) => [name, DATA.has(name) ? described(value) : value])),
});

const DATA: ReadonlySet<string> = new Set(['data', 'object', 'a']);

const described = (data: Value): Value =>
  data.kind === 'opaque' && data.type === undefined ? unknown(`${data.path} is not described`) : data;

/** A size that stands in a tensor (`paddle.shape(x)[1]`) is a number to count to. */
const asNumbers = ({ positional, keywords, ...args }: Args): Args => ({
  ...args,
  positional: positional.map(numberIn),
  keywords: new Map([...keywords].map(([name, value]) => [name, numberIn(value)])),
});

const numberIn = (value: Value): Value => {
  const [only, ...others] = (value.kind === 'tensor' && value.lib === 'paddle' && value.elements) || [];
  return only && others.length === 0 ? only : value;
};

/** The numbers of `tensor([[1, 2], [3, 4]])`, in row order. */
export const given = ({ m, at }: NativeCall): readonly NumberArg[] | undefined => {
  const value = resolve(m, at(0) ?? NONE);
  return isNumber(value) ? [value] : numbersBelow(m, value);
};

const numbersBelow = (m: NativeCall['m'], value: Value): readonly NumberArg[] | undefined => {
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  if (value.kind === 'list' && value.count !== null) return undefined;
  const found: NumberArg[] = [];
  for (const item of value.items) {
    const numbers = isNumber(item) ? [item] : numbersBelow(m, resolve(m, item));
    if (!numbers) return undefined;
    found.push(...numbers);
  }
  return found;
};

/** The numbers of an array that is made of data or of another array; as whole numbers where that is asked for. */
const arrayOf = (call: NativeCall): readonly NumberArg[] | undefined => {
  const data = resolve(call.m, call.at(0, 'a') ?? NONE);
  const numbers = data.kind === 'tensor' ? data.elements : given(call);
  const dtype = call.at(1, 'dtype');
  const isInt = dtype?.kind === 'class' && dtype.path === 'builtins.int' && numbers?.every((n) => n.kind === 'int');
  return !dtype || dtype.kind === 'none' || isInt ? numbers : undefined;
};

const isNumber = (v: Value): v is NumberArg => v.kind === 'int' || v.kind === 'float' || v.kind === 'bool';

const numbersIn = (items: readonly Value[]): readonly NumberArg[] | undefined => {
  const numbers = items.filter(isNumber);
  return numbers.length === items.length ? numbers : undefined;
};

const counted = ({ m, args }: NativeCall): readonly NumberArg[] | undefined => {
  // A type may stand behind them.
  const positional = args.positional.slice(0, 3);
  if (positional.length === 0) return undefined;
  const range = m.call({ kind: 'builtin', name: 'range' }, { positional, keywords: new Map() }, undefined);
  if (positional.some((v) => resolve(m, v).kind === 'float')) return undefined;
  const { items, count } = iterate(m, range, NODE);
  return count === null && items.length <= 256 ? numbersIn(items) : undefined;
};

const spaced = ({ m, at }: NativeCall): readonly NumberArg[] | undefined => {
  const steps = numberOf(resolve(m, at(2, 'steps') ?? at(2, 'num') ?? NONE));
  if (steps === undefined || steps > 256) return undefined;
  const [start, end] = [
    numberOf(resolve(m, at(0, 'start') ?? NONE)),
    numberOf(resolve(m, at(1, 'end') ?? at(1, 'stop') ?? NONE)),
  ];
  if (start === undefined || end === undefined)
    return Array.from({ length: steps }, () => ({ kind: 'float' as const }));
  return linspace(start, end, steps).map((x) => elementOf(x, 'float32'));
};

/** `unique` of known numbers: sorted, with the places and the counts that were asked for. */
const unique: Native = (call) => {
  const { m, args, at, node } = call;
  const given = resolve(m, at(0, 'input') ?? at(0, 'ar') ?? NONE);
  const numbers = given.kind === 'tensor' && given.elements ? numbersOf(given) : undefined;
  const family = findFamily('torch.unique');
  if (given.kind !== 'tensor' || !numbers || given.shape.dims.length !== 1)
    return family ? m.call({ kind: 'op', family }, args, node) : unknown('unique()');
  const kept = [...new Set(numbers)].sort((a, b) => a - b);
  const row = (values: readonly number[], dtype: TensorValue['dtype']): Value => {
    const elements = values.map((x) => elementOf(x, dtype));
    return { kind: 'tensor', lib: given.lib, shape: { dims: [values.length] }, elements, ...(dtype && { dtype }) };
  };
  const asked = (name: string): boolean => {
    const flag = args.keywords.get(name);
    return flag?.kind === 'bool' && flag.value;
  };
  const parts = [row(kept, given.dtype)];
  if (asked('return_inverse'))
    parts.push(
      row(
        numbers.map((x) => kept.indexOf(x)),
        'int64',
      ),
    );
  if (asked('return_counts'))
    parts.push(
      row(
        kept.map((x) => numbers.filter((y) => y === x).length),
        'int64',
      ),
    );
  return parts.length === 1 ? (parts[0] ?? NONE) : tuple(parts);
};

/** `tensor.tolist()` and friends: the numbers where they are known, else as many as the shape says. */
const toList: Native = ({ m, self }) => {
  if (self?.kind !== 'tensor') return unknown('tolist()');
  if (self.shape.dims.length === 0) return onlyNumber(self) ?? unknown('the numbers of a tensor');
  return self.shape.rest ? unknown('the numbers of a tensor') : nested(m, self, 0, 0);
};

/** The numbers below an axis, from the one at a place in row order on. */
const nested = (m: NativeCall['m'], tensor: TensorValue, axis: number, from: number): Value => {
  const { dims } = tensor.shape;
  const size = dims[axis];
  if (size === undefined) {
    const number = tensor.elements ? tensor.elements[from] : fillOf(tensor);
    if (number) return number;
    return tensor.dtype?.startsWith('int') ? int(m.context.unknownSize('a number of a tensor')) : { kind: 'float' };
  }
  const step = dims.slice(axis + 1).reduce<number>((n, d) => (typeof d === 'number' ? n * d : Number.NaN), 1);
  const element = (i: number): Value => nested(m, tensor, axis + 1, from + i * step);
  return typeof size === 'number' && size <= 256
    ? list(Array.from({ length: size }, (_, i) => element(i)))
    : list([element(0)], size);
};

const item: Native = ({ m, self }) => {
  if (self?.kind !== 'tensor') return unknown('item()');
  const only = onlyNumber(self);
  if (only) return only;
  const held = m.arithmetic?.item(self);
  if (held !== undefined) return float(held);
  if (self.dtype?.startsWith('int') || self.dtype === 'uint8')
    return int(m.context.unknownSize('the value of a tensor'));
  return self.dtype?.startsWith('float') ? { kind: 'float' } : unknown('the value of a tensor');
};

/** The row of `Tensor.size`. */
const sizeRow = ({ m, args, self, node }: NativeCall): Value => {
  const family = findFamily('torch.Tensor.size');
  if (!family || self?.kind !== 'tensor') return unknown('size()');
  const given = opArguments(m, { ...args, positional: [self, ...args.positional] });
  return settleOutcome(m, callOp(family, given, m.context), node, { name: family.path, family, args: given });
};

/** `x.__setitem__(key, value)`: what `x[key] = value` does. */
const setItem: Native = ({ m, self, at, node }) => {
  if (self) store(m, self, resolve(m, at(0) ?? NONE), at(1) ?? NONE, node ?? NODE);
  return NONE;
};

/** `paddle.shape(x)`: the sizes in a tensor; of a tensor of unknown rank a mark, as `x.shape` is. */
const shapeOf: Native = ({ m, at, args, node }) => {
  const given = resolve(m, at(0, 'input') ?? NONE);
  if (given.kind === 'tensor' && given.shape.rest) return shapeMark(m, given);
  const family = findFamily('paddle.shape');
  return family ? m.call({ kind: 'op', family }, args, node) : unknown('shape()');
};

/** `numpy.any(x)`: what the numbers say, where they are known. */
const judged = (
  m: NativeCall['m'],
  given: Value | undefined,
  { positional, keywords }: Args,
  test: (numbers: readonly number[]) => boolean,
): Value => {
  const value = resolve(m, given ?? NONE);
  const numbers = isNumber(value) || value.kind === 'tensor' ? numbersOf(value) : undefined;
  const isPlain = positional.length === 1 && keywords.size === 0;
  return numbers && isPlain ? bool(test(numbers)) : unknown('whether numbers of an array hold');
};

const itself: Native = ({ self }) => self ?? unknown('a tensor');

/** `x.numpy()`: an array of NumPy's, with methods of its own. */
const asArray: Native = ({ self }) => {
  if (self?.kind !== 'tensor') return unknown('an array');
  const { parameter: _p, origin: _o, layout: _l, ...rest } = self;
  return { ...rest, lib: 'numpy' };
};

/** `torch.is_tensor(x)`. */
const isTensor: Native = ({ m, at }) => {
  const value = resolve(m, at(0) ?? NONE);
  return value.kind === 'unknown' || value.kind === 'opaque' || value.kind === 'either'
    ? unknown('is_tensor()')
    : bool(value.kind === 'tensor');
};

/** `checkpoint(function, *args)` runs the function. */
const runs: Native = ({ m, args, node }) => {
  const [fn, ...rest] = args.positional;
  const keywords = new Map(
    [...args.keywords].filter(
      ([name]) =>
        ![
          'use_reentrant',
          'preserve_rng_state',
          'context_fn',
          'determinism_check',
          'debug',
          'offload_indices',
        ].includes(name),
    ),
  );
  return fn ? m.call(fn, { ...args, positional: rest, keywords }, node) : unknown('checkpoint()');
};

const checkpointSequence: Native = ({ m, args, at, node }) => {
  const functions = resolve(m, at(0, 'functions') ?? NONE);
  let value = args.keywords.get('input') ?? args.keywords.get('x') ?? args.positional[2] ?? args.positional[1] ?? NONE;
  const { items, count } = iterate(m, functions, node ?? NODE);
  if (count !== null) return unknown('checkpoint_sequential()');
  for (const fn of items) value = m.call(fn, { positional: [value], keywords: new Map() }, node);
  return value;
};

const decorator: Native = ({ at, args }) => {
  const value = at(0);
  return value &&
    args.positional.length > 0 &&
    (value.kind === 'function' || value.kind === 'method' || value.kind === 'class' || value.kind === 'object')
    ? value
    : { kind: 'builtin', name: 'identity' };
};

/** `nn.init.ones_(x)` fills the tensor that it is given and answers it. */
const initialised: Native = (call) => {
  mayChange(call.args.positional);
  return first(call);
};

const INITIALISERS = [
  'normal_',
  'uniform_',
  'constant_',
  'ones_',
  'zeros_',
  'eye_',
  'dirac_',
  'xavier_uniform_',
  'xavier_normal_',
  'kaiming_uniform_',
  'kaiming_normal_',
  'trunc_normal_',
  'orthogonal_',
  'sparse_',
  'kaiming_normal',
  'xavier_uniform',
];

export const tensorFunctions: NativeTable = {
  'torch.tensor': withElements('torch.tensor', given),
  'torch.as_tensor': withElements('torch.as_tensor', given),
  'torch.ones': withElements('torch.ones'),
  'torch.zeros': withElements('torch.zeros'),
  'torch.arange': withElements('torch.arange', counted),
  'numpy.arange': withElements('numpy.arange', counted),
  'numpy.array': withElements('numpy.array', given),
  'numpy.asarray': withElements('numpy.array', arrayOf),
  'numpy.any': ({ m, at, args }) => judged(m, at(0, 'a'), args, (numbers) => numbers.some((x) => x !== 0)),
  'numpy.all': ({ m, at, args }) => judged(m, at(0, 'a'), args, (numbers) => numbers.every((x) => x !== 0)),
  'numpy.atleast_1d': ({ m, at, node, args }) => {
    const given = resolve(m, at(0) ?? NONE);
    if (args.positional.length !== 1 || (given.kind === 'tensor' && given.shape.rest)) return unknown('atleast_1d()');
    if (given.kind === 'tensor' && given.shape.dims.length > 0) return given;
    const data = isNumber(given) ? list([given]) : given;
    return m.call({ kind: 'builtin', name: 'numpy.array' }, { positional: [data], keywords: new Map() }, node);
  },
  'numpy.unique': unique,
  'torch.unique': unique,
  'torch.linspace': withElements('torch.linspace', spaced),
  'paddle.shape': shapeOf,
  'paddle.to_tensor': withElements('paddle.to_tensor', given),
  'paddle.linspace': withElements('paddle.linspace', spaced),
  'paddle.arange': withElements('paddle.arange', counted),
  'Tensor.tolist': toList,
  'Tensor.item': item,
  'entry.dim': ({ m, self }) => (self?.kind === 'tensor' ? rankMark(m, self) : unknown('dim()')),
  'Tensor.size': (call) => {
    const { m, self, at } = call;
    if (self?.kind === 'tensor' && self.shape.rest) {
      const axis = at(0, 'dim');
      const mark = shapeMark(m, self);
      return axis ? (axisOfEntry(m, mark, resolve(m, axis)) ?? sizeRow(call)) : mark;
    }
    return sizeRow(call);
  },
  'Tensor.numpy': asArray,
  'Tensor.backward': nothing,
  'Tensor.requires_grad_': itself,
  'Tensor.register_hook': nothing,
  'Tensor.__setitem__': setItem,
  'Tensor.is_floating_point': ({ self }) =>
    self?.kind === 'tensor' && self.dtype ? bool(/^(b?float)/.test(self.dtype)) : unknown('is_floating_point()'),
  'torch.is_tensor': isTensor,
  'paddle.is_tensor': isTensor,
  'torch.overrides.has_torch_function': () => FALSE,
  'torch.utils.checkpoint.checkpoint': runs,
  'torch.utils.checkpoint.checkpoint_sequential': checkpointSequence,
  'paddle.distributed.fleet.utils.recompute': runs,
  'torch.jit.script': decorator,
  'torch.jit.ignore': decorator,
  'torch.jit.unused': decorator,
  'torch.jit.export': decorator,
  'torch.jit.interface': decorator,
  'torch.jit.script_method': decorator,
  'torch.jit.annotate': ({ at }) => at(1) ?? NONE,
  'torch.jit.isinstance': ({ m, args, node }) => m.call({ kind: 'builtin', name: 'isinstance' }, args, node),
  'torch.compile': decorator,
  'torch.compiler.disable': decorator,
  'torch.fx.wrap': first,
  'torch.no_grad': decorator,
  'torch.enable_grad': decorator,
  'torch.inference_mode': decorator,
  'torch.autocast': decorator,
  'torch.cuda.amp.autocast': decorator,
  'torch.amp.autocast': decorator,
  'torch.set_grad_enabled': nothing,
  'torch.manual_seed': nothing,
  'torch.is_grad_enabled': unclear('whether gradients are recorded'),
  'torch.is_autocast_enabled': () => FALSE,
  'torch._assert': ({ m, at, node }) => {
    const condition = at(0, 'condition');
    if (condition && node) assertHolds(m, node, condition);
    return NONE;
  },
  'torch._C._log_api_usage_once': nothing,
  'torch.load': unclear('a file'),
  'torch.save': nothing,
  'torch.hub.load_state_dict_from_url': unclear('a file'),
  'paddle.no_grad': decorator,
  'paddle.jit.not_to_static': decorator,
  'paddle.set_device': nothing,
  'paddle.in_dynamic_mode': () => TRUE,
  'paddle.load': unclear('a file'),
  'paddle.save': nothing,
  'paddle.seed': nothing,
  'paddle.framework.in_dynamic_mode': () => TRUE,
  'paddle.fluid.dygraph.no_grad': decorator,
  ...Object.fromEntries(INITIALISERS.map((name) => [`torch.nn.init.${name}`, initialised])),
  'torch.nn.init.calculate_gain': () => ({ kind: 'float' as const }),
  'torch.nn.init._calculate_fan_in_and_fan_out': ({ m }) =>
    tuple([int(m.context.unknownSize('fan in')), int(m.context.unknownSize('fan out'))]),
  'torch.nn.init._calculate_correct_fan': ({ m }) => int(m.context.unknownSize('fan')),
};
