import { filled, type Tensor } from '../tensor';
import { held, integers, type Numeric, numberOf } from './call';

const all =
  (value: number): Numeric =>
  ({ shape }) =>
    shape && filled(shape, () => value);

const full: Numeric = ({ shape, arg }) => {
  const value = arg('fill_value');
  const number = value && numberOf(value);
  return shape && number !== undefined ? filled(shape, () => number) : undefined;
};

const eye: Numeric = ({ shape }) => {
  const columns = shape?.[1];
  return shape && columns !== undefined
    ? filled(shape, (i) => (Math.floor(i / columns) === i % columns ? 1 : 0))
    : undefined;
};

const range: Numeric = ({ shape, arg }) => {
  const [start, end, step] = [arg('start'), arg('end', 'stop'), arg('step')].map((a) => a && integers(a)?.[0]);
  const [size] = shape ?? [];
  if (size === undefined) return undefined;
  const from = end === undefined ? 0 : (start ?? 0);
  return filled([size], (i) => from + i * (step ?? 1));
};

const copied: Numeric = ({ subject }) => {
  const t = held(subject);
  return t && ({ shape: t.shape, data: t.data.slice() } satisfies Tensor);
};

const listed: Numeric = ({ subject }) => held(subject);

/** Ops that make tensors. */
export const CREATE: Readonly<Record<string, Numeric>> = {
  zeros: all(0),
  zeros_like: all(0),
  new_zeros: all(0),
  ones: all(1),
  ones_like: all(1),
  new_ones: all(1),
  empty: all(Number.NaN),
  empty_like: all(Number.NaN),
  full,
  full_like: full,
  new_full: full,
  eye,
  arange: range,
  clone: copied,
  copy: copied,
  assign: copied,
  tensor: listed,
  to_tensor: listed,
  as_tensor: listed,
  array: listed,
};
