import type { Dim } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { broadcastAll, type Call, giveUp, tensor } from '../call';
import { fault } from '../codes';
import { ops } from '../rows';
import { none, sizesIn, tupleOf } from '../rules/values';

// A distribution is an object with a batch of draws of one event: its fields hold both shapes, and samples come after
// the shape that is asked for (docs.pytorch.org, `torch.distributions`).

const HOME = 'torch.distributions';

const draws = (name: string, batch: Shape, event: Shape, own: Readonly<Record<string, Arg>> = {}): Arg => {
  const one = tensor('torch', { dims: [...batch.dims, ...event.dims] });
  const shapes = { batch_shape: tupleOf(batch.dims), event_shape: tupleOf(event.dims) };
  return {
    kind: 'other',
    name: `${HOME}.${name}`,
    fields: new Map<string, Arg>(Object.entries({ ...own, mean: one, stddev: one, variance: one, ...shapes })),
  };
};

/** Parameters that meet element by element; a number is a batch of none. */
const met = (call: Call, params: readonly Arg[]): Shape | undefined => {
  const given = params.filter((p) => p.kind !== 'none');
  if (given.some((p) => p.kind === 'unknown' || p.kind === 'other')) return giveUp(call, 'a parameter is not known');
  const shapes = given.map((p) => (p.kind === 'tensor' ? p.shape : shapeOf()));
  if (shapes.some((s) => s.rest)) return giveUp(call, 'the rank is not known');
  return broadcastAll(call, shapes, (left, right) => fault('broadcast-mismatch', { op: call.op, left, right }));
};

/** One draw for each element that the parameters make together. */
const pointwise = (en: string, zh: string, eg = '(2, 3), 1.0 -> other') => ({
  en,
  zh,
  value: (e: Readonly<Record<string, Arg>>, call: Call): Arg | undefined => {
    const { validate_args: _, ...params } = e;
    const batch = met(call, Object.values(params));
    return batch && draws(call.op, batch, shapeOf(), params);
  },
  eg,
});

/** The last axis holds the weights of one draw. */
const overLast = (en: string, zh: string, event: 'none' | 'last', eg = '(2, 3) -> other') => ({
  en,
  zh,
  value: (e: Readonly<Record<string, Arg>>, call: Call): Arg | undefined => {
    const { validate_args: _, ...params } = e;
    const first = Object.values(params).find((p) => p.kind !== 'none');
    if (first?.kind !== 'tensor' || first.shape.rest) return giveUp(call, 'the weights are not known');
    const last = first.shape.dims.slice(-1);
    return draws(call.op, { dims: first.shape.dims.slice(0, -1) }, { dims: event === 'last' ? last : [] }, params);
  },
  eg,
});

/** Distributions. */
export const distributions = ops(
  HOME,
  {
    'Normal(loc: any, scale: any, validate_args: any = None) -> any': pointwise('Normal distribution.', '正态分布。'),
    'LogNormal(loc: any, scale: any, validate_args: any = None) -> any': pointwise(
      'Distribution whose logarithm is normal.',
      '对数正态分布。',
    ),
    'Laplace(loc: any, scale: any, validate_args: any = None) -> any': pointwise(
      'Laplace distribution.',
      '拉普拉斯分布。',
    ),
    'Cauchy(loc: any, scale: any, validate_args: any = None) -> any': pointwise('Cauchy distribution.', '柯西分布。'),
    'Gumbel(loc: any, scale: any, validate_args: any = None) -> any': pointwise(
      'Gumbel distribution.',
      'Gumbel 分布。',
    ),
    'Uniform(low: any, high: any, validate_args: any = None) -> any': pointwise('Uniform distribution.', '均匀分布。'),
    'Beta(concentration1: any, concentration0: any, validate_args: any = None) -> any': pointwise(
      'Beta distribution.',
      'Beta 分布。',
    ),
    'Gamma(concentration: any, rate: any, validate_args: any = None) -> any': pointwise(
      'Gamma distribution.',
      'Gamma 分布。',
    ),
    'Exponential(rate: any, validate_args: any = None) -> any': pointwise(
      'Exponential distribution.',
      '指数分布。',
      '(2, 3) -> other',
    ),
    'Poisson(rate: any, validate_args: any = None) -> any': pointwise(
      'Poisson distribution.',
      '泊松分布。',
      '(2, 3) -> other',
    ),
    'Bernoulli(probs: any = None, logits: any = None, validate_args: any = None) -> any': pointwise(
      'Draws of 0 or 1.',
      '伯努利分布。',
      '(2, 3) -> other',
    ),
    'Categorical(probs: any = None, logits: any = None, validate_args: any = None) -> any': overLast(
      'Draws of a class, the last axis holding its probabilities.',
      '类别分布；最后一维为各类的概率。',
      'none',
    ),
    'OneHotCategorical(probs: any = None, logits: any = None, validate_args: any = None) -> any': overLast(
      'Draws of a class as one-hot vectors.',
      '类别分布，样本为独热向量。',
      'last',
    ),
    'Dirichlet(concentration: any, validate_args: any = None) -> any': overLast(
      'Draws of probabilities that add up to 1.',
      '狄利克雷分布：样本为和等于 1 的概率。',
      'last',
    ),
    'Independent(base_distribution: any, reinterpreted_batch_ndims: int, validate_args: any = None) -> any': {
      en: 'A distribution whose last batch axes are taken as one event.',
      zh: '把最后几个批次维当作一个事件的分布。',
      value: ({ base_distribution: base, reinterpreted_batch_ndims: count }, call) => {
        const shapes = shapesOf(base);
        if (!shapes || typeof count !== 'number') return giveUp(call, 'the distribution is not known');
        const cut = shapes.batch.length - count;
        return draws(
          'Independent',
          { dims: shapes.batch.slice(0, cut) },
          { dims: [...shapes.batch.slice(cut), ...shapes.event] },
        );
      },
      eg: 'None, 1 -> unknown',
    },
    'kl_divergence(p: any, q: any) -> any': {
      en: 'Kullback–Leibler divergence of two distributions, one number an item of the batch.',
      zh: '两个分布的 KL 散度，批次中每项一个数。',
      value: ({ p, q }, call) => {
        const [left, right] = [shapesOf(p), shapesOf(q)];
        const shapes = [left, right].flatMap((s) => (s ? [{ dims: s.batch }] : []));
        if (shapes.length < 2) return giveUp(call, 'a distribution is not known');
        const clash = (a: Shape, b: Shape) => fault('broadcast-mismatch', { op: call.op, left: a, right: b }, 'p', 'q');
        const shape = broadcastAll(call, shapes, clash);
        return shape && tensor('torch', shape);
      },
      aliases: [`${HOME}.kl.kl_divergence`],
      eg: 'None, None -> unknown',
    },
  },
  { python: true },
);

