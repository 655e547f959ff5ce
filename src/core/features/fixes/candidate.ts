import { type Dim, print, symbolsOf } from '../../dims';
import type { Words } from '../../ops';
import { type Call, isSyntax, type Node } from '../../syntax';
import type { TextEdit } from '../../text';
import type { Analysis } from '../analysis';
import type { ProvedFault } from '../problems';

/** A change that may mend a fault; whether it does is for the analysis of the changed text to say. */
export interface Candidate {
  readonly title: Words;
  readonly edits: readonly TextEdit[];
}

/** A fault and the document that it stands in. */
export interface Broken extends ProvedFault {
  readonly analysis: Analysis;
}

/** Finds changes that may mend one kind of fault. */
export type Proposer = (broken: Broken) => readonly Candidate[];

/** Replaces a node of the document. */
export const replace = ({ placeOf }: Broken, node: Node, newText: string): readonly TextEdit[] => {
  const start = placeOf(node);
  return start === undefined ? [] : [{ start: start + node.start, end: start + node.end, newText }];
};

/** Changes a stretch of the document near a node of it. */
export const edit = (
  { placeOf }: Broken,
  near: Node,
  start: number,
  end: number,
  newText: string,
): readonly TextEdit[] => {
  const base = placeOf(near);
  return base === undefined ? [] : [{ start: base + start, end: base + end, newText }];
};

/** The call that a fault is at. */
export const faultyCall = ({ problem: { node } }: Broken): Call | undefined => (node ? asCall(node) : undefined);

export const asCall = (node: Node): Call | undefined => (isSyntax(node) && node.kind === 'Call' ? node : undefined);

/** A size as Python, where the constructor of the class can say it: a number, or arithmetic of its parameters. */
export const asPython = (size: Dim, parameters: readonly string[]): string | undefined => {
  const known = symbolsOf(size).every(({ role, name }) => role === 'rigid' && parameters.includes(name));
  return known ? print(size, { style: 'code' }) : undefined;
};
