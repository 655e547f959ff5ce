import { print } from '../../../src/core/dims';
import { detailOf, type GraphNode, type LayerGraph, layerGraph } from '../../../src/core/graph';
import { printShape } from '../../../src/core/shapes';
import { analyse } from '../features/support';

const HEADER = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n';

/** The layer graph of a class in Python, whose imports are given. */
export const graphOf = async (source: string, name: string): Promise<LayerGraph> => {
  const analysis = await analyse(HEADER + source);
  const unit = analysis.classes.find((one) => one.name === name);
  if (!unit) throw new Error(`no class ${name}`);
  return layerGraph(unit.run);
};

/** One line a node: depth by dots, name, detail, where its tensors come from, its shapes. */
export const sketch = ({ nodes, edges }: LayerGraph): readonly string[] =>
  nodes.slice(1).map((node) => {
    const from = edges
      .filter((e) => e.to === node.id)
      .map((e) => `${nodes[e.from]?.name}${e.cases.map((c) => `{${c.holds ? '' : 'not '}${c.text}}`).join('')}`);
    const detail = detailOf(node, print);
    const marks = [
      ...node.cases.map((c) => `if ${c.holds ? '' : 'not '}${c.text}`),
      ...(node.repeat === null ? [] : [`×${print(node.repeat)}`]),
      ...(node.fault ? [`!${node.fault.code}`] : []),
      ...(node.stale ? ['stale'] : []),
    ];
    return [
      '.'.repeat(depthOf(nodes, node) - 1) + node.name,
      ...(detail === '' ? [] : [`(${detail})`]),
      ...(from.length === 0 ? [] : [`← ${from.join(', ')}`]),
      ...node.outputs.map((shape) => printShape(shape)),
      ...marks,
    ].join(' ');
  });

const depthOf = (nodes: readonly GraphNode[], node: GraphNode): number =>
  node.parent === undefined ? 0 : 1 + depthOf(nodes, nodes[node.parent] ?? node);
