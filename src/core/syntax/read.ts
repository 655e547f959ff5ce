import type { Node, Stmt, SyntaxFault } from './ast';
import { expression } from './convert/expressions';
import type { Reading, ReadingState } from './convert/reading';
import { block, startsLine, statement, statementRows } from './convert/statements';
import type { Block, Clause } from './lines/blocks';
import type { Line } from './lines/layout';
import type { Parsed } from './parser';
import { headRepairs, lineRepairs, type Repair } from './repairs';
import { inOriginal, originalPlace, type StandIn, withStandIns } from './stand-ins';
import type { Tree } from './tree';

/** What the statements of one chunk are read from. */
export interface Source {
  /** The text of the document without comments, as long as it. */
  readonly text: string;
  readonly lines: readonly Line[];
  /** Where the chunk begins; the places of nodes count from there. */
  readonly origin: number;
  readonly state: ReadingState;
  readonly parse: (text: string) => Parsed;
  /** Whether something between two places was already found wrong without the parser. */
  readonly isReported: (start: number, end: number) => boolean;
}

/**
 * The statements of a block. A class is read member by member; any other statement as a whole and, where that fails,
 * by its parts, so that an error stays where it is.
 */
export const readBlock = (s: Source, whole: Block): readonly Stmt[] => {
  const [start, end] = [startOf(s, whole.first), endOf(s, whole.last)];
  if (whole.first === whole.last) return readLine(s, start, end);
  const isClass = s.lines[whole.clauses[0]?.line ?? whole.first]?.word === 'class';
  if (isClass || whole.skewed) return readParts(s, whole);
  const tree = soundTree(start, s.parse(s.text.slice(start, end)), [], lineStarts(s, whole.first, whole.last));
  return tree ? statements(s, tree, start, end, {}) : readParts(s, whole);
};

/** The statements of one logical line or of a part of it. */
export const readLine = (s: Source, start: number, end: number): readonly Stmt[] => {
  const text = s.text.slice(start, end);
  const parsed = s.parse(text);
  const tree = soundTree(start, parsed, [], [start]);
  if (tree) return statements(s, tree, start, end, {});
  const line = s.lines.find((each) => each.start <= start && end <= each.end);
  const parts = line ? segments(s.text, line, start, end) : [];
  if (parts.length > 1) return parts.flatMap((part) => readLine(s, part.start, part.end));
  for (const repair of [...lineRepairs(text), ...headRepairs(text)]) {
    const mended = soundTree(start, s.parse(withStandIns(text, repair.standIns)), repair.standIns, [start]);
    if (!mended) continue;
    if (!s.isReported(start, end)) report(s, start, end, parsed, [], repair);
    return statements(s, mended, start, end, { repair });
  }
  if (!s.isReported(start, end)) report(s, start, end, parsed, []);
  return [{ kind: 'ErrorStmt', start: start - s.origin, end: end - s.origin, body: [] }];
};

const startOf = (s: Source, line: number): number => s.lines[line]?.start ?? 0;
const endOf = (s: Source, line: number): number => s.lines[line]?.end ?? 0;

const lineStarts = (s: Source, first: number, last: number): readonly number[] =>
  s.lines.slice(first, last + 1).map((line) => line.start);

/** The places of the statements between a line's semicolons. */
export const segments = (text: string, { semicolons }: Line, start: number, end: number): readonly Node[] => {
  const cuts = semicolons.filter((at) => start < at && at < end);
  return [...cuts, end].flatMap((cut, index) => {
    const from = index === 0 ? start : (cuts[index - 1] ?? start) + 1;
    const between = text.slice(from, cut);
    const lead = between.length - between.trimStart().length;
    return between.trim() === '' ? [] : [{ start: from + lead, end: from + between.trimEnd().length }];
  });
};

/** A statement whose blocks are read apart, by its heads alone. */
const readParts = (s: Source, whole: Block): readonly Stmt[] => {
  const [start, end] = [startOf(s, whole.first), endOf(s, whole.last)];
  const text = s.text.slice(start, end);
  const apart = whole.clauses.filter((clause) => clause.body.length > 0);
  const holes = apart.map((clause) => hole(s, clause, start));
  const bodies = new Map(apart.map((clause, index) => [holes[index]?.start ?? 0, () => readBody(s, clause)]));
  const starts = headLines(whole).map((line) => startOf(s, line));
  const parsed = s.parse(withStandIns(text, holes));
  const tree = soundTree(start, parsed, holes, starts);
  if (tree) return statements(s, tree, start, end, { bodies });
  const headEnd = endOf(s, whole.clauses[0]?.line ?? whole.first);
  const isReported = headLines(whole).some((line) => s.isReported(startOf(s, line), endOf(s, line)));
  const repairs = whole.clauses.flatMap((clause) => clauseRepairs(s, clause, start));
  for (const repair of [...repairs, ...decoratorRepairs(s, whole, start)]) {
    const standIns = [...holes, ...repair.standIns].sort((a, b) => a.start - b.start);
    const mended = soundTree(start, s.parse(withStandIns(text, standIns)), standIns, starts);
    if (!mended) continue;
    if (!isReported) report(s, start, headEnd, parsed, holes, repair);
    return statements(s, mended, start, end, { bodies, repair });
  }
  if (!isReported) report(s, start, headEnd, parsed, holes);
  const body = apart.flatMap((clause) => readBody(s, clause));
  return [{ kind: 'ErrorStmt', start: start - s.origin, end: end - s.origin, body }];
};

