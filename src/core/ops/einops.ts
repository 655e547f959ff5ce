import { add, type Dim, product, sub } from '../dims';
import { type Shape, shapeOf } from '../shapes';
import type { Arg, TensorArg } from './arg';
import { type Call, fresh, giveUp, need, refuse, tensor } from './call';
import { fault } from './codes';
import { isComplex, isFloat, isInteger } from './dtypes';
import { layers, ops, type Table } from './rows';
import { needChoice } from './rules/checks';
import { checkedPattern, type Kind, lengthsOf, namedAxes, operand, rearranged } from './rules/einops';
import { contract } from './rules/einsum';
import { ELLIPSIS, parseSide } from './rules/pattern';
import { floorBy } from './rules/quotient';
import { sizesIn, tuple, tupleOf } from './rules/values';
import { typed } from './rules/view';

const reductions = ['min', 'max', 'sum', 'mean', 'prod', 'any', 'all'];

const run = (call: Call, input: Arg, pattern: string, kind: Kind): Arg | undefined => {
  const whole = operand(call, input);
  const shape = whole && rearranged(call, whole, pattern, kind, lengthsOf(call));
  return shape && whole && tensor(call.lib, shape, typed(whole));
};

/** What a reduction makes of an element type: truth values are counted, and only fractions have a mean. */
const reducedType = (call: Call, input: TensorArg, reduction: Arg): TensorArg | undefined => {
  const { dtype, ...rest } = input;
  if (dtype === undefined || reduction.kind !== 'str') return input;
  if (reduction.value === 'mean' && !isFloat(dtype) && !isComplex(dtype)) {
    const data = { op: call.op, argument: 'tensor', expected: 'float', found: dtype };
    return refuse(call, fault('dtype-refused', data, 'tensor', 'reduction'));
  }
  if (reduction.value === 'any' || reduction.value === 'all') return { ...rest, dtype: 'bool' };
  const adds = reduction.value === 'sum' || reduction.value === 'prod';
  return adds && (dtype === 'bool' || isInteger(dtype)) ? { ...rest, dtype: 'int64' } : input;
};

const checkReduction = (call: Call, reduction: Arg): void => {
  if (reduction.kind === 'str' && kindOf(reduction) === 'reduce')
    needChoice(call, 'reduction', reduction.value, reductions);
};

/** All three operations are one function in the library, told apart by what is called the reduction. */
const kindOf = (reduction: Arg): Kind =>
  reduction.kind === 'str' && (reduction.value === 'repeat' || reduction.value === 'rearrange')
    ? reduction.value
    : 'reduce';

const axesOf = (call: Call, input: Arg, pattern: string): ReadonlyMap<string, Dim> | undefined => {
  const whole = operand(call, input);
  return whole && namedAxes(call, whole, pattern, lengthsOf(call));
};

