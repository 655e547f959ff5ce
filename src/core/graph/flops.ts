import { type Dim, symbol } from '../dims';
import type { ClassRun, LayerEvent, OpEvent } from '../interp';
import { describeCall, describeLayerCall, findFamily, type OpContext } from '../ops';
import { type ObjectValue, toArg } from '../values';
import { bareName, familyOf } from './families';

/** Families whose calls are counted: what has no count there is not known, what has none elsewhere costs nothing. */
const isCounted = (name: string): boolean => {
  const family = familyOf(name);
  return family === 'convolution' || (family === 'linear' && !/^embedding/i.test(name));
};

/** What an op may ask when it is looked at again after a run. */
const contextOf = (run: ClassRun): OpContext => ({
  facts: run.facts,
  training: false,
  unknownSize: (why) => symbol(`again:${why}`, why, 'unknown'),
  unknownRest: (why) => `again:${why}`,
});

/** Without the rank of a tensor there is no telling how much work it is. */
const isOpen = ({ args }: OpEvent): boolean => args.positional.some((arg) => arg.kind === 'tensor' && arg.shape.rest);

/** Reads the attributes of an instance as an op sees them. */
const fieldsOf =
  (self: ObjectValue) =>
  (name: string): ReturnType<typeof toArg> | undefined => {
    const value = self.attrs.get(name);
    return value && toArg(value);
  };

/** Multiply–adds × 2 of one call of a library layer; undefined where they are not known. */
export const flopsOfLayer = (run: ClassRun, event: LayerEvent, op: OpEvent | undefined): Dim | undefined => {
  const name = bareName(op?.name ?? event.layer.cls.name);
  if (!op?.family || isOpen(op)) return isCounted(name) ? undefined : 0;
  const page = describeLayerCall(op.family, fieldsOf(event.layer), op.args, contextOf(run));
  return page.flops ?? (isCounted(name) ? undefined : 0);
};

/** Multiply–adds × 2 of one call of an op; `self` is the module that calls it. */
export const flopsOfOp = (run: ClassRun, event: OpEvent, self: ObjectValue): Dim | undefined => {
  const name = bareName(event.name);
  if (event.name === '?') return undefined;
  if (!isCounted(name) && event.family?.kind !== 'layer') return 0;
  if (isOpen(event)) return undefined;
  if (event.name === '@') return matmulFlops(run, event);
  if (!event.family) return undefined;
  const cx = contextOf(run);
  const page =
    event.family.kind === 'layer'
      ? describeLayerCall(event.family, fieldsOf(self), event.args, cx)
      : describeCall(event.family, event.args, cx);
  return page.flops ?? (isCounted(name) ? undefined : 0);
};

const matmulFlops = (run: ClassRun, { args }: OpEvent): Dim | undefined => {
  const matmul = findFamily('torch.matmul');
  return matmul && describeCall(matmul, args, contextOf(run)).flops;
};
