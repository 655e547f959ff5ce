import type { Demand } from '../ops';
import type { Node } from '../syntax';
import type { Machine } from './machine';
import { between, linksOf } from './ranks';

/**
 * Writes down which axes a tensor must have, for the entries of which that tells something: an entry itself is to have
 * these axes; of what an entry became, only the rank follows, for the sizes belong to the tensor.
 */
export const demandAxes = (m: Machine, demand: Demand, node: Node | undefined): void => {
  const { tensor, axes, open } = demand;
  for (const link of linksOf(m, tensor)) {
    const { entry } = link;
    if (tensor.origin === entry) m.trace.demands.push({ ...demand, entry, node, path: m.path });
    else if (!open) {
      const rest = between(link, axes)?.map(({ name }) => ({ name }));
      if (rest) m.trace.demands.push({ tensor, axes: rest, open, entry, node, path: m.path, isRest: true });
    }
  }
};
