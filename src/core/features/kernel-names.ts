import { type Dim, same, sub } from '../dims';
import { type Formula, formulasOf, type Operand, type Reader, type Taps } from '../explain';
import type { Candidate, Operator, Ref, RegionLayer, Step } from '../fuse';
import type { GraphNode, LayerGraph } from '../graph';
import { fromArg, type Value } from '../values';

/** What the code calls a call: `dense.conv`, without `self.`; an operator by its sign. */
export const pathOf = ({ nodes }: LayerGraph, node: GraphNode): string => {
  const names: string[] = [];
  for (let at: GraphNode | undefined = node; at && at.id > 0; ) {
    names.unshift(at.name);
    const outer: GraphNode | undefined = at.parent === undefined ? undefined : nodes[at.parent];
    // A module that the one around it does not hold is called by its whole path.
    const isOwn: boolean = !at.module || at.role === 'op' || !outer?.module || outer.module.attrs.has(firstOf(at.name));
    at = isOwn ? outer : undefined;
  }
  return names.join('.');
};

const firstOf = (path: string): string => path.split('.')[0] ?? '';

/** What a plan calls its layers and the results of its steps. */
export interface Naming {
  readonly candidate: Candidate;
  readonly graph: LayerGraph;
  readonly lib: 'torch' | 'paddle';
  readonly r: Reader;
}

/** The name of what goes into a step. */
export const refName = ({ candidate, graph }: Naming, ref: Ref): string => {
  switch (ref.kind) {
    case 'identity':
      return 'x';
    case 'step':
      return `K${ref.id + 1}`;
    case 'layer': {
      const layer = candidate.region.layers[ref.id];
      return layer ? layerName(graph, layer) : '?';
    }
  }
};

export const layerName = (graph: LayerGraph, layer: RegionLayer): string => {
  const { node, role } = layer;
  if (role === 'sign') return '−1';
  if (layer.operator.op === 'border') return pathOf(graph, { ...node, name: 'pad' });
  return node.role === 'layer' || isOfOwner(graph, layer) ? modulePath(graph, node) : operandName(graph, node);
};

/** What the code calls the module whose numbers a call uses: for `F.batch_norm(x, self.running_mean, …)` that is `self`. */
export const modulePath = (graph: LayerGraph, node: GraphNode): string => {
  const owner = ownerOf(graph, node);
  const path = owner ? pathOf(graph, owner) : '';
  return path === '' ? pathOf(graph, node) : path;
};

const isOfOwner = (graph: LayerGraph, { node, operator }: RegionLayer): boolean =>
  (operator.op !== 'diagonal' || operator.role === 'norm') && ownerOf(graph, node) !== undefined;

const parameterId = (value: Value | undefined): readonly number[] => {
  if (value?.kind === 'either') return [...parameterId(value.yes), ...parameterId(value.no)];
  return value?.kind === 'tensor' && value.parameter ? [value.parameter.id] : [];
};

/** The module that calls a function with its own `weight` or statistics. */
export const ownerOf = ({ nodes }: LayerGraph, { role, parent, ran }: GraphNode): GraphNode | undefined => {
  const owner = role === 'layer' || parent === undefined ? undefined : nodes[parent];
  const own = ['weight', 'running_mean', '_mean'].flatMap((name) => parameterId(owner?.module?.attrs.get(name)));
  const used = [...(ran?.args.positional ?? []), ...(ran?.args.keywords.values() ?? [])].map(fromArg);
  const isOwn = used.some((value) => parameterId(value).some((id) => own.includes(id)));
  // A subclass of the layer runs the layer's function itself.
  const isHeir = /batch_?norm/i.test(ran?.name ?? '') && owner?.module?.cls.mro.some((c) => c.layer) === true;
  return isOwn || isHeir ? owner : undefined;
};

/** What a factor multiplies with, as the graph calls it: `gamma` of `gamma ×`. */
const operandOfSign = (node: GraphNode): string => node.name.replace(/\s*[×+÷−]\s*/, '').trim();

/** Whether the module in which a factor stands holds what it multiplies with. */
export const isHeld = (graph: LayerGraph, node: GraphNode): boolean => {
  const [first = ''] = operandOfSign(node).split('.');
  return graph.nodes[node.parent ?? 0]?.module?.attrs.has(first) === true;
};