const readBody = (s: Source, clause: Clause): readonly Stmt[] => clause.body.flatMap((inner) => readBlock(s, inner));

const hole = (s: Source, { body }: Clause, origin: number): StandIn => {
  const [first, last] = [body[0], body.at(-1)];
  return { start: startOf(s, first?.first ?? 0) - origin, end: endOf(s, last?.last ?? 0) - origin, by: '0' };
};

/** The lines that a statement without its blocks consists of: decorators, its head and its other clauses. */
const headLines = ({ first, clauses }: Block): readonly number[] => {
  const decorators = Array.from({ length: (clauses[0]?.line ?? first) - first }, (_, index) => first + index);
  return [...decorators, ...clauses.map((clause) => clause.line)];
};

/** The repairs of one head, in places of the whole statement. */
const clauseRepairs = (s: Source, { line }: Clause, origin: number): readonly Repair[] => {
  const [start, end] = [startOf(s, line), endOf(s, line)];
  const by = start - origin;
  const moved = <T extends Node>(place: T): T => ({ ...place, start: place.start + by, end: place.end + by });
  return headRepairs(s.text.slice(start, end)).map((repair) => ({
    ...repair,
    standIns: repair.standIns.map(moved),
    ...(repair.gap && { gap: moved(repair.gap) }),
    ...(repair.stars && { stars: new Set([...repair.stars].map((at) => at + by)) }),
  }));
};

/** A decorator that cannot be read is still one. */
const decoratorRepairs = (s: Source, { first, clauses }: Block, origin: number): readonly Repair[] =>
  s.lines.slice(first, clauses[0]?.line ?? first).map((line) => {
    const gap = { start: line.start + 1 - origin, end: line.end - origin };
    return { standIns: [{ ...gap, by: '0' }], gap };
  });

/** The tree, if it is without error and a statement starts wherever a line does: two lines are never one statement. */
const soundTree = (
  origin: number,
  { tree }: Parsed,
  standIns: readonly StandIn[],
  starts: readonly number[],
): Tree | undefined => {
  if (!tree) return undefined;
  const placed = inOriginal(tree, standIns);
  return startsLines(placed, starts, origin) && !hasFalseAlias(tree) ? placed : undefined;
};

/** The grammar takes `type(self).x = 1` for the alias of a type. */
const hasFalseAlias = ({ kinds }: Tree): boolean => {
  for (
    let row = kinds.indexOf('type_alias_statement');
    row >= 0;
    row = kinds.indexOf('type_alias_statement', row + 1)
  ) {
    const name = kinds[row + 3] ?? '';
    if (name !== 'identifier' && name !== 'generic_type') return true;
  }
  return false;
};

const startsLines = ({ kinds, starts }: Tree, lines: readonly number[], origin: number): boolean => {
  let line = 0;
  let expected = lines[0];
  for (let row = 0; row < starts.length && expected !== undefined; row++) {
    const at = (starts[row] ?? -1) + origin;
    if (at === expected && startsLine(kinds[row] ?? '')) expected = lines[++line];
    else if (at > expected) return false;
  }
  return expected === undefined;
};

interface Apart {
  readonly bodies?: Reading['bodies'];
  readonly repair?: Repair;
}

const noBodies: Reading['bodies'] = new Map();
const noStars: Reading['stars'] = new Set();

const statements = (s: Source, tree: Tree, start: number, end: number, { bodies, repair }: Apart): readonly Stmt[] => {
  const base = start - s.origin;
  const gap = repair?.gap;
  const reading: Reading = {
    tree,
    text: s.text.slice(start, end),
    base,
    bodies: bodies ?? noBodies,
    gaps: new Map(gap ? [[gap.start, { start: gap.start + base, end: gap.end + base }]] : []),
    stars: repair?.stars ?? noStars,
    state: s.state,
    expr: expression,
    block,
  };
  return statementRows(reading, 0).map((row) => statement(reading, row));
};

/** Reports what the parser found between two places, or what a repair added there. */
const report = (
  s: Source,
  start: number,
  end: number,
  { faults = [] }: Parsed,
  standIns: readonly StandIn[],
  repair?: Repair,
): void => {
  if (repair?.correct) return;
  const base = start - s.origin;
  const at = repair?.standIns[0]?.start;
  if (repair?.missing !== undefined && at !== undefined) {
    s.state.faults.push({ kind: 'missing', start: at + base, end: at + base, expected: repair.missing });
    return;
  }
  const found = faults.map((fault): SyntaxFault => {
    const from = originalPlace(fault.start, standIns, 'start') + base;
    return { ...fault, start: from, end: originalPlace(fault.end, standIns, 'end') + base };
  });
  const whole = { start: base, end: end - s.origin };
  const isVague = found.every((fault) => fault.start <= whole.start && whole.end <= fault.end);
  if (!isVague) s.state.faults.push(...found);
  else if (!endsOpen.test(s.text.slice(start, end))) s.state.faults.push({ kind: 'error', ...whole });
  else s.state.faults.push({ kind: 'missing', start: whole.end, end: whole.end, expected: 'expression' });
};

/** A sign or word that something has to follow. */
const endsOpen =
  /(?:[-=+*/%@&|^~<>.,]|(?:^|[^\w.])(?:in|is|not|and|or|if|else|lambda|import|from|as|await|del|assert))$/;
