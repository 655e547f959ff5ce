import { type ClassRun, isKept, type LayerEvent, type OpEvent, type Path, TRAINING } from '../interp';
import { oncePer } from '../once';
import type { Arg } from '../ops';
import type { Shape } from '../shapes';
import type { ObjectValue, Value } from '../values';
import { type Draft, type DraftNode, draft, finish, remember, reusable } from './draft';
import { isLibraryLayer, rootEvent, type Step, stepsByParent } from './events';
import { bareName, familyOf, isSilent, joins, opName } from './families';
import { flopsOfLayer, flopsOfOp } from './flops';
import { carriers, casesBeyond, casesOf, decidedOn, type Origin, originsOf, produce } from './flow';
import type { LayerGraph } from './graph';
import { within } from './names';
import { calleeText, operandText } from './operands';
import { placeOf } from './places';

interface Build {
  readonly run: ClassRun;
  readonly draft: Draft;
  readonly steps: ReadonlyMap<number, readonly Step[]>;
}

/** The layer graph of a class that was run; a run that ended early gives the part that was reached. */
export const layerGraph = oncePer((run: ClassRun): LayerGraph => {
  const work: Build = { run, draft: draft(run), steps: stepsByParent(run.trace) };
  const at = rootEvent(run);
  const event = run.trace.events[at];
  const root = addNode(work, undefined, {
    role: 'container',
    name: run.cls.name,
    type: run.cls.name,
    module: run.self,
    definition: placeOf(run.cls.site?.module, run.cls.site?.node),
  });
  for (const entry of run.entries) addInput(work, root, entry.name, entry.value);
  if (event) walk(work, root, at, event);
  if (run.output) addOutputs(work, root, 'output', run.output);
  root.end = work.draft.nodes.length;
  return finish(work.draft);
});

const EMPTY: Pick<
  DraftNode,
  'type' | 'family' | 'module' | 'op' | 'ran' | 'call' | 'definition' | 'fault' | 'repeat' | 'path' | 'flops'
> = {
  type: '',
  family: 'other',
  module: undefined,
  op: undefined,
  ran: undefined,
  call: undefined,
  definition: undefined,
  fault: undefined,
  repeat: null,
  path: null,
  flops: 0,
};

const addNode = (
  { draft: { nodes } }: Build,
  parent: DraftNode | undefined,
  given: Pick<DraftNode, 'role' | 'name'> & Partial<DraftNode>,
): DraftNode => {
  const path = given.path ?? null;
  const node: DraftNode = {
    ...EMPTY,
    inputs: [],
    outputs: [],
    ...given,
    id: nodes.length,
    parent: parent?.id,
    end: nodes.length + 1,
    allCases: casesOf(path),
    cases: casesBeyond(casesOf(path), parent?.allCases ?? []),
    paths: [path],
  };
  nodes.push(node);
  return node;
};

/** The shapes of the tensors in a value, as they are on a path. */
const shapesIn = (value: Value | Arg, path: Path | null = null): Shape[] =>
  carriers(value).flatMap((c) => {
    if (c.kind === 'tensor') return [c.shape];
    const holds = c.kind === 'either' ? decidedOn(path, c.condition.key) : undefined;
    return c.kind === 'either' && holds !== undefined ? shapesIn(holds ? c.yes : c.no, path) : [];
  });

const addInput = (work: Build, root: DraftNode, name: string, value: Value): void => {
  if (carriers(value).length === 0) return;
  const node = addNode(work, root, { role: 'input', name, outputs: shapesIn(value) });
  produce(work.draft.flow, value, node.id, null);
};

const addOutputs = (work: Build, root: DraftNode, name: string, value: Value): void => {
  if (value.kind === 'tuple' || value.kind === 'list') {
    for (const [i, item] of value.items.entries()) addOutputs(work, root, `${name}[${i}]`, item);
    return;
  }
  if (value.kind === 'dict') {
    for (const { key, value: item } of value.entries.values())
      addOutputs(work, root, `${name}['${key.kind === 'str' ? key.value : '…'}']`, item);
    return;
  }
  const all = carriers(value);
  if (all.length === 0) return;
  const node = addNode(work, root, { role: 'output', name, inputs: shapesIn(value), outputs: shapesIn(value) });
  for (const carrier of all) connect(work, node, 0, carrier, null, originsOf(work.draft.flow, carrier, null));
};

const connect = (
  { draft: { edges } }: Build,
  node: DraftNode,
  slot: number,
  value: Value,
  path: Path | null,
  origins: readonly Origin[],
): void => {
  const shape = value.kind === 'tensor' ? value.shape : undefined;
  for (const { node: from, cases } of origins)
    edges.push({ from, to: node.id, slot, shape, cases, path, fault: node.fault !== undefined });
};

/** Connects what a call was given on one way. */
const connectAll = (work: Build, node: DraftNode, given: readonly (Value | Arg)[], path: Path | null): void => {
  for (const [slot, argument] of given.entries())
    for (const value of carriers(argument))
      connect(work, node, slot, value, path, originsOf(work.draft.flow, value, path));
};

const walk = (work: Build, container: DraftNode, index: number, event: LayerEvent): void => {
  for (const step of work.steps.get(index) ?? [])
    if (step.kind === 'op') addOp(work, container, step.event, event);
    else addModule(work, container, step.event, step.index, event);
};

