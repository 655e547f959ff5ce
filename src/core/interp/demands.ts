import { simplify } from '../dims';
import { batchFirst, type Demand, type TensorArg } from '../ops';
import type { Node } from '../syntax';
import { mostAxes } from './asked-ranks';
import { conditional } from './faults';
import type { Machine } from './machine';
import { between, type Link, linksOf } from './ranks';

/** Sizes that a condition makes special are what they are there: on the way where `k` is 1, `k·C` is `C`. */
const asKnown = (m: Machine, axes: Demand['axes']): Demand['axes'] =>
  conditional(m.path)
    ? axes.map((axis) => (axis.size === undefined ? axis : { ...axis, size: simplify(m.facts, axis.size) }))
    : axes;

/** Where an entry has at most two axes (`if x.dim() > 2` is not so), it has two: fewer are the exception. */
const closed = (m: Machine, entry: string, demand: Demand): Demand => {
  const { axes, open } = demand;
  const most = open === 'front' ? mostAxes(m, entry) : undefined;
  if (most === undefined || most < axes.length) return demand;
  return { ...demand, axes: [...batchFirst(most - axes.length), ...axes], open: false };
};

/** Whether the code has put axes into what was an input: `mask.unsqueeze(1)`, `mask[None]`. */
const isWidened = ({ lost }: Link, { shape: { dims, rest } }: TensorArg): boolean =>
  lost < 0 || (rest !== undefined && rest.at > 0 && dims[0] === 1);

/**
 * Writes down which axes a tensor must have, for the entries of which that tells something: an entry itself is to have
 * these axes; of what an entry became, only the rank follows, for the sizes belong to the tensor.
 */
export const demandAxes = (m: Machine, demand: Demand, node: Node | undefined): void => {
  const { tensor, axes, open } = demand;
  for (const link of linksOf(m, tensor)) {
    const { entry } = link;
    if (demand.usual) {
      if (m.described.has(entry) || (demand.usual === 'widened' && !isWidened(link, tensor))) continue;
      m.supposed.add(entry);
      if (isWidened(link, tensor)) m.lined.add(entry);
      if (demand.usual === 'most') continue;
    }
    if (tensor.origin === entry)
      m.trace.demands.push({ ...closed(m, entry, { ...demand, axes: asKnown(m, axes) }), entry, node, path: m.path });
    else if (!open) {
      const names = axes.map(({ name }) => name);
      const rest = between(link, names)?.map((name) => ({ name }));
      if (rest) m.trace.demands.push({ ...demand, axes: rest, entry, node, path: m.path, isRest: true });
    }
  }
};
