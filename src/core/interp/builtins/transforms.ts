import { type Dim, decide } from '../../dims';
import { callOp, findFamily } from '../../ops';
import { list, NONE, type TensorValue, tuple, unknown, type Value } from '../../values';
import { opArguments } from '../alternatives';
import { resolve } from '../branch';
import type { Machine } from '../machine';
import { settleOutcome } from '../outcomes';
import type { Native, NativeTable } from './native';

/** `vmap(fn, in_dims=0, out_dims=0)` gives a function of tensors that have an axis more than `fn` takes. */
const vmap: Native = ({ at }) => ({
  kind: 'partial',
  func: { kind: 'builtin', name: 'vmap.call' },
  args: [at(0, 'func') ?? NONE, at(1, 'in_dims') ?? zero, at(2, 'out_dims') ?? zero],
  keywords: new Map(),
});

const zero: Value = { kind: 'int', value: 0 };

const vmapCall: Native = ({ m, args, node }) => {
  const [fn = NONE, inDims = NONE, outDims = NONE, ...inputs] = args.positional;
  const out = numberIn(resolve(m, outDims));
  let size: Dim | undefined;
  const inner: Value[] = [];
  for (const [i, input] of inputs.entries()) {
    const value = resolve(m, input);
    const axis = axisOf(resolve(m, inDims), i);
    if (axis === undefined || out === undefined) return unknown('vmap() of axes that are not known');
    if (axis === null) inner.push(value);
    else if (value.kind === 'tensor') {
      const at = axis < 0 ? axis + value.shape.dims.length : axis;
      const own = value.shape.rest ? undefined : value.shape.dims[at];
      if (own === undefined || own === 0 || (size !== undefined && !equal(m, size, own)))
        return unknown('vmap() of tensors');
      size = own;
      inner.push(selected(m, value, axis, node));
    } else return unknown('vmap() of something that is no tensor');
  }
  const result = m.call(fn, { positional: inner, keywords: args.keywords }, node);
  return size === undefined || out === undefined ? unknown('vmap()') : batched(result, size, out);
};

const numberIn = (value: Value | undefined): number | undefined =>
  value?.kind === 'int' && typeof value.value === 'number' ? value.value : undefined;

const axisOf = (dims: Value, i: number): number | null | undefined => {
  const own = dims.kind === 'tuple' || dims.kind === 'list' ? dims.items[i] : dims;
  return own?.kind === 'none' ? null : numberIn(own);
};

const equal = (m: Machine, left: Dim, right: Dim): boolean => decide(m.facts, { kind: 'eq', left, right }) === true;

const selected = (m: Machine, tensor: TensorValue, axis: number, node: Parameters<typeof settleOutcome>[2]): Value => {
  const family = findFamily('torch.select');
  if (!family) return unknown('select()');
  const given = opArguments(m, { positional: [tensor, { kind: 'int', value: axis }, zero], keywords: new Map() });
  return settleOutcome(m, callOp(family, given, m.context), node, { name: family.path, family, args: given });
};

/** The results with the axis put back. */
const batched = (value: Value, size: Dim, axis: number): Value => {
  if (value.kind === 'tuple') return tuple(value.items.map((item) => batched(item, size, axis)));
  if (value.kind === 'list')
    return list(
      value.items.map((item) => batched(item, size, axis)),
      value.count,
    );
  if (value.kind !== 'tensor' || value.shape.rest) return unknown('what vmap() gives');
  const { layout: _l, elements: _e, fill: _f, origin: _o, ...rest } = value;
  const { dims } = value.shape;
  const at = axis < 0 ? axis + dims.length + 1 : axis;
  return { ...rest, shape: { dims: [...dims.slice(0, at), size, ...dims.slice(at)] } };
};

/** Functions of functions. */
export const transforms: NativeTable = {
  'torch.vmap': vmap,
  'torch.func.vmap': vmap,
  'vmap.call': vmapCall,
};
