import { assume, type Dim, decide, equal, type Facts, parse, symbol, symbolsOf } from '../dims';
import { expressionsIn, type Language, type Reader, reader, say, statementsIn, text, words } from '../explain';
import { lead, type Shape, simplifyShape, tail } from '../shapes';
import {
  type Claim,
  type ClaimedAxis,
  type Comment,
  type DocumentedClaim,
  documentedClaims,
  type Expr,
  type FunctionDef,
  isAny,
  isCoordinate,
  readClaim,
  type Stmt,
} from '../syntax';
import { lineAt } from '../text';
import type { TensorValue } from '../values';
import type { Analysis, ClassUnit } from './analysis';
import { isOurs } from './marks';
import type { ProblemReport } from './report';

/** The shapes in comments of people that are proved to be others, each with the edit that writes the true one. */
export const contradictions = (analysis: Analysis, language: Language, mark = '※'): readonly ProblemReport[] => {
  const behind = commentsByLine(analysis, mark, false);
  const above = commentsByLine(analysis, mark, true);
  return analysis.classes.flatMap((unit) => {
    const r = reader(unit.run);
    const place: Place = { r, unit, language };
    return methodsOf(unit).flatMap((method) => {
      const body = statementsIn(method.body);
      const stated = body.flatMap((stmt, i) => {
        if (!gives(stmt)) return [];
        const at = { method, stmt, before: body[i - 1], under: stretchOf(analysis, unit, above, body.slice(i)) };
        const own = behind.get(lineAt(analysis.lines, unit.start + stmt.end));
        const head = above.get(lineAt(analysis.lines, unit.start + stmt.start) - 1);
        return [
          ...(own && own.start >= unit.start + stmt.end ? behindIt(place, at, own) : []),
          ...(head && columnOf(analysis, head.start) === columnOf(analysis, unit.start + stmt.start)
            ? aboveIt(place, at, head)
            : []),
        ];
      });
      return [...documented(place, analysis, method), ...stated];
    });
  });
};

/** What a claim is checked with. */
interface Place {
  readonly r: Reader;
  readonly unit: ClassUnit;
  readonly language: Language;
}

/** The statement that a claim stands at, with the one before it. */
interface Stand {
  readonly method: FunctionDef;
  readonly stmt: Stmt;
  readonly before: Stmt | undefined;
  /** From it on, the statements that a comment above it may be about. */
  readonly under: readonly Stmt[];
}

/** The statements up to the next comment with a line of its own, or the next blank line. */
const stretchOf = (
  { lines, text: source }: Analysis,
  { start }: ClassUnit,
  above: ReadonlyMap<number, Comment>,
  [first, ...rest]: readonly Stmt[],
): readonly Stmt[] => {
  if (!first) return [];
  const end = rest.findIndex((stmt, i) => {
    const before = i === 0 ? first : rest[i - 1];
    const between = source.slice(start + (before?.end ?? 0), start + stmt.start);
    return above.has(lineAt(lines, start + stmt.start) - 1) || /\n[ \t]*\r?\n/.test(between);
  });
  return [first, ...(end < 0 ? rest : rest.slice(0, end))];
};

const columnOf = ({ text: source }: Analysis, offset: number): number =>
  offset - (Math.max(source.lastIndexOf('\n', offset - 1), source.lastIndexOf('\r', offset - 1)) + 1);

/** Whether a statement gives a value that a comment can be about. */
const gives = ({ kind }: Stmt): boolean =>
  kind === 'Assign' || kind === 'AugAssign' || kind === 'Return' || kind === 'AnnAssign';

/** A comment behind a statement is about what it gives. */
const behindIt = (place: Place, at: Stand, comment: Comment): readonly ProblemReport[] => {
  const claim = readClaim(comment.text);
  if (!claim) return [];
  return judge(place, at, tensorsOf(place.r, at.stmt, claim.name), claim, comment, true);
};

/**
 * A comment above statements is about what they give, a step on the way there, or what there was before: it is wrong
 * where it fits none of them, and which one was meant is for the author to say. `A -> B` above one statement is about what that gives.
 */
