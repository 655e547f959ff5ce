import { fuseWords, type Language, reader, say, wholeShapes, words } from '../explain';
import { candidatesOf, savingOf } from '../fuse';
import type { ClassRun } from '../interp';
import type { Words } from '../ops';
import type { Span } from '../text';
import type { Analysis, ClassUnit } from './analysis';
import { foldingRun } from './kernel-run';

/** A link over a class. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
  readonly kind: 'annotate' | 'shapes' | 'diagram' | 'kernel';
  readonly className: string;
}

/** What can be done with each class of a document. */
export const lenses = (analysis: Analysis, language: Language): readonly Lens[] =>
  analysis.classes.flatMap((unit) => {
    const { name, node, start } = unit;
    const { shapes, kernel } = titlesOf(unit);
    const at = { start: start + node.nameStart, end: start + node.nameStart + name.length };
    const links: readonly (readonly [Lens['kind'], Words])[] = [
      ['annotate', words('annotate', '写注释')],
      ['shapes', shapes],
      ['diagram', words('diagram', '结构图')],
      ...(kernel ? ([['kernel', kernel]] as const) : []),
    ];
    return links.map(([kind, title]): Lens => ({ span: at, title: say(title, language), kind, className: name }));
  });

/** The titles that have to be worked out. */
interface Titles {
  readonly shapes: Words;
  readonly kernel: Words | undefined;
}

const known = new WeakMap<ClassRun, Titles>();

/** The run of a class that was not touched is the same after a keystroke, and so are its titles. */
const titlesOf = (unit: ClassUnit): Titles => {
  const { run } = unit;
  const shapes = () => wholeShapes({ r: reader(run) }, run) ?? words('shapes', '形状');
  const titles = known.get(run) ?? { shapes: shapes(), kernel: foldingOf(foldingRun(unit)) };
  known.set(run, titles);
  return titles;
};

/** How many layers fold away, or into which one all branches do; undefined where nothing folds. */
const foldingOf = (run: ClassRun): Words | undefined => {
  const { candidates, wires } = candidatesOf(run);
  const [only, more] = candidates;
  const rest = only && !more && only.plan.steps.length > 0 ? only.plan.rest : undefined;
  if (rest?.kind === 'one' && rest.operator.op === 'conv' && only?.region.tree.kind === 'sum')
    return fuseWords.one(rest.operator.axes.map((a) => (typeof a.kernel === 'number' ? a.kernel : 'k')).join('×'));
  const savings = candidates.map((candidate) => savingOf(wires, candidate));
  const away = savings.reduce((n, { before, after }) => n + Math.max(0, before.layers - after.layers), 0);
  return away === 0 ? undefined : fuseWords.away(away);
};
