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
  if (body.length > LONGEST) return undefined;
  const arrow = ARROW.exec(body)?.[0].length ?? 0;
  const before = body.slice(0, arrow).split(/\s*(?:[-=]+>|→|➔)\s*/);
  if (!before.every(isShapeOrLabel)) return undefined;
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

/** No shape that a person writes is longer. */
const LONGEST = 300;

const ARROW = /^.*(?:[-=]+>|→|➔)\s*/s;

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
  const bracketed = /^(torch\.Size\(\[|paddle\.Size\(\[|Size\(\[|[[(（]\s*)(.*?)(\s*(?:\]\)|[)\]）]))$/s.exec(text);
  const [, open = '', inner = text, close = ''] = bracketed ?? [];
  if (bracketed && close.trim() !== CLOSING[open.trim().replace(/^.*Size/, '')]) return undefined;
  const trailing = /[,，]\s*$/.test(inner);
  const plain = inner.replace(/[,，]\s*$/, '');
  const read = bracketed ? inBrackets(plain) : alone(plain, labelled);
  if (!read || (bracketed && read.axes.length < 2 && !trailing) || !isShape(read.axes)) return undefined;
  return { axes: read.axes, length: text.length, style: { open, between: read.between, close } };
};

/** Names may be of anything, and `[0, 1]` or `[-1, 1]` is a range. */
const isShape = (axes: readonly ClaimedAxis[]): boolean => {
  const stated = axes.filter((axis) => axis !== undefined);
  const isRange =
    stated.length === 2 && stated.every((axis) => /^-?\d+$/.test(axis)) && stated.some((axis) => axis === '-1');
  return stated.some(isAxis) && !stated.includes('0') && !isRange;
};

/** What a person calls an axis: a letter, a number, a formula, or a word that says what it counts. */
const isAxis = (axis: string): boolean => AXIS.test(axis) || COUNTED.test(axis);

const AXIS = /^(?:[A-Za-z]\w?'?|[A-Z]{3})$|\d|[-+*/·^() ]|批|通道|高|宽|长|维|数|^[nd]_|_[nd]$/;
const COUNTED =
  /batch|bs|seq|len|dim|siz|hid|emb|chan|feat|head|num|height|width|depth|time|step|frame|token|patch|class|label|vocab|point|node|edge|sample|quer|src|tgt|max|unit|group|block|window|horizon|vari|state|neigh|beam|item|user|field|expert|speak|mel|freq|bin|model|spatial|pixel|slot|rank|rows?$|cols?$/i;

/** What a box or a point is made of, which a list of axes is not. */
export const isCoordinate = (axis: ClaimedAxis): boolean => axis !== undefined && COORDINATE.test(axis);

const COORDINATE = /^(?:[cdt]?[xyz]\d?|[dt][wh]|[xyz]_?(?:min|max|c|center)|[ijkqruv])$/;

interface Listed {
  readonly axes: readonly ClaimedAxis[];
  readonly between: string;
}

/** What stands between brackets, and so is a shape where it can be one. */
const inBrackets = (text: string): Listed | undefined => {
  if (/[,，]/.test(text)) return listed(text, COMMA, ', ');
  return crossed(text) ?? joined(text) ?? spaced(text) ?? listed(text, COMMA, ', ');
};

/** A shape without brackets, which other words may look like: more is asked of it. */
const alone = (text: string, labelled: boolean): Listed | undefined => {
  const times = crossed(text);
  // `n x n` may be a window or a table.
  if (times && times.axes.length > 1) return times.axes.length > 2 ? times : undefined;
  const starred = /^\w+(?:\s*\*\s*\w+){2,}$/.test(text) ? listed(text, STAR, '*') : undefined;
  const commas = /[,，]/.test(text) ? listed(text, COMMA, ', ') : undefined;
  for (const one of [starred, commas])
    if (one && one.axes.length > 1 && (labelled || isConventional(one.axes))) return one;
  return joined(text) ?? spaced(text);
};

const crossed = (text: string): Listed | undefined => (TIMES.test(text) ? listed(text, TIMES, ' x ') : undefined);

const joined = (text: string): Listed | undefined =>
  /^[A-Z\d]+(?:x[A-Z\d]+){2,}$/.test(text) ? { axes: text.split('x'), between: 'x' } : undefined;

/** `b c h w` and, as einops writes it, `b (h w) c`; of large letters only where the batch comes first. */
const spaced = (text: string): Listed | undefined => {
  const parts = text.match(/\([^()]*\)|\S+/g) ?? [];
  const isAll = parts.every((part) => /^(?:[a-z]\d?|\d+|\([a-z\d]+(?: [a-z\d]+)+\))$/i.test(part));
  const isUsual = text === text.toLowerCase() ? /^[a-z]/.test(text) : /^[BN] [^a-z]*$/.test(text);
  return isAll && isUsual && parts.length > 2 && !parts.some(isCoordinate) ? { axes: parts, between: ' ' } : undefined;
};

const listed = (text: string, pattern: RegExp, usual: string): Listed | undefined => {
  const axes = axesOf(text, pattern);
  return axes && { axes, between: new RegExp(`\\s*(?:${pattern.source})\\s*`).exec(text)?.[0] ?? usual };
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
const STAR = /\s*\*\s*/;

/** The axes of a list; undefined where one of them is no size. */
const axesOf = (text: string, between: RegExp): readonly ClaimedAxis[] | undefined => {
  const parts = split(text, between).map((part) => part.trim());
  const axes = parts.map((part) => (GAP.test(part) ? undefined : part));
  return axes.every((axis) => axis === undefined || isAny(axis) || SIZE.test(axis)) ? axes : undefined;
};

/** What stands for any number of axes, and what for one of any size. */
const GAP = /^(?:\.{2,3}|…|⋯|\*|\*\w+|[Xx]{2,})$/;
export const isAny = (axis: ClaimedAxis): boolean => axis === '-1' || axis === '?' || axis === '_';

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
const SIZE = /^(?:\d*[A-Za-z_][\w.']*|\p{Script=Han}{1,5}|\d+|[\w.'() ]+(?:(?:\/\/|\*\*|[-+*/·^])[\w.'() ]+)+)$/u;
