/** A size as a person writes it in a comment: a number, a name or a small formula; `undefined` for `...` or `*`. */
export type ClaimedAxis = string | undefined;

/** A shape that a person has written into a comment. Places count from the start of the comment. */
export interface Claim {
  /** The variable that it is about, where the comment says it: `x: (B, C)`. */
  readonly name?: string;
  readonly axes: readonly ClaimedAxis[];
  /** Whether it says what comes out: `A -> B`. */
  readonly isResult: boolean;
  readonly start: number;
  readonly end: number;
  /** How it is written: around the axes, and between them. */
  readonly style: { readonly open: string; readonly between: string; readonly close: string };
}

/**
 * The shape that a comment states, in the usual conventions: `# (B, C, H, W)`, `# [64, 3, 7, 7]`, `# B x C x H x W`,
 * `# B,C,H,W`, `# B*C*H*W`, `# shape: bs, seq, dim`, `# shape of x = (B, C)`, `# -> (N, L, E)`, `# b c h w`,
 * `# x: [B, N, C]`, `# torch.Size([2, 3])`, `# 形状为 (B, C)`; of `A -> B` the second. Undefined where a comment says
 * anything else: a sentence that mentions a shape may be about something else.
 */
export const readClaim = (comment: string): Claim | undefined => {
  const [, lead = '', body = '', trail = ''] = /^(#[#:!\s]*)(.*?)([\s.;,。；，]*)$/s.exec(comment) ?? [];
  const end = comment.length - trail.length;
  const arrow = ARROW.exec(body)?.[0].length ?? 0;
  if (arrow > 0 && !isShapeOrLabel(body.slice(0, arrow).replace(/\s*(?:[-=]+>|→)\s*$/, ''))) return undefined;
  const rest = body.slice(arrow);
  const label = LABELS.map((pattern) => pattern.exec(rest)).find((found) => found !== null);
  const at = lead.length + arrow + (label?.[0].length ?? 0);
  const shape = shapeIn(rest.slice(label?.[0].length ?? 0), label !== undefined || arrow > 0);
  if (!shape || at + shape.length > end + 1) return undefined;
  const name = label?.groups?.name;
  return {
    ...(name && !WORDS.has(name) && { name }),
    axes: shape.axes,
    isResult: arrow > 0,
    style: shape.style,
    start: at,
    end: at + shape.length,
  };
};

const ARROW = /^.*(?:[-=]+>|→)\s*/s;

/** What may stand in front: `shape:`, `x:`, `x.shape =`, `output shape`, `tensor of shape`, `x 的形状为`. */
const LABELS: readonly RegExp[] = [
  /^(?:(?:a )?tensor )?(?:of|with) (?:shape|size)(?: of)?[ \t]*(?:=|:)?[ \t]*(?=\S)/i,
  /^shape of (?<name>[A-Za-z_]\w*)[ \t]*(?:=|:|is)?[ \t]*(?=\S)/i,
  /^(?:(?<name>[A-Za-z_]\w*)[ \t]*的?[ \t]*)?(?:输出)?(?:形状|维度|尺寸|张量形状|shape)[ \t]*(?:变为|变成|为|是)?[ \t]*[:：=]?[ \t]*(?=[[(（\d×A-Za-z])/,
  /^(?:输出|得到|变为|变成|结果)(?:为|是)?[ \t]*[:：=]?[ \t]*(?=[[(（])/,
  /^(?:(?<name>[A-Za-z_]\w*)(?:\.(?:shape|size\(\)))?(?:[ \t]+(?:shape|size))?[ \t]*(?::|：|==?)|(?:output|out|shape|size)\b)[ \t]*(?=\S)/,
];

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

const isShapeOrLabel = (text: string): boolean => {
  const label = LABELS.map((pattern) => pattern.exec(text)).find((found) => found !== null);
  return text.trim() === '' || shapeIn(text.slice(label?.[0].length ?? 0).trim(), true) !== undefined;
};

const shapeIn = (text: string, labelled: boolean): Written | undefined => {
  const bracketed = /^(torch\.Size\(\[|paddle\.Size\(\[|Size\(\[|[[(（])(.*?)(\]\)|[)\]）])$/s.exec(text);
  if (bracketed) {
    const [, open = '', inner = '', close = ''] = bracketed;
    if (close !== CLOSING[open.replace(/^\w.*Size/, '').replace(/^Size/, '')]) return undefined;
    const between = /\bx\b|×/.test(inner) && !/[,，]/.test(inner) ? TIMES : COMMA;
    const trailing = /,\s*$/.test(inner);
    const axes = axesOf(inner.replace(/,\s*$/, ''), between);
    return axes && (axes.length > 1 || trailing)
      ? { axes, length: text.length, style: { open, between: ', ', close } }
      : undefined;
  }
  const style = (between: string): Written['style'] => ({ open: '', between, close: '' });
  const crossed = / x |×/.test(text) ? axesOf(text, TIMES) : undefined;
  // `n x n` may be a window or a table.
  if (crossed && crossed.length > 1)
    return crossed.length > 2 ? { axes: crossed, length: text.length, style: style(' x ') } : undefined;
  const joined = /^[A-Z\d]+(?:x[A-Z\d]+){2,}$/.test(text) ? text.split('x') : undefined;
  if (joined) return { axes: joined, length: text.length, style: style('x') };
  const starred = /^\w+(?:\s*\*\s*\w+){2,}$/.test(text) ? text.split(/\s*\*\s*/) : undefined;
  if (starred && (labelled || isConventional(starred)))
    return { axes: starred, length: text.length, style: style('*') };
  const listed = text.includes(',') ? axesOf(text, COMMA) : undefined;
  if (listed && listed.length > 1 && (labelled || isConventional(listed)))
    return { axes: listed, length: text.length, style: style(', ') };
  const letters = /^[a-z](?: [a-z]){2,}$/.test(text) ? text.split(' ') : undefined;
  return letters && { axes: letters, length: text.length, style: style(' ') };
};

const CLOSING: Readonly<Record<string, string>> = { '([': '])', '[': ']', '(': ')', '（': '）' };

/** Whether bare letters are axes and no list of anything else: the batch comes first, and there are three or more. */
const isConventional = ([batch, ...others]: readonly ClaimedAxis[]): boolean =>
  batch !== undefined &&
  /^(?:[BNbn]|bs|bsz|batch(?:_size)?|\d+)$/.test(batch) &&
  others.length > 1 &&
  others.every((axis) => axis === undefined || /^(?:[A-Za-z]\d?'?|\d+)(?:\s*(?:\/\/?|[*+-])\s*\w+)?$/.test(axis)) &&
  others.some((axis) => axis !== undefined && /[A-Za-z]/.test(axis));

const COMMA = /[,，]/;
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
