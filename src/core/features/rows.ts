import type { Expr } from '../syntax';
import { lineIndex, positionAt } from '../text';
import type { Value } from '../values';

/** A shape as recorders write it: sizes (null where unknown), or a container of shapes. */
export type RecordedShape = readonly (number | null)[] | readonly ['list' | 'tuple', ...RecordedShape[]];

/** Line (from 1), column (from 0, UTF-8 bytes), end line, end column, kind of expression, distinct shapes. */
export type RecordedRow = readonly [number, number, number, number, string, readonly RecordedShape[]];

/** How deep containers are looked into, and how long they may be: the recorder's own limits. */
const DEPTH = 3;
const LENGTH = 64;

/** The shape of a tensor, or of a container that holds nothing but tensors. */
export const describeShape = (value: Value, depth = 0): RecordedShape | undefined => {
  if (value.kind === 'tensor') {
    return value.shape.rest ? undefined : value.shape.dims.map((d) => (typeof d === 'number' ? d : null));
  }
  if (depth >= DEPTH || (value.kind !== 'tuple' && value.kind !== 'list')) return undefined;
  if (value.items.length === 0 || value.items.length > LENGTH || (value.kind === 'list' && value.count !== null))
    return undefined;
  const parts = value.items.map((item) => describeShape(item, depth + 1));
  return parts.includes(undefined)
    ? undefined
    : [value.kind, ...parts.filter((p): p is RecordedShape => p !== undefined)];
};

const KINDS: ReadonlySet<string> = new Set(['Call', 'Attribute', 'Subscript', 'BinOp', 'UnaryOp', 'IfExp']);

export const distinct = (shapes: readonly (RecordedShape | undefined)[]): readonly RecordedShape[] => {
  const seen = new Map<string, RecordedShape>();
  for (const shape of shapes) if (shape) seen.set(JSON.stringify(shape), shape);
  return [...seen.values()];
};

/** Line and column as Python's `ast` counts them: from 1, and UTF-8 bytes from 0. */
export const placer = (text: string): ((offset: number) => readonly [number, number]) => {
  const index = lineIndex(text);
  return (offset) => {
    const { line, character } = positionAt(index, offset);
    return [line + 1, utf8Length(text, offset - character, offset)];
  };
};

const utf8Length = (text: string, from: number, to: number): number => {
  let bytes = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair counts two of the four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
};

const isNode = (value: unknown): value is Expr => typeof value === 'object' && value !== null;

export const everyNode = (node: object, visit: (node: object) => void): void => {
  visit(node);
  for (const value of Object.values(node)) if (isNode(value)) everyNode(value, visit);
};

/** Parts of a definition that Python evaluates outside of the function. */
const OUTSIDE: ReadonlySet<string> = new Set(['decorators', 'params', 'returns', 'annotation']);

const kindOf = (node: object): string => ('kind' in node && typeof node.kind === 'string' ? node.kind : '');

/** Visits the recorded kinds of expressions inside the bodies of functions and lambdas; f-strings are left alone. */
export const inFunctions = (node: object, inside: boolean, visit: (node: Expr) => void): void => {
  const kind = kindOf(node);
  if (kind === 'FString') return;
  const body = inside || kind === 'FunctionDef' || kind === 'Lambda';
  if (inside && KINDS.has(kind)) visit(node as Expr);
  for (const [key, value] of Object.entries(node))
    if (isNode(value) && !OUTSIDE.has(key)) inFunctions(value, body, visit);
};
