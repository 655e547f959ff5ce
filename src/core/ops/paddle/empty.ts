import type { Arg, CallArgs } from '../arg';
import type { Fault, Outcome } from '../outcome';

/** Python binds the arguments before an op can look at them; what is joined is compared in any case. */
const certain: ReadonlySet<Fault['code']> = new Set([
  'cat-mismatch',
  'unexpected-keyword',
  'missing-argument',
  'too-many-arguments',
  'repeated-argument',
]);

/**
 * Many ops of Paddle answer at once where a tensor has no elements, before they look at the rest, and lay such a result out
 * as it comes: then neither a fault nor a layout is certain.
 */
export const withoutElements = (done: Outcome, { positional, keywords }: CallArgs): Outcome => {
  if (done.fault && !certain.has(done.fault.code) && [...positional, ...keywords.values()].some(isEmpty)) {
    const { fault, ...rest } = done;
    return { ...rest, value: { kind: 'unknown', why: `a tensor without elements; else ${fault.code}` } };
  }
  return isEmpty(done.value) ? { ...done, value: unlaid(done.value) } : done;
};

const isEmpty = (arg: Arg): boolean =>
  arg.kind === 'tensor'
    ? arg.shape.dims.includes(0)
    : (arg.kind === 'tuple' || arg.kind === 'sequence') && arg.items.some(isEmpty);

const unlaid = (arg: Arg): Arg => {
  if (arg.kind === 'tuple' || arg.kind === 'sequence') return { ...arg, items: arg.items.map(unlaid) };
  if (arg.kind !== 'tensor') return arg;
  const { layout: _, ...rest } = arg;
  return rest;
};
