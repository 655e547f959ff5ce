import type { Dim } from '../dims';
import { type Formula, formulasOf, type Operand, type Reader } from '../explain';
import type { Candidate, Operator, Ref, RegionLayer, Step } from '../fuse';
import type { GraphNode, LayerGraph } from '../graph';

/** What the code calls a call: `dense.conv`, without `self.`; an operator by its sign. */
export const pathOf = ({ nodes }: LayerGraph, node: GraphNode): string => {
  const names: string[] = [];
  for (
    let at: GraphNode | undefined = node;
    at && at.id > 0;
    at = at.parent === undefined ? undefined : nodes[at.parent]
  )
    names.unshift(at.name);
  return names.join('.');
};

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

export const layerName = (graph: LayerGraph, { node, role }: RegionLayer): string =>
  role === 'sign' ? '−1' : node.role === 'layer' ? pathOf(graph, node) : operandName(graph, node);

/** A factor by what it multiplies with: `gamma` of `gamma ×`. */
const operandName = (graph: LayerGraph, node: GraphNode): string => {
  const path = pathOf(graph, node);
  return path.replace(/^(.*?)([^.]*?)\s*[×+÷−]\s*([^.]*)$/, (_, _before, left: string, right: string) => {
    const name = `${left}${right}`.trim();
    return name === '' ? path : name;
  });
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
    offsetOf(naming, step),
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
    case 'average':
      return { kind: 'pool', window: operator.axes.map((a) => naming.r.dim(a.kernel)).join('·') };
    default:
      return { kind: 'weighted', name, bias: operator.shift };
  }
};

/** Where the first tap of an embedded kernel goes: `u + 1, v + 1`. */
const offsetOf = ({ candidate, r }: Naming, { inputs, result }: Pick<Step, 'inputs' | 'result'>): string => {
  const [ref] = inputs;
  const from = ref && operatorOf(candidate, ref);
  if (from?.op !== 'conv' || result.op !== 'conv') return 'u';
  const letters = ['u', 'v', 'w'];
  return result.axes
    .map((axis, i) => {
      const own = from.axes[i] ?? axis;
      return indexText(letters[i] ?? 'u', own.dilation, own.kernel, axis.dilation, [axis.before, own.before], r);
    })
    .join(', ');
};

const indexText = (
  letter: string,
  own: Dim,
  kernel: Dim,
  host: Dim,
  [wide, narrow]: readonly [Dim, Dim],
  r: Reader,
): string => {
  if (typeof own !== 'number' || typeof host !== 'number' || typeof wide !== 'number' || typeof narrow !== 'number')
    return `${letter} + (${r.dim(wide)} − ${r.dim(narrow)})`;
  const [factor, shift] = [own / host, (wide - narrow) / host];
  const index = kernel === 1 ? '' : factor === 1 ? letter : `${factor}·${letter}`;
  if (index === '') return `${shift}`;
  return shift === 0 ? index : `${index} + ${shift}`;
};

/** The operator that a reference stands for. */
export const operatorOf = ({ region, plan }: Candidate, ref: Ref): Operator | undefined =>
  ref.kind === 'layer' ? region.layers[ref.id]?.operator : ref.kind === 'step' ? plan.steps[ref.id]?.result : undefined;
