/** A size as a person writes it in a comment: a number, a name or a small formula; `undefined` for `...` or `*`. */
export type ClaimedAxis = string | undefined;

/** A shape that a person has written into a comment. Places count from the start of the comment. */
export interface Claim {
  /** The variable that it is about, where the comment says it: `x: (B, C)`. */
  readonly name?: string;
  readonly axes: readonly ClaimedAxis[];
  readonly start: number;
  readonly end: number;
  /** How it is written: around the axes, and between them. */
  readonly style: { readonly open: string; readonly between: string; readonly close: string };
}

/**
 * The shape that a comment states, in the usual conventions: `# (B, C, H, W)`, `# [64, 3, 7, 7]`, `# B x C x H x W`,
 * `# shape: bs, seq, dim`, `# -> (N, L, E)`, `# b c h w`, `# x: [B, N, C]`; of `A -> B` the second. Undefined where a
 * comment says anything else: a sentence that mentions a shape may be about something else.
 */
export const readClaim = (comment: string): Claim | undefined => {
  const [, lead = '', body = '', trail = ''] = /^(#[#:!\s]*)(.*?)([\s.;,]*)$/s.exec(comment) ?? [];
  const end = comment.length - trail.length;
  const arrow = /^.*(?:->|=>|→)\s*/s.exec(body)?.[0].length ?? 0;
  if (arrow > 0 && !isShapeOrLabel(body.slice(0, arrow).replace(/\s*(?:->|=>|→)\s*$/, ''))) return undefined;
  const rest = body.slice(arrow);
  const label = LABEL.exec(rest);
  const at = lead.length + arrow + (label?.[0].length ?? 0);
  const shape = shapeIn(rest.slice(label?.[0].length ?? 0), label !== null || arrow > 0);
  if (!shape || at + shape.length > end + 1) return undefined;
  const name = label?.groups?.name;
  return {
    ...(name && !WORDS.has(name) && { name }),
    axes: shape.axes,
    style: shape.style,
    start: at,
    end: at + shape.length,
  };
};

/** What may stand in front: `shape:`, `x:`, `x.shape =`, `output shape`. */
const LABEL =
  /^(?:(?<name>[A-Za-z_]\w*)(?:\.(?:shape|size\(\)))?(?:[ \t]+(?:shape|size))?[ \t]*(?::|==?)|(?:output|out|shape|size)\b)[ \t]*(?=\S)/;

/** Labels that are no variables. */
const WORDS = new Set([
  'shape',
  'size',
  'output',
  'out',
  'outputs',
  'result',
  'returns',
  'return',
  'now',
  'dim',
  'dims',
]);

interface Written {
  readonly axes: readonly ClaimedAxis[];
  readonly length: number;
  readonly style: Claim['style'];
}

const isShapeOrLabel = (text: string): boolean =>
  text.trim() === '' || shapeIn(text.replace(LABEL, '').trim(), true) !== undefined;

const shapeIn = (text: string, labelled: boolean): Written | undefined => {
  const bracketed = /^(torch\.Size\(\[|paddle\.Size\(\[|Size\(\[|[([])(.*?)(\]\)|[)\]])$/s.exec(text);
  if (bracketed) {
    const [, open = '', inner = '', close = ''] = bracketed;
    if (close.length !== (open.endsWith('([') ? 2 : 1) || (open === '(') !== (close === ')')) return undefined;
    const between = /\bx\b|×/.test(inner) && !inner.includes(',') ? TIMES : COMMA;
    const trailing = /,\s*$/.test(inner);
    const axes = axesOf(inner.replace(/,\s*$/, ''), between);
    return axes && (axes.length > 1 || trailing)
      ? { axes, length: text.length, style: { open, between: ', ', close } }
      : undefined;
  }
  const style = (between: string): Written['style'] => ({ open: '', between, close: '' });
  const crossed = / x |×/.test(text) ? axesOf(text, TIMES) : undefined;
  if (crossed && crossed.length > 2) return { axes: crossed, length: text.length, style: style(' x ') };
  const listed = labelled && text.includes(',') ? axesOf(text, COMMA) : undefined;
  if (listed && listed.length > 1) return { axes: listed, length: text.length, style: style(', ') };
  const letters = /^[a-z](?: [a-z]){2,}$/.test(text) ? text.split(' ') : undefined;
  return letters && { axes: letters, length: text.length, style: style(' ') };
};

const COMMA = /,/;
const TIMES = /\s*×\s*| x /;

/** The axes of a list; undefined where one of them is no size. */
const axesOf = (text: string, between: RegExp): readonly ClaimedAxis[] | undefined => {
  const parts = split(text, between).map((part) => part.trim());
  const axes = parts.map((part) => (/^(\.\.\.|…|\*|\*\w+)$/.test(part) ? undefined : part));
  return axes.every((axis) => axis === undefined || SIZE.test(axis)) ? axes : undefined;
};

/** Splits outside of brackets. */
const split = (text: string, between: RegExp): readonly string[] => {
  if (!between.test('x,') || !text.includes('(')) return text.split(between);
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
};

/** A number, a name, or an arithmetic of both; `2C` is a product. */
const SIZE = /^(?:\d*[A-Za-z_][\w.']*|\d+|[\d\w.'() ]+(?:(?:\/\/|[-+*/·^])[\d\w.'() ]+)+)$/;
