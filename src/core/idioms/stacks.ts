import { add, type Dim, floorDiv } from '../dims';
import type { ObjectValue } from '../values';
import { chainOf, type Flow, type Work } from './flow';
import { found, type Idiom, type IdiomKind, type Whole } from './idiom';

/** The kinds that networks are stacked of; those of one group count as the same block. */
const GROUPS: readonly ReadonlySet<IdiomKind>[] = [
  new Set(['transformer-block']),
  new Set(['bottleneck']),
  new Set(['inverted-residual']),
  new Set(['residual', 'projected-residual', 'adapted-residual']),
];

/** What an inverted residual is that does not widen. */
const LESSER: ReadonlySet<IdiomKind | undefined> = new Set(['depthwise-separable', 'residual', 'adapted-residual']);

const FEWEST = 2;

/** Modules that run several blocks of one kind, and few of others: a transformer, a residual network. */
export const stacksOf = (
  flow: Flow,
  wholes: ReadonlyMap<ObjectValue, Whole>,
  insideOf: ReadonlyMap<number, readonly Work[]>,
  again: ReadonlySet<number>,
): readonly (readonly [ObjectValue, Idiom])[] => {
  const { events } = flow.run.trace;
  const blocks = events.flatMap(({ layer }, event) => {
    const kind = wholes.get(layer)?.idiom.kind;
    const group = kind ? GROUPS.findIndex((kinds) => kinds.has(kind)) : -1;
    // A container of many equal blocks is no block.
    return kind && group >= 0 && layer.count === null && !again.has(event) ? [{ event, kind, group }] : [];
  });
  /** Blocks of the user's class of inverted residuals that do not widen first, which leaves two of the three convolutions. */
  const lesserOf = (event: number, outer: typeof blocks): readonly number[] => {
    const inverted = outer
      .filter(({ kind }) => kind === 'inverted-residual')
      .map((block) => events[block.event]?.layer.cls);
    return events.flatMap(({ layer }, at) => {
      const isOne = layer.cls.path === undefined && inverted.includes(layer.cls) && !again.has(at);
      return isOne && LESSER.has(wholes.get(layer)?.idiom.kind) && chainOf(events, at).includes(event) ? [at] : [];
    });
  };
  return [...insideOf].flatMap(([event, works]) => {
    const layer = events[event]?.layer;
    if (!layer || wholes.has(layer)) return [];
    const inner = blocks.filter((block) => block.event !== event && chainOf(events, block.event).includes(event));
    const outermost = inner.filter(
      ({ event: at }) => !inner.some((other) => other.event !== at && isAround(events, other.event, at)),
    );
    const lesser = lesserOf(event, outermost);
    const outer = outermost.filter((block) => !lesser.includes(block.event));
    // A block that was not recognised is one all the same: then nobody knows how many there are.
    const classes = new Set(outer.map((block) => events[block.event]?.layer.cls));
    const isMissed = (): boolean =>
      events.some(
        ({ layer: part }, at) =>
          classes.has(part.cls) &&
          !blocks.some((block) => block.event === at) &&
          !lesser.includes(at) &&
          !again.has(at) &&
          at !== event &&
          chainOf(events, at).includes(event),
      );
    const [first] = outer;
    const last = works.at(-1);
    // What runs the module itself again and again, a training loop, makes it no deeper.
    const runs = events[event]?.repeat ?? 1;
    const countOf = (all: readonly number[]): Dim =>
      all.map((at) => floorDiv(events[at]?.repeat ?? 1, runs)).reduce(add, 0);
    const count = countOf([...outer.map((block) => block.event), ...lesser]);
    const isOne = typeof count === 'number' && count < FEWEST;
    if (!first || !last || isOne || outer.some(({ group }) => group !== first.group) || isMissed()) return [];
    const sizes = { blocks: count, ...(lesser.length > 0 && { lesser: countOf(lesser) }) };
    return [[layer, { ...found('stack', event, works, last.output, [], sizes), of: first.kind }] as const];
  });
};

const isAround = (events: Parameters<typeof chainOf>[0], outer: number, inner: number): boolean =>
  chainOf(events, inner).includes(outer);
