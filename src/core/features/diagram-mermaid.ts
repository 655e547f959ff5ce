import type { DiagramModel, DiagramNode } from './diagram-model';

/** The diagram as a Mermaid flowchart, for Markdown pages that draw it; nothing in it is placed. */
export const diagramMermaid = (model: DiagramModel): string => {
  const names = new Map(model.nodes.map((node, i) => [node.id, `n${i}`] as const));
  const children = new Map<string | undefined, DiagramNode[]>();
  for (const node of model.nodes) {
    const known = children.get(node.parent);
    if (known) known.push(node);
    else children.set(node.parent, [node]);
  }
  const lines = [`flowchart ${model.direction === 'down' ? 'TB' : 'LR'}`];
  const put = (parent: string | undefined, indent: string): void => {
    for (const node of children.get(parent) ?? []) {
      const name = names.get(node.id) ?? '';
      if (node.shape !== 'container') {
        lines.push(`${indent}${name}${shaped(node)}${classOf(node)}`);
        continue;
      }
      lines.push(`${indent}subgraph ${name}["${quoted(title(node))}"]`);
      put(node.id, `${indent}  `);
      lines.push(`${indent}end`);
    }
  };
  put(undefined, '  ');
  const seen = new Set<string>();
  for (const { source, target, label, condition } of model.edges) {
    const key = `${names.get(source)} ${condition === undefined ? '-->' : '-.->'} ${names.get(target)}`;
    // An edge that crosses containers is several pieces; the one with the label tells most.
    if (seen.has(key) || (!label && model.edges.some((e) => e.source === source && e.target === target && e.label)))
      continue;
    seen.add(key);
    const arrow = condition === undefined ? '-->' : '-.->';
    const text = label ? `|"${quoted(label.text)}"|` : '';
    lines.push(`  ${names.get(source)} ${arrow}${text} ${names.get(target)}`);
  }
  lines.push(...STYLES, '');
  return lines.join('\n');
};

const quoted = (text: string): string => text.replaceAll('"', '#quot;');

const title = ({ title: name, subtitle, repeat }: DiagramNode): string =>
  [name, subtitle, repeat].filter((part) => part !== '').join(' ');

const shaped = (node: DiagramNode): string => {
  const text = quoted([node.title, node.subtitle, node.note, node.repeat].filter((part) => part !== '').join('<br>'));
  switch (node.shape) {
    case 'circle':
      return `(("${text}"))`;
    case 'end':
    case 'pill':
      return `(["${text}"])`;
    case 'box':
    case 'container':
      return `["${text}"]`;
  }
};

const classOf = ({ family, fault }: DiagramNode): string => `:::${fault === undefined ? family : 'fault'}`;

const STYLES = [
  '  classDef convolution fill:#ecf4ff,stroke:#0969da,color:#1f2328',
  '  classDef normalisation fill:#f6f0ff,stroke:#8250df,color:#1f2328',
  '  classDef activation fill:#ebf8ef,stroke:#1a7f37,color:#1f2328',
  '  classDef pooling fill:#fff2e8,stroke:#bc4c00,color:#1f2328',
  '  classDef linear fill:#fff8e0,stroke:#9a6700,color:#1f2328',
  '  classDef merge fill:#ffffff,stroke:#59636e,color:#1f2328',
  '  classDef reshape fill:#e8f6f7,stroke:#1b7c83,color:#1f2328',
  '  classDef other fill:#ffffff,stroke:#59636e,color:#1f2328',
  '  classDef fault fill:#ffebe9,stroke:#d1242f,color:#1f2328',
];