const aboveIt = (place: Place, at: Stand, comment: Comment): readonly ProblemReport[] => {
  const claim = readClaim(comment.text);
  if (!claim) return [];
  const each = at.under.map((stmt) => (gives(stmt) ? tensorsOf(place.r, stmt, claim.name) : []));
  const made = each.flat();
  if (each.some((tensors) => tensors.length === 0)) return [];
  if (claim.isResult) return judge(place, at, made, claim, comment, at.under.length === 1);
  const read = givenBy(at.stmt);
  const values = read
    ? expressionsIn(read).flatMap((inner) => (inner.kind === 'Name' ? place.r.values(inner) : []))
    : [];
  const earlier = at.before && gives(at.before) ? tensorsOf(place.r, at.before, undefined) : [];
  if (values.some(({ kind }) => kind === 'unknown' || kind === 'either')) return [];
  const inner = (read ? expressionsIn(read) : []).flatMap((one) => place.r.values(one));
  const others = inner.filter((value): value is TensorValue => value.kind === 'tensor');
  return judge(place, at, [...made, ...earlier, ...others], claim, comment, false);
};

const givenBy = (stmt: Stmt): Expr | undefined =>
  stmt.kind === 'Assign' || stmt.kind === 'AugAssign' || stmt.kind === 'Return' || stmt.kind === 'AnnAssign'
    ? stmt.value
    : undefined;

/** What the docstring of a method says of its arguments and of what it returns: `x: (B, N, C)`, `Output: (N, C)`. */
const documented = (place: Place, { text: source }: Analysis, method: FunctionDef): readonly ProblemReport[] => {
  const { r, unit } = place;
  const [first] = method.body;
  if (first?.kind !== 'ExprStmt' || first.value.kind !== 'Str') return [];
  const start = unit.start + first.start;
  const raw = source.slice(start, unit.start + first.end);
  return documentedClaims(raw).flatMap((one) => {
    const tensors = documentedTensors(r, unit, method, one);
    const comment = { text: one.text, start: start + one.start };
    return judge(place, { method, stmt: first, before: undefined, under: [] }, tensors, one.claim, comment, true);
  });
};

const documentedTensors = (
  r: Reader,
  { run }: ClassUnit,
  method: FunctionDef,
  { name, isResult, among }: DocumentedClaim,
): readonly TensorValue[] => {
  const param = isResult ? undefined : method.params.find((one) => one.name === name);
  // Of several results each is a part of what comes out.
  const isOutput = isResult ? among === 1 : OUTPUTS.test(name);
  const output = isOutput && run.method?.node === method && run.output ? [run.output] : [];
  const values = param ? r.values(param) : output;
  const tensors = values.filter((value): value is TensorValue => value.kind === 'tensor');
  return tensors.length === values.length ? tensors : [];
};

const OUTPUTS = /^(outputs?|returns?)$/i;

const methodsOf = ({ node }: ClassUnit): readonly FunctionDef[] =>
  node.body.filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef');

/** The comments of people that have lines of their own, or those that stand behind code, by line. */
const commentsByLine = ({ syntax, lines }: Analysis, mark: string, own: boolean): ReadonlyMap<number, Comment> =>
  new Map(
    syntax.comments
      .filter(({ ownLine, text: comment }) => ownLine === own && !isOurs(comment, mark))
      .map((comment) => [lineAt(lines, comment.start), comment]),
  );

/** A warning where a claim fits none of some tensors; with a fix where it is clear what it is about. */
const judge = (
  { r, unit, language }: Place,
  { method, stmt }: Stand,
  tensors: readonly TensorValue[],
  claim: Claim,
  comment: Pick<Comment, 'text' | 'start'>,
  isClear: boolean,
): readonly ProblemReport[] => {
  const names = namesAt(r, unit, method, stmt);
  const [first] = tensors;
  // It may be about another class than the one that was taken.
  if ([...unit.run.chosen.values()].some(({ length }) => length > 1)) return [];
  // How many axes an input has is supposed, not proved.
  if (unit.run.supposed.size > 0 && tensors.some(({ shape }) => shape.dims.length !== claim.axes.length)) return [];
  // Of sizes in a tensor the comment tells the sizes.
  if (tensors.some(({ elements }) => elements !== undefined)) return [];
  const fitting = (tensor: TensorValue): boolean =>
    !contradicts(r, tensor.origin ? broadcasting(claim) : claim, simplifyShape(r.facts, tensor.shape), names);
  if (!first || tensors.some(fitting)) return [];
  const actual = r.shape(first.shape);
  if (actual === undefined) return [];
  const mended = written(r, claim, comment.text, simplifyShape(r.facts, first.shape), actual);
  const start = comment.start + claim.start;
  const span = { start, end: comment.start + claim.end };
  const claimed = comment.text.slice(claim.start, claim.end);
  const fix = {
    title: say(words(`Write ${mended}`, `改为 ${mended}`), language),
    edits: [{ ...span, newText: mended }],
  };
  return [
    {
      span,
      code: 'comment-mismatch',
      severity: 'warning',
      message: say(
        text`${words('the comment says ', '注释写的是 ')}${claimed}${words(', the shape is ', '，实际形状为 ')}${actual}`,
        language,
      ),
      related: [],
      ...(isClear && tensors.length === 1 && !/[?*]/.test(actual) && { fix }),
    },
  ];
};