const addModule = (work: Build, parent: DraftNode, event: LayerEvent, index: number, outer: LayerEvent): void => {
  const { run, draft: d } = work;
  const self = event.layer;
  const isLayer = isLibraryLayer(event);
  const given = [...event.inputs, ...event.keywords.values()];
  const known = reusable(d, parent, event.node, self, event.path);
  const path = d.names.modules.get(self);
  const node =
    known ??
    addNode(work, parent, {
      role: isLayer ? 'layer' : 'container',
      name: path === undefined ? self.cls.name : within(path, moduleName(work, parent)),
      type: self.cls.name,
      family: isLayer ? familyOf(self.cls.path?.split('.').at(-1) ?? layerType(self)) : 'other',
      module: self,
      call: placeOf(event.module, event.node),
      definition: placeOf(self.site?.module, self.site?.node),
      fault: isLayer ? faultOf(work, event, index) : undefined,
      repeat: event.repeat === outer.repeat ? null : event.repeat,
      path: event.path,
      inputs: given.flatMap((v) => shapesIn(v, event.path)),
      ran: isLayer ? ownOp(work, index) : undefined,
      flops: isLayer ? flopsOfLayer(run, event, ownOp(work, index)) : 0,
    });
  if (known) known.paths.push(event.path);
  else remember(d, event.node, node);
  node.outputs.push(...shapesIn(event.output));
  if (isLayer) {
    connectAll(work, node, given, event.path);
    produce(d.flow, event.output, node.id, event.path);
    return;
  }
  walk(work, node, index, event);
  node.end = d.nodes.length;
  // A module that could not be followed is one box, as one of which only its name is known; one that hands its input on is none.
  if (node.end > node.id + 1 || known) return;
  if (event.output.kind !== 'unknown' && !isKept(self.cls)) d.nodes.pop();
  else {
    connectAll(work, node, given, event.path);
    produce(d.flow, event.output, node.id, event.path);
  }
};

const layerType = (self: ObjectValue): string => self.cls.mro.find((c) => c.layer)?.name ?? self.cls.name;

const moduleName = ({ draft: { names } }: Build, node: DraftNode): string =>
  (node.module && names.modules.get(node.module)) ?? '';

const ownOp = ({ steps }: Build, index: number): OpEvent | undefined =>
  steps
    .get(index)
    ?.flatMap((s) => (s.kind === 'op' && s.event.family?.kind === 'layer' ? [s.event] : []))
    .at(-1);

/** The fault that the layer's op proved, or one that stands at the call itself. */
const faultOf = (work: Build, event: LayerEvent, index: number) =>
  ownOp(work, index)?.fault ?? work.run.trace.problems.find((p) => p.node === event.node)?.fault;

const addOp = (work: Build, parent: DraftNode, event: OpEvent, outer: LayerEvent): void => {
  const { flow } = work.draft;
  const { args, output, path } = event;
  const given = [...args.positional, ...args.keywords.values()];
  const inputs = given.flatMap((v) => carriers(v));
  const result = event.name === '[]=' ? args.positional[0] : output;
  if (!result || carriers(result).length === 0) return;
  const bare = bareName(event.name);
  const tracked = inputs.filter((v) => originsOf(flow, v, path).length > 0);
  if (isSilent(bare)) {
    for (const carrier of carriers(result))
      if (!inputs.includes(carrier)) work.draft.copies.set(carrier, { values: inputs });
    return;
  }
  if (tracked.length === 0 && !inputs.some((v) => v.kind === 'tensor')) return;
  const known = reusable(work.draft, parent, event.node, undefined, path);
  const parameters = parameterNames(work, parent, given);
  const isMerge = tracked.length > 1 && joins(bare);
  const text = isMerge ? '' : operandText(event, parameters);
  const node =
    known ??
    addNode(work, parent, {
      role: isMerge ? 'merge' : 'op',
      name: nameOfOp(event, text, tracked.length === 0 ? parameters[0] : undefined),
      op: text === '' ? event : undefined,
      // `super().forward(x)` of a library layer reads what the module itself holds.
      module: event.family?.kind === 'layer' ? outer.layer : undefined,
      ran: event,
      family: isMerge ? 'merge' : familyOf(bare),
      call: placeOf(event.module, event.node),
      fault: event.fault,
      repeat: event.repeat === outer.repeat ? null : event.repeat,
      path,
      inputs: tracked.flatMap((v) => shapesIn(v, path)),
      flops: flopsOfOp(work.run, event, outer.layer),
    });
  if (known) known.paths.push(path);
  else remember(work.draft, event.node, node);
  // What a call is given in eval mode says more than what it is given in training.
  if (known && decidedOn(path, TRAINING) === false) known.ran = event;
  node.outputs.push(...shapesIn(output));
  connectAll(work, node, given, path);
  produce(flow, result, node.id, path);
};

/** With the number or parameter that it works with; with the parameter that it starts from, where no tensor flows in. */
const nameOfOp = (event: OpEvent, text: string, start: string | undefined): string => {
  if (event.name === '?') return calleeText(event);
  const name = text === '' ? opName(event.name) : text;
  return start === undefined || text !== '' ? name : `${start} · ${name}`;
};

/** The names of the learnable tensors among the arguments, as the module says them. */
const parameterNames = (work: Build, parent: DraftNode, given: readonly (Value | Arg)[]): readonly string[] =>
  given.flatMap((arg) => {
    const id = arg.kind === 'tensor' && 'parameter' in arg ? arg.parameter?.id : undefined;
    const path = id === undefined ? undefined : work.draft.names.parameters.get(id);
    return path === undefined ? [] : [within(path, moduleName(work, parent))];
  });