/** A factor by what it multiplies with: `block.gamma` of `gamma ×` in `block`. */
export const operandName = (graph: LayerGraph, node: GraphNode): string => {
  const own = operandOfSign(node);
  const owner = graph.nodes[node.parent ?? 0];
  if (own === '') return pathOf(graph, node);
  return isHeld(graph, node) && owner ? [pathOf(graph, owner), own].filter((part) => part !== '').join('.') : own;
};

/** The formulas of a step in the names of the class. */
export const stepFormulas = (
  naming: Naming,
  step: Pick<Step, 'rule' | 'inputs' | 'result'>,
  number: number,
): readonly Formula[] =>
  formulasOf(
    step.rule,
    step.inputs.map((ref) => operandOf(naming, ref)),
    number,
    tapsOf(naming, step),
  );

const operandOf = (naming: Naming, ref: Ref): Operand => {
  const { candidate, lib } = naming;
  if (ref.kind === 'identity') return { kind: 'identity' };
  if (ref.kind === 'step') return { kind: 'step', number: ref.id + 1 };
  const layer = candidate.region.layers[ref.id];
  const name = refName(naming, ref);
  if (!layer) return { kind: 'identity' };
  const { operator } = layer;
  switch (operator.op) {
    case 'diagonal':
      return operator.role === 'norm'
        ? { kind: 'norm', name, lib }
        : operator.role === 'identity'
          ? { kind: 'identity' }
          : { kind: 'value', name, adds: operator.role === 'add' };
    case 'border':
      return { kind: 'identity' };
    case 'average':
      return { kind: 'pool', window: operator.axes.map((a) => naming.r.dim(a.kernel)).join('·') };
    default:
      return { kind: 'weighted', name, bias: operator.shift };
  }
};

/** Where the taps of an embedded kernel go: `u, v` to `u + 1, v + 1`. */
const tapsOf = ({ candidate, r }: Naming, { inputs, result }: Pick<Step, 'inputs' | 'result'>): Taps => {
  const [ref] = inputs;
  const [from, to] = [ref && windowOf(operatorOf(candidate, ref)), windowOf(result)];
  if (!from || !to) return { from: 'u', to: 'u' };
  const letters = ['u', 'v', 'w'].slice(3 - from.length);
  const index = (i: number): string => (same(from[i]?.kernel ?? 0, 1) ? '' : (letters[i] ?? 'u'));
  return {
    from: from.map((_, i) => index(i) || '0').join(', '),
    to: to.map((axis, i) => tapText(index(i), from[i] ?? axis, axis, r)).join(', '),
  };
};

interface Slide {
  readonly kernel: Dim;
  readonly dilation: Dim;
  readonly padding: Dim;
}

const windowOf = (operator: Operator | undefined): readonly Slide[] | undefined => {
  if (operator?.op === 'conv') return operator.axes.map((a) => ({ ...a, padding: a.before }));
  return operator?.op === 'transposed' ? operator.axes : undefined;
};

/** `(u·d_b + p − p_b)/d`. */
const tapText = (letter: string, own: Slide, host: Slide, r: Reader): string => {
  const shift = sub(host.padding, own.padding);
  const sizes = [own.dilation, host.dilation, shift].map((d) => (typeof d === 'number' ? d : Number.NaN));
  const [narrow = 1, wide = 1, by = 0] = sizes;
  const factor = own.dilation === host.dilation ? 1 : narrow / wide;
  const index = letter === '' ? '' : factor === 1 ? letter : `${Number.isNaN(factor) ? '…' : factor}·${letter}`;
  const start = Number.isNaN(by) ? r.dim(shift) : `${by / wide}`;
  if (index === '') return start;
  return start === '0' ? index : `${index} + ${start}`;
};

/** The operator that a reference stands for. */
export const operatorOf = ({ region, plan }: Candidate, ref: Ref): Operator | undefined =>
  ref.kind === 'layer' ? region.layers[ref.id]?.operator : ref.kind === 'step' ? plan.steps[ref.id]?.result : undefined;
