import { same } from '../dims';
import type { Flow, Work } from './flow';
import { found, type Idiom } from './idiom';
import { dimsOf, walkOn } from './works';

const isReshape = ({ name }: Work): boolean => name === 'view' || name === 'reshape' || name === 'unflatten';
const isReorder = ({ name }: Work): boolean => name === 'permute' || name === 'transpose';

/** Axes split, moved and joined again: windows of a map, or channels shuffled between groups. */
export const rearrangements = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isReshape).flatMap((split) => {
    const { passed } = walkOn(flow, split, (work) => isReshape(work) || isReorder(work));
    const [reorder, join] = passed;
    const [before, inner, moved] = [
      dimsOf(flow, split.inputs[0]),
      dimsOf(flow, split.output),
      reorder && dimsOf(flow, reorder.output),
    ];
    if (!reorder || !join || !isReorder(reorder) || !isReshape(join) || !before || !inner || !moved) return [];
    const after = dimsOf(flow, join.output);
    if (!after) return [];
    const works = [split, reorder, join];
    if (
      inner.length === 5 &&
      before.length === 4 &&
      after.length === 4 &&
      isShuffle(inner, moved) &&
      before.every((d, i) => same(d, after[i] ?? 0))
    )
      return [found('channel-shuffle', join.parent, works, join.output, [[join, 'shuffle']])];
    return (
      pixels(join, works, { before, inner, moved, after }) ?? windows(join, works, { before, inner, moved, after })
    );
  });

type Sizes = NonNullable<ReturnType<typeof dimsOf>>;

/** Groups and channels within a group change places. */
const isShuffle = (inner: Sizes, moved: Sizes): boolean => {
  const [, g, c] = inner;
  return (
    g !== undefined &&
    c !== undefined &&
    moved[1] !== undefined &&
    moved[2] !== undefined &&
    same(g, moved[2]) &&
    same(c, moved[1]) &&
    !same(g, c)
  );
};

interface Rearranged {
  readonly before: Sizes;
  readonly inner: Sizes;
  readonly moved: Sizes;
  readonly after: Sizes;
}

/** `[B, C, r, r, H, W]` to `[B, C, H, r, W, r]`: channels become pixels; or the other way. */
const pixels = (join: Work, works: readonly Work[], sizes: Rearranged): readonly Idiom[] | undefined => {
  const { before, inner, moved, after } = sizes;
  if (before.length !== 4 || after.length !== 4 || inner.length !== 6 || !equal(inner[1], moved[1])) return undefined;
  const isAs = (order: readonly number[]): boolean => order.every((from, to) => equal(inner[from], moved[to]));
  const [isShuffled, isBack] = [isAs([0, 1, 4, 2, 5, 3]), isAs([0, 1, 3, 5, 2, 4])];
  // Equal sizes tell nothing of the order.
  if (isShuffled === isBack) return undefined;
  const side = isShuffled ? inner[2] : inner[3];
  return [
    found(
      isShuffled ? 'pixel-shuffle' : 'pixel-unshuffle',
      join.parent,
      works,
      join.output,
      [[join, isShuffled ? 'to-pixels' : 'from-pixels']],
      side === undefined ? {} : { side },
    ),
  ];
};

/** `[B, H/w, w, W/w, w, C]` with the windows brought together, or brought back. */
const windows = (join: Work, works: readonly Work[], sizes: Rearranged): readonly Idiom[] => {
  const { before, inner, moved, after } = sizes;
  if (inner.length !== 6) return [];
  const [, , h, , w] = inner;
  const channels = inner.at(-1);
  const keeps = channels !== undefined && equal(channels, moved.at(-1)) && equal(channels, after.at(-1));
  if (!keeps || !equal(inner[1], moved[1])) return [];
  // Apart they are [B, H/w, w, W/w, w, C], brought together [B, H/w, W/w, w, w, C].
  const [apart, together] = [inner, moved];
  if (
    before.length === 4 &&
    equal(apart[2], together[3]) &&
    equal(apart[3], together[2]) &&
    equal(apart[4], together[4])
  )
    return [
      found(
        'window',
        join.parent,
        works,
        join.output,
        [[join, 'partition']],
        equal(h, w) && h !== undefined ? { side: h } : {},
      ),
    ];
  if (after.length === 4 && equal(apart[2], together[3]) && equal(apart[3], together[2]))
    return [found('window', join.parent, works, join.output, [[join, 'reverse']])];
  return [];
};

const equal = (a: Sizes[number] | undefined, b: Sizes[number] | undefined): boolean =>
  a !== undefined && b !== undefined && same(a, b);

/** A map rolled around its edges. */
export const shifts = (flow: Flow): readonly Idiom[] =>
  flow.works
    .filter(({ name, output }) => name === 'roll' && dimsOf(flow, output)?.length === 4)
    .map((work) => found('shift', work.parent, [work], work.output, [[work, 'shift']]));
