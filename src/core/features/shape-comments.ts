import { assume, type Dim, decide, equal, type Facts, parse, symbol, symbolsOf } from '../dims';
import { type Language, type Reader, reader, say, statementsIn, text, words } from '../explain';
import { lead, type Shape, simplifyShape, tail } from '../shapes';
import { type Claim, type ClaimedAxis, type Comment, type FunctionDef, readClaim, type Stmt } from '../syntax';
import { lineAt } from '../text';
import type { TensorValue } from '../values';
import type { Analysis, ClassUnit } from './analysis';
import { isOurs } from './marks';
import type { ProblemReport } from './report';

/** The shapes in comments of people that are proved to be others, each with the edit that writes the true one. */
export const contradictions = (analysis: Analysis, language: Language, mark = '※'): readonly ProblemReport[] =>
  analysis.classes.flatMap((unit) => {
    const r = reader(unit.run);
    const comments = commentsByLine(analysis, mark);
    return methodsOf(unit).flatMap((method) =>
      statementsIn(method.body).flatMap((stmt) => {
        const comment = comments.get(lineAt(analysis.lines, unit.start + stmt.end));
        const claim = comment && isAlone(stmt, comment, unit) ? readClaim(comment.text) : undefined;
        return comment && claim ? check(r, unit, method, stmt, comment, claim, language) : [];
      }),
    );
  });

const methodsOf = ({ node }: ClassUnit): readonly FunctionDef[] =>
  node.body.filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef');

/** The comments of people that stand behind code, by line. */
const commentsByLine = ({ syntax, lines }: Analysis, mark: string): ReadonlyMap<number, Comment> =>
  new Map(
    syntax.comments
      .filter(({ ownLine, text: comment }) => !ownLine && !isOurs(comment, mark))
      .map((comment) => [lineAt(lines, comment.start), comment]),
  );

/** Whether the comment stands behind the statement, and no other one begins between them. */
const isAlone = (stmt: Stmt, comment: Comment, { start }: ClassUnit): boolean =>
  (stmt.kind === 'Assign' || stmt.kind === 'AugAssign' || stmt.kind === 'Return' || stmt.kind === 'AnnAssign') &&
  comment.start >= start + stmt.end;

const check = (
  r: Reader,
  unit: ClassUnit,
  method: FunctionDef,
  stmt: Stmt,
  comment: Comment,
  claim: Claim,
  language: Language,
): readonly ProblemReport[] => {
  const tensors = tensorsOf(r, stmt, claim.name);
  const names = namesAt(r, unit, method, stmt);
  const [first] = tensors;
  if (!first || tensors.some(({ shape }) => !contradicts(r, claim.axes, simplifyShape(r.facts, shape), names)))
    return [];
  const actual = r.shape(first.shape);
  if (actual === undefined) return [];
  const { open, between, close } = claim.style;
  const inner = actual.slice(1, -1).split(', ').join(between);
  const start = comment.start + claim.start;
  const span = { start, end: comment.start + claim.end };
  const claimed = comment.text.slice(claim.start, claim.end);
  const fix = {
    title: say(words(`Write ${open}${inner}${close}`, `改为 ${open}${inner}${close}`), language),
    edits: [{ ...span, newText: `${open}${inner}${close}` }],
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
      ...(tensors.length === 1 && !/[?*]/.test(inner) && { fix }),
    },
  ];
};

/** The tensors that a statement gives, all of them known; those of the variable that the comment names. */
const tensorsOf = (r: Reader, stmt: Stmt, name: string | undefined): readonly TensorValue[] => {
  const target = stmt.kind === 'Assign' ? (stmt.targets.length === 1 ? stmt.targets[0] : undefined) : undefined;
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

/** Whether no reading of the claim can be the shape; one that leaves out the batch is a usual reading. */
const contradicts = (
  r: Reader,
  claimed: readonly ClaimedAxis[],
  shape: Shape,
  names: ReadonlyMap<string, Dim>,
): boolean => {
  const isWhole = shape.rest !== undefined || shape.dims.length < 2 || BATCH.test(claimed[0] ?? '');
  const readings = [shape, ...(isWhole ? [] : [{ dims: shape.dims.slice(1) }])];
  return readings.every((reading) => !fits(r, claimed, reading, names));
};

const BATCH = /^(b|bs|bsz|batch|batch_size)$/i;

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
    const meant = axis === undefined ? undefined : parse(axis.replaceAll('^', '**'), (name) => names.get(name));
    if (size === undefined || meant === undefined) return true;
    return decide(existing(r.facts, meant), equal(meant, size)) !== false;
  });

/** What names the size of an axis is at least 1. */
const existing = (facts: Facts, size: Dim): Facts =>
  symbolsOf(size).reduce((known, { id, name, role }) => {
    return assume(known, { kind: 'le', left: 1, right: symbol(id, name, role) }) ?? known;
  }, facts);
