import type { Dim } from '../../dims';
import type { Conv } from '../operator';
import type { Axis } from '../window';

/** A setting of a convolution that is not ours. */
export interface WindowDifference {
  readonly field: 'kernel' | 'stride' | 'padding' | 'dilation' | 'groups' | 'mode';
  readonly ours: string;
  readonly theirs: string;
}

/** In which settings two convolutions with numbers for sizes differ. */
export const windowDifferences = (ours: Conv, theirs: Conv): readonly WindowDifference[] => {
  const pairs: readonly (readonly [WindowDifference['field'], string, string])[] = [
    ['kernel', each(ours, (a) => a.kernel), each(theirs, (a) => a.kernel)],
    ['stride', each(ours, (a) => a.stride), each(theirs, (a) => a.stride)],
    ['padding', each(ours, (a) => a.before), each(theirs, (a) => a.before)],
    ['dilation', each(ours, (a) => a.dilation), each(theirs, (a) => a.dilation)],
    ['groups', shown(ours.groups), shown(theirs.groups)],
    ['mode', ours.mode, theirs.mode],
  ];
  return pairs.filter(([, a, b]) => a !== b).map(([field, a, b]) => ({ field, ours: a, theirs: b }));
};

/** One number where all axes have the same. */
const each = ({ axes }: Conv, of: (axis: Axis) => Dim): string => {
  const all = axes.map((a) => shown(of(a)));
  return new Set(all).size === 1 ? (all[0] ?? '') : all.join('×');
};

const shown = (size: Dim): string => (typeof size === 'number' ? `${size}` : '?');
