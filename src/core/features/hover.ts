import {
  basisOf,
  type Context,
  calledOp,
  classPage,
  fuseWords,
  isModule,
  type Language,
  modulePage,
  opPage,
  type Page,
  say,
  spaced,
  statementSteps,
  symbolPage,
  tensorPage,
  valuePage,
  whenWords,
  writtenWords,
} from '../explain';
import { foldingMethods, writtenFusion } from '../fuse';
import type { Call, FunctionDef, SyntaxNode } from '../syntax';
import type { Span } from '../text';
import type { Value } from '../values';
import type { Analysis, ClassUnit } from './analysis';
import { contextAt } from './context';
import { foldedWith } from './kernel-folds';
import { foldingHeadline } from './kernel-headline';
import { kernelWords } from './kernel-known';
import { foldingRun } from './kernel-run';
import { type Place, placeAt } from './places';

/** What is shown when the pointer rests on a word; Markdown. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
  /** The class whose preview of fused kernels tells more. */
  readonly folding?: { readonly title: string; readonly className: string };
}

/** The explanation of what stands at an offset; undefined where there is nothing to say. */
export const hover = (analysis: Analysis, offset: number, language: Language): Hover | undefined => {
  const place = placeAt(analysis, offset);
  if (!place) return undefined;
  const found =
    aboutName(analysis, place, offset) ?? aboutParameter(analysis, place) ?? aboutExpression(analysis, place);
  if (!found) return undefined;
  const { node, page, folding } = found;
  const when = whenWords(place.cases);
  const parts = when ? [...page, when] : page;
  return {
    span: { start: place.start + node.start, end: place.start + node.end },
    markdown: parts.map((part) => (language === 'en' ? part.en : spaced(say(part, language)))).join('\n\n'),
    ...(folding && { folding: { title: say(fuseWords.preview, language), className: folding } }),
  };
};

const contextOf = ({ text }: Analysis, { run, start, unit, fn }: Place): Context =>
  contextAt({ run, text, start, node: unit?.node }, fn);

interface Found {
  readonly node: Span;
  readonly page: Page;
  /** The class with layers that fold, which it is about. */
  readonly folding?: string | undefined;
}

/** On the name of a class in its own line. */
const aboutName = (analysis: Analysis, { nodes, unit, start }: Place, offset: number): Found | undefined => {
  const [stmt] = nodes;
  if (stmt?.kind === 'FunctionDef' && unit) return aboutFolding(unit, stmt, offset - start);
  if (stmt?.kind !== 'ClassDef' || unit?.node !== stmt) return undefined;
  const node = { start: stmt.nameStart, end: stmt.nameStart + stmt.name.length };
  const at = offset - start;
  if (at < node.start || node.end < at) return undefined;
  const folding = foldingHeadline(foldingRun(unit));
  if (folding.folded === 0) return { node, page: pageOfClass(analysis, unit) };
  return { node, page: [...pageOfClass(analysis, unit), folding.words], folding: unit.name };
};

/** On the name of a method that folds layers: whether it does so rightly. */
const aboutFolding = (unit: ClassUnit, { name, start }: FunctionDef, at: number): Found | undefined => {
  const node = { start: start + 'def '.length, end: start + 'def '.length + name.length };
  if (at < node.start || node.end < at || !foldingMethods(unit.run.cls).includes(name)) return undefined;
  const verdict = writtenFusion(foldingRun(unit), unit.again).find(({ method }) => method === name);
  return verdict && { node, page: [writtenWords(verdict)], folding: unit.name };
};

const pageOfClass = (analysis: Analysis, unit: ClassUnit): Page => {
  const method = unit.run.method?.node;
  const forward = method?.kind === 'FunctionDef' ? method : undefined;
  return classPage(contextAt({ ...unit, text: analysis.text }, forward), unit.run, forward);
};

const aboutParameter = (analysis: Analysis, place: Place): Found | undefined => {
  const { parameter } = place;
  const value = parameter && place.run.trace.values.get(parameter)?.[0];
  if (!parameter || !value) return undefined;
  const cx = contextOf(analysis, place);
  const page = isModule(value)
    ? undefined
    : value.kind === 'opaque'
      ? symbolPage(parameter.name)
      : valuePage(cx.r, parameter.name, value, undefined);
  return page && { node: { start: parameter.start, end: parameter.start + parameter.name.length }, page };
};

