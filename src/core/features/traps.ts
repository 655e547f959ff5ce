import { noFacts } from '../dims';
import { type Language, type Reader, relatedWords, say, trapFixWords, trapWords } from '../explain';
import { type Node, type SyntaxNode, walk } from '../syntax';
import type { TextEdit } from '../text';
import { fileTraps, type Subject, type Trap, trapsOf } from '../traps';
import type { Analysis, ClassUnit } from './analysis';
import { contextAt } from './context';
import type { ProblemReport } from './report';

/** What runs in the classes of a document and is hardly what was meant, with the edits that mend it. */
export const traps = (analysis: Analysis, language: Language): readonly ProblemReport[] => [
  ...analysis.classes.flatMap((unit) => {
    const { r } = contextAt({ ...unit, text: analysis.text });
    return trapsOf(subjectOf(analysis, unit)).map((trap) => reportOf(analysis, r, unit.start, trap, language));
  }),
  ...trapsOfFile(analysis, language),
];

const trapsOfFile = (analysis: Analysis, language: Language): readonly ProblemReport[] => {
  const { text, syntax, module, classes, script } = analysis;
  const run = { trace: script.trace, facts: noFacts, entries: [] };
  const { r } = contextAt({ run, text, start: 0 });
  const chunks = syntax.chunks
    .filter(({ chunk }) => !chunk.broken)
    .map(({ start, chunk }) => ({ start, stmt: chunk.stmt }));
  const source = (start: number, end: number): string => text.slice(start, end);
  return fileTraps({ chunks, vars: module.scope.vars, classes, source }).map(([start, trap]) =>
    reportOf(analysis, r, start, trap, language),
  );
};

const reportOf = (analysis: Analysis, r: Reader, chunk: number, trap: Trap, language: Language): ProblemReport => {
  const place = ({ start, end }: Node, from = chunk) => ({ start: from + start, end: from + end });
  const title = trapFixWords(r, trap);
  return {
    span: place(trap.node),
    code: trap.code,
    severity: trap.kind === 'problem' ? 'error' : trap.kind,
    message: say(trapWords(r, trap), language),
    related: trap.related.map((related) => ({
      path: analysis.path,
      span: place(related.node, related.chunk),
      message: say(relatedWords(related), language),
    })),
    ...(title && {
      fix: {
        title: say(title, language),
        edits: trap.edits.map((edit): TextEdit => ({ ...place(edit), newText: edit.newText })),
      },
    }),
  };
};

const subjectOf = ({ text }: Analysis, { run, node, start }: ClassUnit): Subject => {
  const own = new Map<Node, SyntaxNode>();
  walk(node, (inner) => {
    own.set(inner, inner);
    return undefined;
  });
  return {
    run,
    node,
    own,
    lib: run.cls.mro.some(({ path }) => path === 'paddle.nn.Layer') ? 'paddle' : 'torch',
    source: (at) => text.slice(start + at.start, start + at.end),
    file: text,
  };
};
