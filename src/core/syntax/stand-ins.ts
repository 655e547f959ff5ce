import type { Tree } from './tree';

/** A part of a text for which the parser gets something else, so that the rest can be parsed. */
export interface StandIn {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** The text with its stand-ins, which are in order and do not overlap. */
export const withStandIns = (text: string, standIns: readonly StandIn[]): string => {
  let result = '';
  let at = 0;
  for (const { start, end, by } of standIns) {
    result += text.slice(at, start) + by;
    at = end;
  }
  return result + text.slice(at);
};

/** A tree of the text with stand-ins, its places turned into those of the text itself. */
export const inOriginal = (tree: Tree, standIns: readonly StandIn[]): Tree =>
  standIns.length === 0
    ? tree
    : {
        ...tree,
        starts: tree.starts.map((at) => (at < 0 ? at : originalPlace(at, standIns, 'start'))),
        ends: tree.ends.map((at) => (at < 0 ? at : originalPlace(at, standIns, 'end'))),
      };

/** A place inside of a stand-in becomes an edge of what it stands for. */
export const originalPlace = (at: number, standIns: readonly StandIn[], edge: 'start' | 'end'): number => {
  let shift = 0;
  for (const { start, end, by } of standIns) {
    const from = start + shift;
    const to = from + by.length;
    if (edge === 'start' ? at < from : at <= from) break;
    if (edge === 'start' ? at < to : at <= to) return edge === 'start' ? start : end;
    shift += by.length - (end - start);
  }
  return at - shift;
};