/** einops' functions. */
const functions = ops(
  'einops',
  {
    'rearrange(tensor: any, pattern: str, **) -> any': {
      en: 'Reorders, splits and merges axes by a pattern with named axes.',
      zh: '按带轴名的模式重排、拆分、合并各轴。',
      value: ({ tensor: input, pattern }, call) => run(call, input, pattern, 'rearrange'),
      axes: ({ tensor: input, pattern }, call) => axesOf(call, input, pattern),
      eg: [
        "(2, 3, 4), 'b c l -> b l c' -> (2, 4, 3)",
        "(2, 5, 12), 'b n (h d) -> b h n d', h=3 -> (2, 3, 5, 4)",
        "(2, 5, 13), 'b n (h d) -> b h n d', h=3 -> !pattern-divide",
        "(2, 3), 'b c h -> b h c' -> !pattern-rank",
        "(2, 3), 'b c -> b' -> !pattern-axis",
        "(2, 3, 4), '... d -> ... 1 d' -> (2, 3, 1, 4)",
        "[(2, 3), (2, 3)], 'k b c -> b (k c)' -> (2, 6)",
      ],
    },
    'reduce(tensor: any, pattern: str, reduction: any, **) -> any': {
      en: 'Reduces the axes that the right side of a pattern lacks.',
      zh: '对模式右边没有的轴做归约。',
      value: ({ tensor: input, pattern, reduction }, call) => {
        checkReduction(call, reduction);
        const made = run(call, input, pattern, kindOf(reduction));
        return made?.kind === 'tensor' ? reducedType(call, made, reduction) : made;
      },
      axes: ({ tensor: input, pattern }, call) => axesOf(call, input, pattern),
      eg: [
        "(2, 3, 4), 'b c l -> b c', 'mean' -> (2, 3)",
        "(2, 4, 6), 'b (h p) (w q) -> b h w', 'max', p=2, q=2 -> (2, 2, 3)",
        "(2, 3), 'b c -> b c r', 'repeat', r=4 -> (2, 3, 4)",
      ],
    },
    'repeat(tensor: any, pattern: str, **) -> any': {
      en: 'Repeats along the axes that only the right side of a pattern has.',
      zh: '沿模式右边新增的轴重复。',
      value: ({ tensor: input, pattern }, call) => run(call, input, pattern, 'repeat'),
      axes: ({ tensor: input, pattern }, call) => axesOf(call, input, pattern),
      eg: ["(3, 4), 'n d -> b n d', b=2 -> (2, 3, 4)", "(3), 'd -> d 2' -> (3, 2)", "(3), 'd -> d r' -> !pattern-axis"],
    },
    'einsum(tensors_and_pattern: any*) -> any': {
      en: 'Sum of products over named axes; the pattern comes last.',
      zh: '按轴名的爱因斯坦求和；模式写在最后。',
      value: ({ tensors_and_pattern: given }, call) =>
        given.kind === 'tuple' ? namedSum(call, given.items) : undefined,
      eg: "(2, 3, 4), (2, 4, 5), 'b i k, b k j -> b i j' -> (2, 3, 5)",
    },
    'pack(tensors: Tensors, pattern: str) -> any': {
      en: 'Flattens the starred axes of tensors and joins them.',
      zh: '把各张量的星号轴展平后拼接。',
      value: ({ tensors, pattern }, call) => packed(call, tensors, pattern),
      eg: "[(2, 3, 4), (2, 4)], 'b * d' -> ((2, 4, 4), ((3), ()))",
    },
    'unpack(tensor: Tensor, packed_shapes: any, pattern: str) -> any': {
      en: 'Takes apart what pack has joined.',
      zh: '还原 pack 拼接的各张量。',
      value: ({ tensor: input, packed_shapes, pattern }, call) => unpacked(call, input, packed_shapes, pattern),
      eg: "(2, 4, 4), [(3,), ()], 'b * d' -> ((2, 3, 4), (2, 4))",
    },
    'parse_shape(x: Tensor, pattern: str) -> any': {
      en: 'The sizes of the named axes.',
      zh: '按轴名给出各轴大小。',
      value: ({ x, pattern }) => {
        const places = pattern.trim().split(/\s+/);
        if (x.shape.rest || places.length !== x.shape.dims.length) return undefined;
        const fields = new Map<string, Arg>();
        places.forEach((name, i) => {
          if (name !== '_') fields.set(name, { kind: 'int', value: x.shape.dims[i] ?? 1 });
        });
        return { kind: 'other', name: 'dict', fields };
      },
      eg: "(2, 3), 'b _' -> other",
    },
  },
  { python: true },
);

