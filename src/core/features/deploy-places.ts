import type { Candidate, Tree } from '../fuse';
import type { Slot } from './deploy-slots';

/** What becomes of a module when its region is one layer: that layer, nothing more than its input, or the number 0. */
export type Fate = 'fused' | 'identity' | 'nothing';

/** A module, what becomes of it, and a layer of the region that it stands for. */
export interface Change {
  readonly slot: Slot;
  readonly fate: Fate;
  readonly layer: number;
}

/**
 * How the modules of a region change so that `forward` stays right as it is written: one branch becomes the new layer,
 * the others give 0. Undefined where something that is no module stands in the way (a bare `x +`, a factor outside).
 */
export const changesOf = (
  region: Pick<Candidate['region'], 'tree' | 'layers'>,
  slot: (layer: number) => Slot | undefined,
): readonly Change[] | undefined => {
  const fates = new Map<number, Fate>();
  const operatorOf = (id: number) => region.layers[id]?.operator;

  const pass = (tree: Tree, zero: boolean): boolean => {
    switch (tree.kind) {
      case 'one': {
        if (tree.ref.kind !== 'layer') return false;
        // What does nothing stays as it is: rows that are split or merged, an activation that is left out.
        if (isPlain(tree.ref.id)) return true;
        if (slot(tree.ref.id)) fates.set(tree.ref.id, 'identity');
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
        // What still runs behind a layer may make more of 0 than 0.
        if (tree.ref.kind !== 'layer' || !slot(tree.ref.id)?.isSilent) return false;
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
      case 'one': {
        const layer = tree.ref.kind === 'layer' ? region.layers[tree.ref.id] : undefined;
        if (tree.ref.kind !== 'layer' || !layer || !slot(tree.ref.id)) return false;
        if (layer.operator.op === 'diagonal' || layer.operator.op === 'border' || layer.ways.length > 0) return false;
        fates.set(tree.ref.id, 'fused');
        return true;
      }
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
  return host(region.tree) ? together(fates, slot) : undefined;
};

const RANK: readonly Fate[] = ['identity', 'nothing', 'fused'];

/** One change a module; undefined where a module that is called twice would have to become two things. */
const together = (
  fates: ReadonlyMap<number, Fate>,
  slotOf: (layer: number) => Slot | undefined,
): readonly Change[] | undefined => {
  const changes = new Map<string, Change>();
  for (const [layer, fate] of fates) {
    const slot = slotOf(layer);
    const known = slot && changes.get(slot.name);
    if (!slot) return undefined;
    if (!known) changes.set(slot.name, { slot, fate, layer });
    else if (known.slot.node !== slot.node && known.fate !== fate) return undefined;
    else if (known.fate !== fate && known.fate !== 'identity' && fate !== 'identity') return undefined;
    else if (RANK.indexOf(fate) > RANK.indexOf(known.fate)) changes.set(slot.name, { slot, fate, layer });
  }
  return [...changes.values()];
};
