import { noFacts, symbolOf } from '../dims';
import {
  type Context,
  faultWords,
  join,
  type Language,
  opposite,
  plain,
  type Readable,
  remedyOf,
  say,
  text,
  words,
} from '../explain';
import { type ClassRun, isJudged, type Path, type Problem } from '../interp';
import type { Family, Words } from '../ops';
import { type Call, type Expr, type Node, walk } from '../syntax';
import { lineAt, type Span } from '../text';
import type { Value } from '../values';
import type { Analysis } from './analysis';
import { contextAt } from './context';
import { foreignCharacters } from './foreign-characters';
import type { ProblemReport } from './report';
import { contradictions } from './shape-comments';
import { staleComments } from './stale-comments';
import { traps } from './traps';

/** Everything that is proved to fail in a document, or is hardly what was meant, in the order of the text. */
export const problems = (analysis: Analysis, language: Language): readonly ProblemReport[] => {
  const faults = provedFaults(analysis, language).map(({ report }) => report);
  const others = [
    ...foreignCharacters(analysis, language),
    ...traps(analysis, language),
    ...contradictions(analysis, language),
    ...staleComments(analysis, language),
  ];
  return [...faults, ...others.filter((report) => !isIgnored(analysis, report))].sort(
    (a, b) => a.span.start - b.span.start,
  );
};

/** A fault with the run that proved it. */
export interface ProvedFault {
  readonly report: ProblemReport;
  readonly problem: Problem;
  readonly run: Run;
  /** Where the chunk begins to which a node of the document belongs; undefined for nodes of other files. */
  readonly placeOf: (node: Node) => number | undefined;
}

/** The faults of a document, each once: where one is certain in one run and conditional in another, as the certain one. */
export const provedFaults = (analysis: Analysis, language: Language): readonly ProvedFault[] => {
  const places = placesOf(analysis);
  const found = new Map<string, ProvedFault>();
  for (const run of runsOf(analysis)) {
    const cx = contextAt({ run, text: analysis.text, start: 0 });
    for (const problem of run.trace.problems) {
      if (restsOnAbsence(run, problem) || !isJudged(problem) || isEmptyWay(problem.path)) continue;
      const report = reportOf(analysis, cx, places, problem, language);
      if (!report || isIgnored(analysis, report)) continue;
      const key = `${report.code} ${report.span.start} ${report.span.end}`;
      const known = found.get(key);
      if (known && !(known.report.severity === 'warning' && report.severity === 'error')) continue;
      found.set(key, { report, problem, run, placeOf: (node) => places.get(node) });
    }
  }
  return [...found.values()];
};

type Run = ClassRun | Readable;

const runsOf = (analysis: Analysis): readonly Run[] => [
  ...analysis.classes.map(({ run }) => run),
  { trace: analysis.script.trace, facts: noFacts, entries: [] },
];

/** Whether a size that is worked out is 0 on the way: `in_channels // 2 == 0` is asked of what is always given. */
const isEmptyWay = (path: Path | null): boolean => {
  for (let at = path; at; at = at.outer) {
    const { relation } = at.choice;
    const isZero = (relation?.kind === 'eq' && at.holds) || (relation?.kind === 'ne' && !at.holds);
    if (isZero && !at.when && relation.right === 0 && symbolOf(relation.left) === undefined) return true;
  }
  return false;
};

/** What a constructor would have been given: a class that is looked at alone says nothing of it. */
const restsOnAbsence = (run: Run, { fault, node }: Problem): boolean => {
  if (!('cls' in run)) return false;
  if (node === run.cls.site?.node) return true;
  if (fault.code === 'not-callable') return fault.data.type === 'none';
  // An input that is indexed by a name is a dictionary.
  if (fault.code === 'index-type') return fault.data.found === 'str';
  const init = run.cls.attrs.get('__init__');
  const params = init?.kind === 'function' ? init.node.params : [];
  // `anchors=()` only says that nothing need be given to see the class; a table of nothing is never built.
  if (fault.code === 'view-infer' && fault.data.known === 0)
    return params.some(({ default: value }) => isNothing(value));
  return fault.code === 'missing-argument' && params.some(({ form }) => form.startsWith('var-'));
};