const aboutExpression = (analysis: Analysis, place: Place): Found | undefined => {
  const cx = contextOf(analysis, place);
  const stmt = place.nodes.find(isAssignment);
  for (const [i, node] of place.nodes.entries()) {
    const outer = place.nodes[i + 1];
    const page = pageOf(analysis, cx, node, outer, stmt);
    const said = page && place.unit ? foldingWords(place.unit, cx, node, outer) : [];
    if (page) return said.length > 0 ? { node, page: [...page, ...said], folding: place.unit?.name } : { node, page };
    // The rest of a chain is about its head: `nn` in `nn.Conv2d`; anything wider is another thing.
    if (outer?.kind !== 'Attribute' && !(outer?.kind === 'Call' && outer.func === node)) return undefined;
  }
  return undefined;
};

/** What becomes of a layer when layers are folded, and what its kernel is where the code says it. */
const foldingWords = (unit: ClassUnit, { r }: Context, node: SyntaxNode, outer: SyntaxNode | undefined): Page => {
  const value = r.value(node) ?? (node.kind === 'Attribute' ? r.trace.stores.get(node) : undefined);
  const call = outer?.kind === 'Call' && outer.func === node ? outer : undefined;
  const module = value?.kind === 'class' && call ? r.value(call) : value;
  return [foldedWith(unit, module), kernelWords(unit, module, call)].filter((one) => one !== undefined);
};

type Assignment = Extract<SyntaxNode, { kind: 'Assign' | 'AnnAssign' | 'AugAssign' }>;

const isAssignment = (node: SyntaxNode): node is Assignment =>
  node.kind === 'Assign' || node.kind === 'AnnAssign' || node.kind === 'AugAssign';

const pageOf = (
  analysis: Analysis,
  cx: Context,
  node: SyntaxNode,
  outer: SyntaxNode | undefined,
  stmt: Assignment | undefined,
): Page | undefined => {
  const { r } = cx;
  const value = r.value(node) ?? (node.kind === 'Attribute' ? r.trace.stores.get(node) : undefined);
  const call = outer?.kind === 'Call' && outer.func === node ? outer : undefined;
  if (!value) return undefined;
  if (value.kind === 'class') return pageOfCallee(analysis, cx, value, call);
  if (isModule(value))
    return isSelf(node) ? undefined : modulePage(r, value, call ? flowAt(cx, call) : eventOf(cx, value));
  const op = call && calledOp(cx, call);
  if (op) return opPage(r, op.family, op.step, flowAt(cx, call), op.axes);
  if (node.kind === 'Attribute' && value.kind === 'tensor') {
    const owner = r.value(node.value);
    if (isModule(owner)) return tensorPage(r, owner, node.attr, value);
  }
  return valuePage(r, cx.source(node), value, stmt && isTarget(node, stmt) ? statementSteps(cx, stmt) : undefined);
};

const isSelf = (node: SyntaxNode): boolean => node.kind === 'Name' && node.id === 'self';

const isTarget = (node: SyntaxNode, stmt: Assignment): boolean =>
  stmt.kind === 'Assign' ? stmt.targets.some((target) => target === node) : stmt.target === node;

/** On the name of a class where it is called or named. */
const pageOfCallee = (
  analysis: Analysis,
  cx: Context,
  cls: Extract<Value, { kind: 'class' }>,
  call: Call | undefined,
): Page | undefined => {
  const made = call && cx.r.value(call);
  if (call && isModule(made) && (cls.layer || cls.path !== undefined))
    return modulePage(cx.r, made, eventOf(cx, made), basisOf(cx, call));
  const unit = analysis.classes.find(({ node }) => node === cls.site?.node);
  return unit ? pageOfClass(analysis, unit) : undefined;
};

/** What goes into a call and what comes out. */
const flowAt = (cx: Context, call: Call): { readonly input?: Value; readonly output?: Value } => {
  const [input, more] = cx.flow.inputs(call);
  const output = cx.r.value(call);
  return { ...(input && !more && { input }), ...(output && { output }) };
};

/** What went through a module where it was called once. */
const eventOf = ({ r }: Context, module: Value): { readonly input?: Value; readonly output?: Value } => {
  const [event, more] = r.trace.events.filter(({ layer }) => layer === module);
  if (!event || more) return {};
  const [input] = event.inputs;
  return { ...(input && { input }), output: event.output };
};
