import type { Candidate, Tree } from '../fuse';

/** What becomes of a module when its region is one layer: that layer, nothing more than its input, or the number 0. */
export type Fate = 'fused' | 'identity' | 'nothing';

/**
 * How the modules of a region change so that `forward` stays right as it is written: one branch becomes the new layer,
 * the others give 0. Undefined where something that is no module stands in the way (a bare `x +`, a factor outside).
 */
export const fatesOf = ({
  region,
}: {
  readonly region: Pick<Candidate['region'], 'tree' | 'layers'>;
}): ReadonlyMap<number, Fate> | undefined => {
  const fates = new Map<number, Fate>();
  const isModule = (id: number): boolean =>
    region.layers[id]?.role === 'call' && region.layers[id]?.node.role === 'layer';
  const operatorOf = (id: number) => region.layers[id]?.operator;

  const pass = (tree: Tree, zero: boolean): boolean => {
    switch (tree.kind) {
      case 'one': {
        if (tree.ref.kind !== 'layer') return false;
        if (isModule(tree.ref.id)) fates.set(tree.ref.id, 'identity');
        // Rows that are split or merged stay as they are.
        else if (isPlain(tree.ref.id)) return true;
        // A factor of 0 is 0; a constant is not.
        else return zero && operatorOf(tree.ref.id)?.op === 'diagonal' && !hasShift(tree.ref.id);
        return true;
      }
      case 'chain':
        return tree.parts.every((part) => pass(part, zero));
      case 'sum':
        return zero && tree.parts.every((part) => pass(part, zero));
    }
  };
  const isPlain = (id: number): boolean => {
    const operator = operatorOf(id);
    return operator?.op === 'diagonal' && operator.role === 'identity';
  };
  const hasShift = (id: number): boolean => {
    const operator = operatorOf(id);
    return operator?.op === 'diagonal' && operator.shift;
  };
  const vanish = (tree: Tree): boolean => {
    switch (tree.kind) {
      case 'one':
        if (tree.ref.kind !== 'layer' || !isModule(tree.ref.id)) return false;
        fates.set(tree.ref.id, 'nothing');
        return true;
      case 'chain': {
        const [first, ...others] = tree.parts;
        return first !== undefined && vanish(first) && others.every((part) => pass(part, true));
      }
      case 'sum':
        return tree.parts.every(vanish);
    }
  };
  const host = (tree: Tree): boolean => {
    switch (tree.kind) {
      case 'one':
        if (tree.ref.kind !== 'layer' || !isModule(tree.ref.id) || operatorOf(tree.ref.id)?.op === 'diagonal')
          return false;
        if (region.layers[tree.ref.id]?.cases.length !== 0) return false;
        fates.set(tree.ref.id, 'fused');
        return true;
      case 'chain': {
        const at = tree.parts.findIndex((part) => host(part));
        return at >= 0 && tree.parts.every((part, i) => i === at || pass(part, false));
      }
      case 'sum': {
        const at = tree.parts.findIndex((part) => host(part));
        return at >= 0 && tree.parts.every((part, i) => i === at || vanish(part));
      }
    }
  };
  return host(region.tree) ? fates : undefined;
};