const shapesOf = (self: Arg): { readonly batch: readonly Dim[]; readonly event: readonly Dim[] } | undefined => {
  const fields = self.kind === 'other' ? self.fields : undefined;
  const [batch, event] = [sizesIn(fields?.get('batch_shape') ?? none), sizesIn(fields?.get('event_shape') ?? none)];
  return batch && event && { batch, event };
};

const drawn = (call: Call, self: Arg, sizes: readonly Dim[]): TensorArg | undefined => {
  const shapes = shapesOf(self);
  return shapes
    ? tensor('torch', { dims: [...sizes, ...shapes.batch, ...shapes.event] })
    : giveUp(call, 'the distribution is not known');
};

const CLASSES =
  'Normal LogNormal Laplace Cauchy Gumbel Uniform Beta Gamma Exponential Poisson Bernoulli Categorical OneHotCategorical Dirichlet Independent';

/** What every distribution does. */
export const distributionMethods = ops(
  CLASSES.split(' ')
    .map((name) => `${HOME}.${name}`)
    .join(' '),
  {
    'sample(self: any, sample_shape: ints = ()) -> any': {
      en: 'Draws samples; no gradient flows through them.',
      zh: '采样，不传梯度。',
      value: ({ self, sample_shape }, call) => drawn(call, self, sample_shape),
      eg: 'None -> unknown',
    },
    'rsample(self: any, sample_shape: ints = ()) -> any': {
      en: 'Draws samples through which gradients flow (reparameterised).',
      zh: '重参数化采样，可传梯度。',
      value: ({ self, sample_shape }, call) => drawn(call, self, sample_shape),
      eg: 'None -> unknown',
    },
    'log_prob(self: any, value: Tensor) -> any': {
      en: 'Logarithm of the probability of values.',
      zh: '取值的对数概率。',
      value: ({ self, value }, call) => {
        const whole = drawn(call, self, []);
        const shapes = shapesOf(self);
        if (!whole || !shapes || value.shape.rest) return giveUp(call, 'the distribution is not known');
        const clash = (left: Shape, right: Shape) => fault('broadcast-mismatch', { op: call.op, left, right }, 'value');
        const all = broadcastAll(call, [whole.shape, value.shape], clash);
        return all && tensor('torch', { dims: all.dims.slice(0, all.dims.length - shapes.event.length) });
      },
      eg: 'None, (2) -> unknown',
    },
    'entropy(self: any) -> any': {
      en: 'Entropy, one number an item of the batch.',
      zh: '熵，批次中每项一个数。',
      value: ({ self }, call) => {
        const shapes = shapesOf(self);
        return shapes ? tensor('torch', { dims: shapes.batch }) : giveUp(call, 'the distribution is not known');
      },
      eg: 'None -> unknown',
    },
  },
  { python: true },
);
