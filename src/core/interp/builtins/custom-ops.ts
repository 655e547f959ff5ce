import { builtin, NONE } from '../../values';
import type { Native, NativeTable } from './native';

/** An op that code defines keeps the function that it is defined by; without one this is a decorator. */
const define: Native = ({ m, at }) => {
  const [name, fn] = [at(0, 'name') ?? NONE, at(1, 'fn') ?? NONE];
  if (fn.kind === 'none') return { kind: 'partial', func: builtin('custom_op.of'), args: [name], keywords: new Map() };
  if (name.kind === 'str') m.customOps.set(name.value, fn);
  return fn;
};

/** Ops that code defines itself: `torch.library.custom_op('mylib::scan', …)` is called as `torch.ops.mylib.scan`. */
export const customOps: NativeTable = {
  'torch.library.custom_op': define,
  'torch.library.triton_op': define,
  'custom_op.of': define,
};