const isNothing = (value: Expr | undefined): boolean =>
  (value?.kind === 'Tuple' || value?.kind === 'List') && value.items.length === 0;

/** Where each node of the document lies: the start of its chunk. */
type Places = ReadonlyMap<Node, number>;

const placesOf = ({ syntax }: Analysis): Places => {
  const places = new Map<Node, number>();
  for (const { start, chunk } of syntax.chunks)
    walk(chunk.stmt, (node) => {
      places.set(node, start);
      return undefined;
    });
  return places;
};

const reportOf = (
  analysis: Analysis,
  cx: Context,
  places: Places,
  problem: Problem,
  language: Language,
): ProblemReport | undefined => {
  const { fault, node, calls, path, certain } = problem;
  const chain = [...(node ? [node] : []), ...calls.filter((call) => call !== node)].filter((n) => places.has(n));
  const [at, ...others] = chain;
  if (!at) return undefined;
  const start = places.get(at) ?? 0;
  const condition = certain ? undefined : conditionOf(path);
  const remedy = remedyOf(fault);
  const message = [faultWords(cx.r, fault), ...(remedy ? [remedy] : [])];
  const whole = condition ? [text`${words('when ', '当 ')}${condition}${words('', ' 时')}`, ...message] : message;
  return {
    span: at === node ? placed(argumentSpan(cx, at, fault.names) ?? at, start) : placed(at, start),
    code: fault.code,
    severity: certain ? 'error' : 'warning',
    message: say(condition ? join(whole, ': ', '：') : join(whole, '; ', '；'), language),
    related: others.filter(isCall).map((call) => ({
      path: analysis.path,
      span: placed(call, places.get(call) ?? 0),
      message: say(words('called from here', '由此处调用'), language),
    })),
    ...(condition && { assumes: say(condition, language) }),
  };
};

const placed = ({ start, end }: Node, by: number): Span => ({ start: by + start, end: by + end });

/** The undecided conditions of a path, outermost first; undefined where there are only assumed ones. */
const conditionOf = (path: Path | null): Words | undefined => {
  const parts: Words[] = [];
  for (let at = path; at; at = at.outer)
    if (!at.assumed) {
      const { text: source } = at.choice;
      parts.unshift(plain(at.holds ? source : opposite(source)));
    }
  return parts.length === 0 ? undefined : join(parts, ' and ', ' 且 ');
};

/** The argument that is at fault, where the call says it itself. */
const argumentSpan = (cx: Context, node: Node, names: readonly string[]): Node | undefined => {
  const [name] = names;
  if (name === undefined || !isCall(node)) return undefined;
  const keyword = node.args.find((arg) => arg.name === name);
  if (keyword) return keyword.value;
  const family = familyAt(cx.r.value(node.func));
  const at = family?.rows[0]?.signature.params.findIndex((param) => param.name === name) ?? -1;
  const shift =
    family?.kind === 'function' && node.func.kind === 'Attribute' && cx.r.value(node.func)?.kind === 'method' ? 1 : 0;
  const arg = at < shift ? undefined : node.args[at - shift];
  return arg?.star === 0 && arg.name === undefined ? arg.value : undefined;
};

const isCall = (node: Node): node is Call => 'kind' in node && node.kind === 'Call';

const familyAt = (callee: Value | undefined): Family | undefined => {
  if (callee?.kind === 'class') return callee.layer;
  if (callee?.kind === 'method') return familyAt(callee.func);
  return callee?.kind === 'op' ? callee.family : undefined;
};

const IGNORE = /#\s*tensorscribe:\s*ignore(?:\[([^\]]*)\])?/;

/** `# tensorscribe: ignore[code]` on the line of a finding, or without a code for all of them. */
const isIgnored = ({ lines, syntax }: Analysis, { span, code }: ProblemReport): boolean =>
  syntax.comments.some((comment) => {
    if (lineAt(lines, comment.start) !== lineAt(lines, span.start)) return false;
    const ignored = IGNORE.exec(comment.text);
    return ignored !== null && (ignored[1] === undefined || ignored[1].split(',').some((one) => one.trim() === code));
  });