const namedSum = (call: Call, items: readonly Arg[]): Arg | undefined => {
  const last = items.at(-1);
  const tensors = items.slice(0, -1).filter((t) => t.kind === 'tensor');
  if (last?.kind !== 'str' || tensors.length < items.length - 1) return giveUp(call, 'the operands are not known');
  const [left = '', right, more] = last.value.split('->');
  const inputs = left.split(',').map((side) => sideNames(side));
  const output = right === undefined || more !== undefined ? undefined : sideNames(right);
  const known = inputs.filter((side) => side !== undefined);
  if (!output || known.length < inputs.length)
    return refuse(call, fault('pattern-syntax', { op: call.op, pattern: last.value }, 'pattern'));
  if (known.length !== tensors.length) {
    const data = { op: call.op, pattern: last.value, expected: known.length, found: tensors.length };
    return refuse(call, fault('pattern-count', data, 'pattern'));
  }
  const shape = contract(call, last.value, known, output, tensors);
  const first = tensors[0];
  return shape && tensor(call.lib, shape, first ? typed(first) : {});
};

/** The axes of one side of an einsum, where each place is one axis; they may repeat. */
const sideNames = (text: string): readonly string[] | undefined => {
  const names = text
    .replaceAll('...', ELLIPSIS)
    .trim()
    .split(/\s+/)
    .filter((n) => n !== '');
  return names.every((n) => n === ELLIPSIS || /^[A-Za-z_]\w*$/.test(n)) ? names : undefined;
};

/** Where the star stands: so many axes before it, so many after. */
const starOf = (call: Call, pattern: string): { readonly before: number; readonly after: number } | undefined => {
  const names = pattern.trim().split(/\s+/);
  const at = names.indexOf('*');
  if (at < 0 || names.lastIndexOf('*') !== at)
    return refuse(call, fault('pattern-syntax', { op: call.op, pattern }, 'pattern'));
  return { before: at, after: names.length - at - 1 };
};

const packed = (call: Call, tensors: readonly TensorArg[], pattern: string): Arg | undefined => {
  const star = starOf(call, pattern);
  if (!star) return undefined;
  const first = tensors[0];
  if (!first) return refuse(call, fault('empty-list', { op: call.op }, 'tensors'));
  let total: Dim = 0;
  const shapes: Arg[] = [];
  let outer: readonly Dim[] | undefined;
  for (const t of tensors) {
    const { dims, rest } = t.shape;
    if (rest) return giveUp(call, 'the rank is not known');
    const count = dims.length - star.before - star.after;
    if (count < 0) {
      const data = { op: call.op, pattern, expected: star.before + star.after, shape: t.shape };
      return refuse(call, fault('pattern-rank', data, 'tensors'));
    }
    const inner = dims.slice(star.before, star.before + count);
    const around = [...dims.slice(0, star.before), ...dims.slice(star.before + count)];
    around.forEach((d, i) => {
      const expected = outer?.[i] ?? d;
      const data = { op: call.op, pattern, axis: `${i}`, expected, found: d };
      need(call, { kind: 'eq', left: expected, right: d }, fault('pattern-size', data, 'tensors'));
    });
    outer ??= around;
    total = add(total, product(inner));
    shapes.push(tupleOf(inner));
  }
  const around = outer ?? [];
  const dims = [...around.slice(0, star.before), total, ...around.slice(star.before)];
  return tuple([tensor(call.lib, { dims }, typed(first)), { kind: 'sequence', items: shapes }]);
};

const unpacked = (call: Call, input: TensorArg, shapes: Arg, pattern: string): Arg | undefined => {
  const star = starOf(call, pattern);
  if (!star || input.shape.rest || (shapes.kind !== 'sequence' && shapes.kind !== 'tuple'))
    return giveUp(call, 'the shapes are not known');
  const { dims } = input.shape;
  if (dims.length !== star.before + star.after + 1) {
    const data = { op: call.op, pattern, expected: star.before + star.after + 1, shape: input.shape };
    return refuse(call, fault('pattern-rank', data, 'tensor'));
  }
  const found = dims[star.before] ?? 1;
  const inner = innerShapes(call, shapes.items, found, pattern);
  if (!inner) return undefined;
  const items = inner.map((sizes) =>
    tensor(call.lib, { dims: [...dims.slice(0, star.before), ...sizes, ...dims.slice(star.before + 1)] }, typed(input)),
  );
  return { kind: 'sequence', items };
};

