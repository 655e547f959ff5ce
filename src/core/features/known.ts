import { type Context, expressionsOf, type Readable, type ShapeStyle } from '../explain';
import type { Case } from '../interp';
import { type FunctionDef, type SyntaxNode, walk } from '../syntax';
import type { ClassUnit, FunctionUnit } from './analysis';
import { contextAt } from './context';

/** Code that was run by itself. */
export type Unit = ClassUnit | FunctionUnit;

/** A run that knows of a place, and the conditions under which it came there; none where it always does. */
export interface Known {
  readonly run: Readable;
  readonly cases: readonly Case[];
}

/**
 * What is known of an expression, a parameter or the head of a statement: the ordinary run where it came there, else
 * the part of what was explored after it that did.
 */
export const knownAt = (unit: Unit, node: SyntaxNode | FunctionDef['params'][number]): Known => {
  const nodes = headOf(node);
  if (nodes.some((one) => isIn(unit.run, one))) return { run: unit.run, cases: casesAt(unit, node, nodes) };
  for (const explored of unit.kind === 'class' ? unit.explored : []) {
    const at = nodes.find((one) => isIn(explored, one));
    if (at) return { run: explored, cases: explored.cases.get(at) ?? [] };
  }
  return { run: unit.run, cases: [] };
};

type Place = SyntaxNode | FunctionDef['params'][number];

const isIn = ({ trace }: Readable, node: Place): boolean => trace.values.has(node);

/** What a statement computes as a whole; `a += b` is about `a`. */
const outermost = (place: Place): readonly SyntaxNode[] => {
  if (!('kind' in place) || place.kind === 'FunctionDef') return [];
  if (place.kind === 'AugAssign') return [place.target];
  const all = expressionsOf(place);
  return all.length === 0 ? [place] : all;
};

/** A function that was run by itself is explored as far as it goes; a class with what may be left out left out. */
const casesAt = (unit: Unit, place: Place, nodes: readonly Place[]): readonly Case[] => {
  if (unit.kind === 'class') {
    const inputs = outermost(place).flatMap((expr) => unit.run.leftOut?.get(expr)?.inputs ?? []);
    return [...new Set(inputs)].map((name) => ({ kind: 'condition', text: `${name} is None`, holds: true }));
  }
  const at = nodes.find((one) => isIn(unit.run, one));
  return (at && unit.run.cases.get(at)) ?? [];
};

/** The expressions of a node itself, outer ones first; blocks inside a statement are places of their own. */
const headOf = (node: Place): readonly Place[] => {
  if (!('kind' in node)) return [node];
  if (node.kind === 'FunctionDef') return node.params;
  const nodes: SyntaxNode[] = [];
  for (const expr of expressionsOf(node))
    walk(expr, (inner) => {
      nodes.push(inner);
      return undefined;
    });
  return nodes.length === 0 ? [node] : nodes;
};

/** What explains a place, and under which conditions it holds. */
export interface Explained {
  readonly cx: Context;
  readonly cases: readonly Case[];
}

/** The explanations of the statements of a function, each by the run that knows of it. */
export const explainer = (
  unit: Unit,
  text: string,
  style: ShapeStyle | undefined,
  fn?: FunctionDef,
): ((node: Place) => Explained) => {
  const contexts = new Map<Readable, Context>();
  const node = unit.kind === 'class' ? unit.node : undefined;
  return (place) => {
    const { run, cases } = knownAt(unit, place);
    const code = { run, text, start: unit.start, node, ...(style && { style }) };
    const cx = contexts.get(run) ?? contextAt(code, fn);
    contexts.set(run, cx);
    return { cx, cases };
  };
};
