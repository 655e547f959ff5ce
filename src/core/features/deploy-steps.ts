import { same } from '../dims';
import type { Candidate, Operator, Ref, Step } from '../fuse';
import type { Dialect } from './deploy-dialect';
import { operatorOf } from './kernel-names';

/** What the code of a region is written with. */
export interface Writing {
  readonly candidate: Candidate;
  readonly dialect: Dialect;
  /** The Python expression of a layer or parameter. */
  readonly name: (layer: number) => string;
  /** When a layer is there, as Python; undefined where it always is, null where that cannot be said. */
  readonly presence: (layer: number) => string | null | undefined;
  /** The helper functions that the code calls. */
  readonly uses: Set<string>;
}

/** A kernel in Python: its weight, its bias, the number of its groups. `1` and `0` leave things as they are. */
interface Kernel {
  readonly weight: string;
  readonly bias: string;
  readonly groups: string;
}

/** The statements of a step: `k3 = …`, `b3 = …`, `g3 = …`; undefined where they cannot be written. */
export const stepCode = (writing: Writing, step: Step, number: number): readonly string[] | undefined => {
  const guards = step.inputs.map((ref) => guardOf(writing, ref));
  const [guard] = guards;
  if (step.rule === 'F7') return additionCode(writing, step, number);
  // A layer that is there on some ways only cannot go into one that always is.
  if (guards.some((g) => g !== guard)) return undefined;
  if (step.rule === 'F12' || step.rule === 'F13') return guarded(guard, compositionCode(writing, step, number));
  const made = stepKernel(writing, step, number);
  if (!made) return undefined;
  const groups = made.groups === '1' ? [] : [`g${number} = ${made.groups}`];
  const lines = [`k${number} = ${made.weight}`, `b${number} = ${made.bias}`, ...groups];
  return guarded(guard, lines);
};

const guarded = (guard: string | undefined, lines: readonly string[] | undefined): readonly string[] | undefined =>
  guard === undefined ? lines : lines && [`if ${guard}:`, ...lines.map((line) => `    ${line}`)];

/** Two convolutions in a row; where their groups differ, as kernels without groups. */
const compositionCode = (writing: Writing, step: Step, number: number): readonly string[] | undefined => {
  const [a, b] = step.inputs.map((ref) => kernelOf(writing, ref));
  if (!a || !b || step.result.op !== 'conv') return undefined;
  const alike = a.groups === b.groups;
  if (!alike && !same(step.result.groups, 1)) return undefined;
  writing.uses.add('compose');
  const plain = ({ weight, groups }: Kernel): string => {
    if (alike || groups === '1') return weight;
    writing.uses.add('dense');
    return `dense(${weight}, ${groups})`;
  };
  const groups = alike ? a.groups : '1';
  return [
    `k${number}, b${number} = compose(${plain(a)}, ${a.bias}, ${plain(b)}, ${b.bias}, ${groups})`,
    ...(groups === '1' ? [] : [`g${number} = ${groups}`]),
  ];
};

/** Adds the branches that are always there, and then each of the others where it is. */
const additionCode = (writing: Writing, step: Step, number: number): readonly string[] | undefined => {
  const all = step.inputs.map((ref) => ({ guard: guardOf(writing, ref), kernel: kernelOf(writing, ref) }));
  const always = all.filter((one) => one.guard === undefined).map((one) => one.kernel);
  const [first] = always;
  if (!first) return undefined;
  const [k, b] = [`k${number}`, `b${number}`];
  return [
    `${k} = ${always.map((one) => one.weight).join(' + ')}`,
    `${b} = ${sum(always.map((one) => one.bias))}`,
    ...(first.groups === '1' ? [] : [`g${number} = ${first.groups}`]),
    ...all.flatMap(({ guard, kernel }) =>
      guard === undefined
        ? []
        : [`if ${guard}:`, `    ${k} = ${k} + ${kernel.weight}`, `    ${b} = ${b} + ${kernel.bias}`],
    ),
  ];
};

/** When a branch is there, as Python: the first of its modules is; undefined where it always is. */
export const guardOf = (
  { candidate, presence }: Pick<Writing, 'candidate' | 'presence'>,
  ref: Ref,
): string | undefined => {
  const guards = layersBehind(candidate, ref).map(presence);
  return guards.some((guard) => guard === undefined) ? undefined : (guards[0] ?? undefined);
};

/** The layers that a reference is made of. */
export const layersBehind = (candidate: Candidate, ref: Ref): readonly number[] => {
  if (ref.kind === 'layer') return [ref.id];
  if (ref.kind === 'identity') return [];
  return (candidate.plan.steps[ref.id]?.inputs ?? []).flatMap((input) => layersBehind(candidate, input));
};

