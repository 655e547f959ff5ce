import { type Dim, symbolOf } from '../dims';
import type { Shape } from '../shapes';
import type { Expr, FunctionDef, PlacedChunk } from '../syntax';
import { type ClaimedAxis, readClaim, walk } from '../syntax';
import type { FunctionValue, TensorValue } from '../values';
import { entryTensor } from './entries';
import { freshAxis } from './entry-shapes';

/** What the author of a method says of the shape of one of its inputs: told, not proved. */
export interface Told {
  /** Sizes as they are written; undefined for any number of axes, once at most. */
  readonly axes: readonly ClaimedAxis[];
  /** An annotation of jaxtyping, which tools check: its numbers hold. A comment may be old. */
  readonly isChecked: boolean;
}

/**
 * The shapes of the inputs of a method by name: `x: Float[Tensor, "b c h w"]`, and comments in front of its first
 * statement, `# x: (B, C, H, W)` or `x,  # [B, N, C]` behind a parameter, else what its docstring says.
 */
export const toldShapes = (func: FunctionValue): ReadonlyMap<string, Told> => {
  const told = new Map<string, Told>();
  const { node } = func;
  if (node.kind !== 'FunctionDef') return told;
  const put = (name: string, axes: readonly ClaimedAxis[] | undefined, isChecked: boolean): void => {
    const isOne = axes !== undefined && axes.filter((axis) => axis === undefined).length <= 1;
    if (isOne && !told.has(name)) told.set(name, { axes, isChecked });
  };
  for (const { name, annotation } of node.params) put(name, annotatedAxes(annotation), true);
  for (const comment of headComments(func)) {
    const claim = readClaim(comment.text);
    const name = claim && (claim.name ?? namedBefore(node, comment.before));
    if (claim && name !== undefined && node.params.some((param) => param.name === name)) put(name, claim.axes, false);
  }
  for (const { name } of node.params) put(name, inDocstring(node, name), false);
  return told;
};

const contains = (stmt: PlacedChunk['chunk']['stmt'], node: FunctionDef): boolean => {
  let found = false;
  walk(stmt, (inner) => {
    found ||= inner === node;
    return !found;
  });
  return found;
};

/** Element types of jaxtyping. */
const ELEMENTS = /^(?:Float|Int|UInt|Bool|Complex|Num|Shaped|Real|Inexact|Integer|Key)(?:\d+)?$|^BFloat16$/;

/** The axes that an annotation of jaxtyping lists: names, numbers, `*batch`, `...`, `_`, `#broadcast`, `name=4`. */
const annotatedAxes = (annotation: Expr | undefined): readonly ClaimedAxis[] | undefined => {
  if (annotation?.kind !== 'Subscript' || annotation.index.kind !== 'Tuple') return undefined;
  const { value } = annotation;
  const type = value.kind === 'Name' ? value.id : value.kind === 'Attribute' ? value.attr : '';
  const [, shape] = annotation.index.items;
  if (!ELEMENTS.test(type) || shape?.kind !== 'Str') return undefined;
  const parts = shape.value.split(/\s+/).filter((part) => part !== '');
  return parts.map((part) => (/^(?:\*|\.\.\.)/.test(part) ? undefined : part.replace(/^\w+=/, '')));
};

/** A comment in the head of a function, with the code in front of it on its line. */
interface HeadComment {
  readonly text: string;
  readonly before: string;
}

/** The comments among the parameters of a function and in front of its first statement. */
export const headComments = ({ node, module: { syntax } }: FunctionValue): readonly HeadComment[] => {
  if (node.kind !== 'FunctionDef' || syntax.comments.length === 0) return [];
  const chunk = syntax.chunks.find(({ chunk: { stmt } }) => contains(stmt, node));
  if (!chunk) return [];
  const first = node.body.find((stmt) => !isText(stmt));
  const [from, to] = [chunk.start + node.start, chunk.start + (first?.start ?? node.end)];
  return syntax.comments.flatMap(({ start, text }) => {
    if (start <= from || start >= to) return [];
    return [{ text, before: syntax.text.slice(syntax.text.lastIndexOf('\n', start) + 1, start) }];
  });
};

/** The parameter that a line of code names, where it names one alone. */
const namedBefore = ({ params }: FunctionDef, line: string): string | undefined => {
  const [only, more] = params.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(line) && name !== 'self');
  return more ? undefined : only?.name;
};

const isText = (stmt: FunctionDef['body'][number]): boolean => stmt.kind === 'ExprStmt' && stmt.value.kind === 'Str';

/** `x: input of shape (B, C, H, W)` and `x (Tensor): [B, N, C]` in the text that describes a method. */
const inDocstring = ({ body: [first] }: FunctionDef, name: string): readonly ClaimedAxis[] | undefined => {
  if (first?.kind !== 'ExprStmt' || first.value.kind !== 'Str') return undefined;
  const line = new RegExp(`^[ \\t]*(?::param[ \\t]+)?${name}\\b[^\\n]*`, 'm').exec(first.value.value)?.[0];
  const shape = line && /(?:\bshape\b[^([\n]*|:[ \t]*[\x60]*)([([][^()[\]\n]*[)\]])/.exec(line)?.[1];
  return shape ? readClaim(`# ${shape}`)?.axes : undefined;
};

/** An input of unknown rank with the axes that it is told to have beside those that are known. */
export const withRank = (name: string, value: TensorValue, { axes, isChecked }: Told): TensorValue => {
  if (!value.shape.rest) return value;
  const { dims, rest } = value.shape;
  const open = axes.indexOf(undefined);
  const missing = axes.length - dims.length;
  if (missing < 0 || (open >= 0 && dims.length > 0)) return value;
  const found = axes.slice(rest.at, rest.at + missing).flatMap((axis, i): readonly Dim[] => {
    const at = rest.at + i;
    if (axis === undefined) return [];
    return [
      isChecked && /^\d+$/.test(axis)
        ? Number(axis)
        : freshAxis(name, '_', open >= 0 && at > open ? at - axes.length : at),
    ];
  });
  const all = [...dims.slice(0, rest.at), ...found, ...dims.slice(rest.at)];
  return all.length === 0 ? value : entryTensor(value.lib, name, all, open < 0 ? undefined : open);
};

/** Sizes that the code gives no name have those of the axes where they stand, as long as these mean nothing else. */
export const nameAxes = (
  names: Map<string, string>,
  { dims, rest }: Shape,
  told: Told | undefined,
  taken: Set<string>,
): void => {
  if (!told || rest || dims.length !== told.axes.length) return;
  for (const [i, size] of dims.entries()) {
    const [axis, only] = [told.axes[i], symbolOf(size)];
    if (axis === undefined || only?.role !== 'free' || names.has(only.id) || taken.has(axis)) continue;
    if (/^[A-Za-z]\w*$/.test(axis)) names.set(only.id, axis);
  }
};
