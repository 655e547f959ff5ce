import { noFacts } from '../dims';
import type { Readable } from '../explain';
import type { Case } from '../interp';
import { chunkAt, type FunctionDef, nodeAt, type Parameter, type SyntaxNode } from '../syntax';
import type { Analysis, ClassUnit } from './analysis';
import { type Known, knownAt } from './known';

/** What stands at an offset, and the run that knows of it. */
export interface Place {
  /** Where the chunk begins; nodes are relative to it. */
  readonly start: number;
  readonly unit: ClassUnit | undefined;
  readonly run: Readable;
  /** The conditions under which the code runs there; none where it always does. */
  readonly cases: readonly Case[];
  /** The nodes around the offset, innermost first. */
  readonly nodes: readonly SyntaxNode[];
  readonly parameter: Parameter | undefined;
  /** The innermost function around it. */
  readonly fn: FunctionDef | undefined;
}

/** Finds what stands at an offset of the document; undefined between the statements of the module. */
export const placeAt = (analysis: Analysis, offset: number): Place | undefined => {
  const placed = chunkAt(analysis.syntax, offset);
  if (!placed) return undefined;
  const { start } = placed;
  const nodes = nodeAt(analysis.syntax, offset)
    .map(({ node }) => node)
    .reverse();
  const fn = nodes.find((node): node is FunctionDef => node.kind === 'FunctionDef');
  const unit = classAround(analysis, offset);
  const at = offset - start;
  const parameter = fn?.params.find((param) => param.start <= at && at <= param.start + param.name.length);
  const known = unit ?? analysis.functions.find((one) => one.start === start);
  const [inner] = nodes;
  const place = parameter ?? inner;
  return { start, unit, ...(known && place ? knownAt(known, place) : knownOfScript(analysis)), nodes, parameter, fn };
};

/** The innermost class around an offset; that of the chunk in front of its first line, too. */
export const classAround = ({ classes, syntax }: Analysis, offset: number): ClassUnit | undefined => {
  const placed = chunkAt(syntax, offset);
  const own = classes.filter(({ start }) => start === placed?.start);
  const around = own.filter(({ start, node }) => start + node.start <= offset && offset <= start + node.end);
  return around.at(-1) ?? own.find(({ node }) => node === placed?.chunk.stmt);
};

const knownOfScript = ({ script: { trace } }: Analysis): Known => ({
  run: { trace, facts: noFacts, entries: [] },
  cases: [],
});
