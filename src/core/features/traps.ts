import { type Language, relatedWords, say, trapFixWords, trapWords } from '../explain';
import { type Node, type SyntaxNode, walk } from '../syntax';
import type { TextEdit } from '../text';
import { type Subject, trapsOf } from '../traps';
import type { Analysis, ClassUnit } from './analysis';
import { contextAt } from './context';
import type { ProblemReport } from './report';

/** What runs in the classes of a document and is hardly what was meant, with the edits that mend it. */
export const traps = (analysis: Analysis, language: Language): readonly ProblemReport[] =>
  analysis.classes.flatMap((unit) => trapsIn(analysis, unit, language));

const trapsIn = (analysis: Analysis, unit: ClassUnit, language: Language): readonly ProblemReport[] => {
  const { r } = contextAt({ ...unit, text: analysis.text });
  const place = <T extends Node>({ start, end }: T) => ({ start: unit.start + start, end: unit.start + end });
  return trapsOf(subjectOf(analysis, unit)).map((trap): ProblemReport => {
    const title = trapFixWords(r, trap);
    return {
      span: place(trap.node),
      code: trap.code,
      severity: trap.kind === 'problem' ? 'error' : 'hint',
      message: say(trapWords(r, trap), language),
      related: trap.related.map((related) => ({
        path: analysis.path,
        span: place(related.node),
        message: say(relatedWords(related), language),
      })),
      ...(title && {
        fix: {
          title: say(title, language),
          edits: trap.edits.map((edit): TextEdit => ({ ...place(edit), newText: edit.newText })),
        },
      }),
    };
  });
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