const stepKernel = (writing: Writing, step: Step, number: number): Kernel | undefined => {
  const { candidate } = writing;
  const [first, second] = step.inputs;
  const from = first && operatorOf(candidate, first);
  if (!first) return undefined;
  const a = kernelOf(writing, first);
  const b = second && kernelOf(writing, second);
  switch (step.rule) {
    case 'F1':
    case 'F2':
    case 'F5':
    case 'F18':
      return b && from && scaled(writing, a, b, from);
    case 'F3':
    case 'F4':
    case 'F19':
      return b && second && absorbed(writing, a, b, operatorOf(candidate, second));
    case 'F8':
    case 'F8g':
    case 'F11':
    case 'F23':
      return embedded(writing, a, first, step.result);
    case 'F16':
      return a;
    case 'F15':
      return averaged(writing, first, step.result, number);
    case 'F9':
    case 'F10':
      return pointwise(writing, a, from, step.result, number);
    default:
      return undefined;
  }
};

const sum = (terms: readonly string[]): string => terms.filter((t) => t !== '0').join(' + ') || '0';

const times = (value: string, factor: string): string =>
  value === '0' || factor === '1' ? value : `${/ [+] /.test(value) ? `(${value})` : value} * ${factor}`;

/** What a reference is in Python. */
const kernelOf = ({ candidate, dialect, name, uses }: Writing, ref: Ref): Kernel => {
  if (ref.kind === 'identity') return { weight: '1', bias: '0', groups: '1' };
  const operator = operatorOf(candidate, ref);
  if (ref.kind === 'step') {
    const n = ref.id + 1;
    return { weight: `k${n}`, bias: `b${n}`, groups: operator && isGrouped(operator) ? `g${n}` : '1' };
  }
  const own = name(ref.id);
  if (!operator || operator.op === 'average' || operator.op === 'border')
    return { weight: '1', bias: '0', groups: '1' };
  if (operator.op !== 'diagonal')
    return {
      weight: `${own}.weight`,
      bias: operator.shift ? `${own}.bias` : '0',
      groups: isGrouped(operator) ? `${own}.${dialect.field('groups')}` : '1',
    };
  if (operator.role === 'norm') {
    uses.add('scale_and_shift');
    return { weight: `scale_and_shift(${own})[0]`, bias: `scale_and_shift(${own})[1]`, groups: '1' };
  }
  if (operator.role === 'identity') return { weight: '1', bias: '0', groups: '1' };
  const value = own === '-1' ? '(-1)' : `${own}.reshape([-1])`;
  return operator.role === 'scale'
    ? { weight: value, bias: '0', groups: '1' }
    : { weight: '1', bias: value, groups: '1' };
};

const isGrouped = (operator: Operator): boolean =>
  (operator.op === 'conv' || operator.op === 'transposed') && !same(operator.groups, 1);

/** A vector as a factor along one axis of a kernel. */
const along = (vector: string, axis: number, rank: number): string =>
  vector === '1' || vector === '(-1)'
    ? vector
    : `${vector}.reshape([${Array.from({ length: rank }, (_, i) => (i === axis ? -1 : 1)).join(', ')}])`;

const rankOf = (operator: Operator): number => ('axes' in operator ? operator.axes.length + 2 : 2);

const scaled = ({ dialect }: Writing, a: Kernel, b: Kernel, from: Operator): Kernel | undefined => {
  const bias = sum([times(a.bias, b.weight), b.bias]);
  if (from.op === 'diagonal') return { weight: times(a.weight, b.weight), bias, groups: '1' };
  if (from.op === 'average') return undefined;
  if (from.op === 'transposed' && isGrouped(from)) {
    // The second axis counts the outputs of one group.
    const shape = [...Array.from({ length: rankOf(from) + 1 }, (_, i) => (i === 0 ? a.groups : i === 2 ? '-1' : '1'))];
    const split = `${a.weight}.reshape([${a.groups}, -1, *${a.weight}.shape[1:]])`;
    return {
      weight: `(${split} * ${b.weight}.reshape([${shape.join(', ')}])).reshape(${a.weight}.shape)`,
      bias,
      groups: a.groups,
    };
  }
  const axis = from.op === 'transposed' ? 1 : from.op === 'linear' ? dialect.linearAxis : 0;
  return { weight: times(a.weight, along(b.weight, axis, rankOf(from))), bias, groups: a.groups };
};