/** A shape as the author writes shapes: with the same signs, and sizes as Python where the claim has them so. */
const written = (r: Reader, { start, end, style }: Claim, comment: string, shape: Shape, text: string): string => {
  const { open, between, close } = style;
  const isCode = /[*/]/.test(comment.slice(start, end)) && between.trim() !== '*';
  const sizes = isCode && !shape.rest ? shape.dims.map(r.code) : text.slice(1, -1).split(', ');
  const grouped =
    between.trim() === '*' ? sizes.map((size) => (/^[\w⌈⌊⌋⌉/]+$/.test(size) ? size : `(${size})`)) : sizes;
  return `${open}${grouped.join(between)}${sizes.length === 1 && /[(（]$/.test(open) ? ',' : ''}${close}`;
};

/** The tensors that a statement gives, all of them known; those of the variable that the comment names. */
const tensorsOf = (r: Reader, stmt: Stmt, name: string | undefined): readonly TensorValue[] => {
  const target = stmt.kind === 'Assign' ? (stmt.targets.length === 1 ? stmt.targets[0] : undefined) : undefined;
  // `table[:, 0::2] = x` may be about the table.
  if (target?.kind === 'Subscript') return [];
  const value = stmt.kind === 'AugAssign' ? stmt.target : 'value' in stmt ? stmt.value : undefined;
  const items = target?.kind === 'Tuple' ? target.items : target ? [target] : [];
  const named = name === undefined ? undefined : items.find((item) => item.kind === 'Name' && item.id === name);
  if (name !== undefined && !named) return [];
  const at = named && target?.kind === 'Tuple' ? named : value;
  if (!at || typeof at !== 'object' || !('start' in at) || (target?.kind === 'Tuple' && !named)) return [];
  const values = r.values(at);
  const tensors = values.filter((held): held is TensorValue => held.kind === 'tensor');
  return tensors.length === values.length ? tensors : [];
};

/** What names mean where a comment stands: parameters of the constructor, and numbers that the method names once. */
const namesAt = (r: Reader, unit: ClassUnit, method: FunctionDef, at: Stmt): ReadonlyMap<string, Dim> => {
  const names = new Map<string, Dim>();
  const init = methodsOf(unit).find(({ name }) => name === '__init__');
  for (const param of init?.params ?? []) note(r, names, param.name, param);
  const targets = statementsIn(method.body)
    .filter((stmt) => stmt.start < at.start)
    .flatMap((stmt) => (stmt.kind === 'Assign' ? stmt.targets : []))
    .flatMap((target) => (target.kind === 'Tuple' ? target.items : [target]));
  for (const target of targets) {
    if (target.kind !== 'Name') continue;
    if (targets.filter((other) => other.kind === 'Name' && other.id === target.id).length > 1) names.delete(target.id);
    else note(r, names, target.id, target);
  }
  return names;
};

const note = (r: Reader, names: Map<string, Dim>, name: string, node: Parameters<Reader['value']>[0]): void => {
  const value = r.value(node);
  if (value?.kind === 'int') names.set(name, value.value);
  // A parameter of the constructor is the symbol of its name as soon as it is used as a size.
  else if (value?.kind === 'opaque') names.set(name, symbol(`p:${value.path}`, value.path, 'rigid'));
  else names.delete(name);
};

/** An input that is joined with others is taken to be as large as they are: that it has size 1 on an axis may well be. */
const broadcasting = (claim: Claim): Claim => ({
  ...claim,
  axes: claim.axes.map((axis) => (axis === '1' ? '_' : axis)),
});

