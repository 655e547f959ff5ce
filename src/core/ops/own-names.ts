import type { Signature } from './grammar';
import type { Fault, Outcome } from './outcome';

/** What a rule that the libraries share calls an argument, and what it may be called in a row of Paddle. */
const counterparts: Readonly<Record<string, readonly string[]>> = {
  input: ['x', 'inputs', 'arr', 'logit'],
  other: ['y', 'mask', 'mat2', 'label'],
  A: ['x', 'input'],
  a: ['x'],
  b: ['y'],
  weight: ['filter_size'],
  shape: ['shape_or_dtype'],
  dim: ['axis', 'axes', 'perm'],
  dims: ['axis', 'axes', 'perm'],
  size: ['shape', 'num_or_sections', 'num', 'n', 'num_rows', 'y'],
  tensors: ['x', 'inputs'],
  repeats: ['repeat_times'],
  kernel_size: ['kernel_sizes', 'filter_size', 'pool_size'],
  stride: ['strides', 'pool_stride'],
  padding: ['paddings', 'pad', 'pool_padding'],
  dilation: ['dilations'],
  index: ['indices'],
  // A rule of Paddle's that a row under PyTorch's names shares.
  arr: ['input'],
  axis: ['dim'],
  indices: ['index'],
};

/** The same outcome, whose faults name the arguments as the row does. */
export const inOwnNames = (done: Outcome, { params }: Signature): Outcome => {
  const own = new Set(params.map((p) => p.name));
  const spoken = (name: string): string =>
    own.has(name) ? name : (counterparts[name]?.find((other) => own.has(other)) ?? name);
  const told = (fault: Fault): Fault => {
    const { argument } = fault.data;
    const data = typeof argument === 'string' ? { ...fault.data, argument: spoken(argument) } : fault.data;
    return { ...fault, data, names: fault.names.map(spoken) };
  };
  const requires = done.requires.map((requirement) => ({ ...requirement, fault: told(requirement.fault) }));
  return { ...done, requires, ...(done.fault && { fault: told(done.fault) }) };
};