/** What comes before goes into the input channels; only where they are not split into groups. */
const absorbed = (
  { dialect }: Writing,
  before: Kernel,
  layer: Kernel,
  to: Operator | undefined,
): Kernel | undefined => {
  // Paddle keeps the weight of a linear layer as [in, out].
  const fits = to?.op === 'linear' ? dialect.linearAxis === 0 : to?.op === 'conv' && !isGrouped(to);
  if (!to || !fits) return undefined;
  const rank = rankOf(to);
  const spatial = Array.from({ length: rank - 2 }, (_, i) => i + 2).join(', ');
  const summed = rank === 2 ? layer.weight : `${layer.weight}.sum([${spatial}])`;
  const pushed = before.bias === '0' ? '0' : `${summed} @ (${before.bias})`;
  return { weight: times(layer.weight, along(before.weight, 1, rank)), bias: sum([layer.bias, pushed]), groups: '1' };
};

/** What each channel gets by itself, as a 1×1 kernel of as many groups as channels. */
const pointwise = (
  { candidate, dialect, name }: Writing,
  a: Kernel,
  from: Operator | undefined,
  to: Operator,
  number: number,
): Kernel | undefined => {
  const host = candidate.region.layers.findIndex((l) => l.operator.op === 'conv');
  if (to.op !== 'conv' || host < 0) return undefined;
  const shape = [-1, ...Array.from({ length: rankOf(to) - 1 }, () => 1)].join(', ');
  const alike = from?.op === 'diagonal' && from.channels !== undefined && a.weight !== '1';
  const ones = dialect.ones(`${name(host)}.weight`, `${name(host)}.${dialect.field('in_channels')}`);
  const vector = alike ? a.weight : a.weight === '1' ? ones : `(${ones} * ${a.weight})`;
  return { weight: `${vector}.reshape([${shape}])`, bias: a.bias, groups: `k${number}.shape[0]` };
};

/** An average pooling as a kernel of as many channels as the convolution has that it comes behind. */
const averaged = ({ candidate, name, uses }: Writing, ref: Ref, to: Operator, number: number): Kernel | undefined => {
  if (ref.kind !== 'layer' || to.op !== 'conv') return undefined;
  const like = candidate.region.layers.findIndex((l) => l.operator.op === 'conv' && same(l.operator.out, to.out));
  if (like < 0) return undefined;
  uses.add('averaging');
  return { weight: `averaging(${name(ref.id)}, ${name(like)}.weight)`, bias: '0', groups: `k${number}.shape[0]` };
};

/** All numbers are read from the layers when the code runs: the constructor may have been given others. */
const embedded = (writing: Writing, a: Kernel, ref: Ref, to: Operator): Kernel | undefined => {
  if (to.op !== 'conv') return undefined;
  const host = hostOf(writing, to);
  const branch = windowOf(writing, ref);
  if (host === undefined || branch === undefined) return undefined;
  writing.uses.add('embed');
  return {
    weight: `embed(${a.weight}, ${a.groups}, ${host}, ${branch})`,
    bias: a.bias,
    groups: same(to.groups, 1) ? '1' : `${host}.${writing.dialect.field('groups')}`,
  };
};

/** The layer of the region that has the window and the groups of an operator, as Python. */
export const hostOf = ({ candidate, name }: Writing, operator: Conv): string | undefined => {
  const like = candidate.region.layers.findIndex(
    ({ operator: own }) =>
      own.op === 'conv' &&
      own.mode === operator.mode &&
      [own.in, own.out, own.groups].every((d, i) => same(d, [operator.in, operator.out, operator.groups][i] ?? -1)) &&
      own.axes.every((a, i) => isSameAxis(a, operator.axes[i] ?? a)),
  );
  return like < 0 ? undefined : name(like);
};

type Conv = Extract<Operator, { op: 'conv' }>;

const isSameAxis = (a: Conv['axes'][number], b: Conv['axes'][number]): boolean =>
  same(a.kernel, b.kernel) &&
  same(a.stride, b.stride) &&
  same(a.before, b.before) &&
  same(a.after, b.after) &&
  same(a.dilation, b.dilation);

/** The layer whose window a kernel has: `None` for what each pixel gets by itself. */
const windowOf = (writing: Writing, ref: Ref): string | undefined => {
  const { candidate, name } = writing;
  if (ref.kind === 'identity') return 'None';
  if (ref.kind === 'layer') return candidate.region.layers[ref.id]?.operator.op === 'conv' ? name(ref.id) : 'None';
  const step = candidate.plan.steps[ref.id];
  const [first] = step?.inputs ?? [];
  if (step?.rule === 'F9' || step?.rule === 'F10') return 'None';
  return first && (step?.rule === 'F1' || step?.rule === 'F18') ? windowOf(writing, first) : undefined;
};