/** Whether no reading of the claim can be the shape; one that leaves out the batch is a usual reading. */
const contradicts = (
  r: Reader,
  { axes: claimed, style }: Claim,
  shape: Shape,
  names: ReadonlyMap<string, Dim>,
): boolean => {
  // `B*C*H*W` may be the one size of a flattened tensor.
  if (style.between === '*' && (shape.rest || shape.dims.length === 1)) return false;
  const isWhole = shape.rest !== undefined || shape.dims.length < 2 || BATCH.test(claimed[0] ?? '');
  if (tellsElements(r, claimed, shape)) return false;
  const readings = [shape, ...(isWhole ? [] : [{ dims: shape.dims.slice(1) }])];
  return (
    readings.every((reading) => !fits(r, claimed, reading, names)) && (isWhole || !isEnd(r, claimed, shape, names))
  );
};

/** As many names as the last axis is long may tell what lies on it: `(x, y, w, h)`. */
const tellsElements = (r: Reader, claimed: readonly ClaimedAxis[], shape: Shape): boolean => {
  const last = tail(shape).at(-1);
  if (last === undefined || !claimed.every((axis) => axis !== undefined && /^[A-Za-z]\w*$/.test(axis))) return false;
  if (BATCH.test(claimed[0] ?? '')) return false;
  const isLong = decide(r.facts, equal(last, claimed.length));
  return isLong === true || (isLong === undefined && claimed.some(isCoordinate));
};

/** Whether the claim is proved to be the last axes: heads are left out like the batch is. */
const isEnd = (
  r: Reader,
  claimed: readonly ClaimedAxis[],
  { dims }: Shape,
  names: ReadonlyMap<string, Dim>,
): boolean => {
  const end = dims.slice(dims.length - claimed.length);
  return (
    1 < claimed.length &&
    claimed.length < dims.length &&
    claimed.every((axis, i) => {
      const [size, meant] = [end[i], axis === undefined ? undefined : meantBy(axis, names)];
      return size !== undefined && meant !== undefined && decide(r.facts, equal(meant, size)) === true;
    })
  );
};

const meantBy = (axis: string, names: ReadonlyMap<string, Dim>): Dim | undefined =>
  parse(axis.replaceAll('^', '**'), (name) => names.get(name));

const BATCH = /^(?:b|bs|bsz|batch|batch_size|批.*)$/i;

const fits = (r: Reader, claimed: readonly ClaimedAxis[], shape: Shape, names: ReadonlyMap<string, Dim>): boolean => {
  const gap = claimed.indexOf(undefined);
  if (gap < 0 && !shape.rest) {
    return claimed.length === shape.dims.length && agree(r, claimed, shape.dims, names);
  }
  const [before, after] = gap < 0 ? [claimed, []] : [claimed.slice(0, gap), claimed.slice(gap + 1)];
  const least = claimed.filter((axis) => axis !== undefined).length;
  if (!shape.rest && shape.dims.length < least) return false;
  const front = shape.rest ? lead(shape) : shape.dims;
  const back = tail(shape);
  const shared = Math.min(after.length, back.length);
  return (
    agree(r, before.slice(0, front.length), front, names) &&
    agree(r, after.slice(after.length - shared), back.slice(back.length - shared), names)
  );
};

/** Whether no axis is proved to be another one. */
const agree = (
  r: Reader,
  claimed: readonly ClaimedAxis[],
  sizes: readonly Dim[],
  names: ReadonlyMap<string, Dim>,
): boolean =>
  claimed.every((axis, i) => {
    const size = sizes[i];
    const meant = axis === undefined || isAny(axis) ? undefined : meantBy(axis, names);
    if (size === undefined || meant === undefined) return true;
    // A letter names what an axis is for, whatever a variable of that name holds.
    if (/[A-Za-z]/.test(axis ?? '') && !LONG_NAME.test(axis ?? '')) return true;
    return decide(existing(r.facts, meant), equal(meant, size)) !== false;
  });

const LONG_NAME = /[A-Za-z_]\w/;

/** What names the size of an axis is at least 1. */
const existing = (facts: Facts, size: Dim): Facts =>
  symbolsOf(size).reduce((known, { id, name, role }) => {
    return assume(known, { kind: 'le', left: 1, right: symbol(id, name, role) }) ?? known;
  }, facts);