/** The shapes behind the star; one of them may leave a size to be worked out. */
const innerShapes = (
  call: Call,
  items: readonly Arg[],
  found: Dim,
  pattern: string,
): readonly (readonly Dim[])[] | undefined => {
  const inner: (readonly Dim[])[] = [];
  for (const item of items) {
    const sizes = item.kind === 'int' ? [item.value] : sizesIn(item);
    if (!sizes) return giveUp(call, 'the shapes are not known');
    inner.push(sizes);
  }
  const open = inner.filter((sizes) => sizes.includes(-1));
  const known = inner.filter((sizes) => !sizes.includes(-1)).reduce<Dim>((all, sizes) => add(all, product(sizes)), 0);
  const data = { op: call.op, pattern, axis: '*', expected: known, found };
  if (open.length === 0) {
    need(call, { kind: 'eq', left: known, right: found }, fault('pattern-size', data, 'packed_shapes'));
    return inner;
  }
  if (open.length > 1) return giveUp(call, 'more than one size to be worked out');
  need(call, { kind: 'le', left: known, right: found }, fault('pattern-size', data, 'packed_shapes'));
  const rest = sub(found, known);
  return inner.map((sizes) => {
    const by = product(sizes.filter((d) => d !== -1));
    return sizes.map((d) => (d === -1 ? floorBy(rest, by) : d));
  });
};

/** What the layers run: the sizes of axes come from their constructor. */
const layerOps = ops(
  'torch._nn',
  {
    'einops_apply(input: any, pattern: str, kind: any, lengths: any) -> any': {
      en: 'Applies a pattern.',
      zh: '按模式变换。',
      value: ({ input, pattern, kind, lengths }, call) => {
        const whole = operand(call, input);
        const sizes = lengthsIn(call, lengths);
        const shape = whole && rearranged(call, whole, pattern, kindOf(kind), sizes);
        return shape && whole && tensor(call.lib, shape, typed(whole));
      },
      eg: "(2, 3), 'b c -> c b', 'rearrange', None -> (3, 2)",
    },
  },
  { python: true },
);

/** Sizes of axes as an attribute: pairs of name and size. */
const lengthsField = (call: Call): Arg =>
  tuple([...call.extra].map(([name, size]) => tuple([{ kind: 'str', value: name }, size])));

/** The sizes of axes that a layer keeps. */
const lengthsIn = (call: Call, lengths: Arg): ReadonlyMap<string, Dim> => {
  const sizes = new Map<string, Dim>();
  if (lengths.kind !== 'tuple') return sizes;
  for (const pair of lengths.items) {
    const [name, size] = pair.kind === 'tuple' ? pair.items : [];
    if (name?.kind === 'str' && size)
      sizes.set(name.value, size.kind === 'int' ? size.value : fresh(call, `axis ${name.value}`));
  }
  return sizes;
};

