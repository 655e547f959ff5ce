import { describe, expect, test } from 'vitest';
import { lineIndex, positionAt } from '../../../src/core';
import type { ClassUnit } from '../../../src/core/features/analysis';
import { idiomsOf } from '../../../src/core/idioms';
import { type SyntaxNode, walk } from '../../../src/core/syntax';
import { analyse, pythonFiles } from '../features/support';

/** `#~ kind` stands on the line of the first step of an idiom, and on the line of a class that is one as a whole. */
const marked = (text: string): readonly string[] =>
  text.split('\n').flatMap((line, i) => {
    const at = line.indexOf('#~ ');
    return at < 0
      ? []
      : line
          .slice(at + 3)
          .split('#~')
          .map((kind) => `${i + 1} ${kind.trim()}`);
  });

const nodesOf = ({ node }: ClassUnit): ReadonlySet<object> => {
  const nodes = new Set<SyntaxNode>();
  walk(node, (inner) => {
    nodes.add(inner);
    return undefined;
  });
  return nodes;
};

describe.each(pythonFiles('test/models/idioms'))('%s', (_, text) => {
  test('shows the idioms that it says, and no others', async () => {
    const index = lineIndex(text);
    const { classes } = await analyse(text);
    const found = classes.flatMap((unit) => {
      const lineAt = (node: { readonly start: number }): number => positionAt(index, unit.start + node.start).line + 1;
      const own = nodesOf(unit);
      return [unit.run, ...unit.explored].flatMap((run) => {
        const { all, wholes } = idiomsOf(run);
        const steps = all.flatMap(({ kind, steps: [first] }) =>
          first && own.has(first.node) ? [`${lineAt(first.node)} ${kind}`] : [],
        );
        const self = run.trace.events.find(({ parent }) => parent < 0)?.layer;
        const whole = self && wholes.get(self);
        return whole ? [`${lineAt(unit.node)} ${whole.idiom.kind}`, ...steps] : steps;
      });
    });
    expect([...new Set(found)].toSorted(byLine)).toEqual(marked(text));
  });
});

const byLine = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);