/** einops' layers. */
const patternLayers = layers('einops.layers.torch', {
  'Rearrange(pattern: str, **)': {
    en: 'Reorders, splits and merges axes by a pattern with named axes.',
    zh: '按带轴名的模式重排、拆分、合并各轴。',
    call: "einops_apply(input, pattern, 'rearrange', axes_lengths)",
    owns: ['axes_lengths'],
    check: ({ pattern }, call) => {
      checkedPattern(call, pattern, 'rearrange', lengthsOf(call));
    },
    fields: (_, call) => ({ axes_lengths: lengthsField(call) }),
    eg: [
      "Rearrange('b c h w -> b (h w) c'): (2, 3, 4, 5) -> (2, 20, 3)",
      "Rearrange('b n (h d) -> b h n d', h=3): (2, 5, 12) -> (2, 3, 5, 4)",
    ],
  },
  'Reduce(pattern: str, reduction: any, **)': {
    en: 'Reduces the axes that the right side of a pattern lacks.',
    zh: '对模式右边没有的轴做归约。',
    call: 'einops_apply(input, pattern, reduction, axes_lengths)',
    owns: ['axes_lengths'],
    check: ({ pattern, reduction }, call) => {
      checkReduction(call, reduction);
      checkedPattern(call, pattern, kindOf(reduction), lengthsOf(call));
    },
    fields: (_, call) => ({ axes_lengths: lengthsField(call) }),
    eg: [
      "Reduce('b c h w -> b c', 'mean'): (2, 3, 4, 5) -> (2, 3)",
      "Reduce('b ... -> (b s) ...', 'repeat', s=4): (2, 3, 5) -> (8, 3, 5)",
    ],
  },
  'EinMix(pattern: str, weight_shape: str, bias_shape: str? = None, **)': {
    en: 'Linear layer over named axes.',
    zh: '按轴名定义的线性层。',
    call: 'einops_mix(input, pattern, axes_lengths)',
    owns: ['axes_lengths'],
    fields: (_, call) => ({ axes_lengths: lengthsField(call) }),
    params: ({ pattern, weight_shape, bias_shape }, call) => mixParams(call, pattern, weight_shape, bias_shape),
    init: { '*': 'fan-in' },
    eg: "EinMix('b n d -> b n e', weight_shape='d e', d=3, e=4): (2, 5, 3) -> (2, 5, 4)",
  },
});

const mixParams = (call: Call, pattern: string, weight: string, bias: string | null) => {
  const lengths = lengthsOf(call);
  const sizes = (text: string): readonly Dim[] =>
    text
      .trim()
      .split(/\s+/)
      .filter((n) => n !== '')
      .map((n) => lengths.get(n) ?? 1);
  const right = parseSide(pattern.split('->')[1] ?? '')?.flat() ?? [];
  const biased = new Set(bias?.trim().split(/\s+/) ?? []);
  const shape: Dim[] = [];
  for (const name of right) {
    if (biased.has(name)) shape.push(lengths.get(name) ?? 1);
    else if (shape.length > 0) shape.push(1);
  }
  return { weight: sizes(weight), bias: bias !== null && shape };
};

const mixOps = ops(
  'torch._nn',
  {
    'einops_mix(input: Tensor, pattern: str, lengths: any) -> any': {
      en: 'Linear map over named axes.',
      zh: '按轴名的线性映射。',
      value: ({ input, pattern, lengths }, call) => mixed(call, input, pattern, lengths),
      eg: "(2, 3), 'b c -> b c', None -> (2, 3)",
    },
  },
  { python: true },
);

/** New axes of a mix have given sizes; those that go are summed. */
const mixed = (call: Call, input: TensorArg, pattern: string, lengths: Arg): Arg | undefined => {
  const [left = '', right = ''] = pattern.split('->');
  const sizes = new Map(lengthsIn(call, lengths));
  const kept = new Set(parseSide(left)?.flat() ?? []);
  const names = (parseSide(right)?.flat() ?? []).filter((n) => kept.has(n));
  const own = new Map([...sizes].filter(([n]) => kept.has(n)));
  const flat = rearranged(call, input, `${left} -> ${names.join(' ').replaceAll(ELLIPSIS, '...')}`, 'reduce', own);
  if (!flat || flat.rest || names.includes(ELLIPSIS)) return giveUp(call, 'axes of a mix');
  for (const [i, n] of names.entries()) sizes.set(n, flat.dims[i] ?? 1);
  const dims = (parseSide(right) ?? []).map((place) => product(place.map((n) => sizes.get(n) ?? 1)));
  const shape: Shape = shapeOf(...dims);
  return tensor(call.lib, shape, typed(input));
};

/** einops for PyTorch. */
export const einopsTables: readonly Table[] = [functions, layerOps, patternLayers, mixOps];
