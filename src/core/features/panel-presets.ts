import { noFacts } from '../dims';
import { type Language, labelsIn, lineWords, reader, say } from '../explain';
import type { Entry } from '../interp';
import { type SyntaxNode, walk } from '../syntax';
import { lineAt } from '../text';
import type { Analysis, ClassUnit } from './analysis';
import type { PanelField } from './panel-model';

type Preset = PanelField['presets'][number];

/** Shapes worth trying for an input: as the code calls the class, as the file makes tensors, and a usual image. */
export const presetsOf = (
  analysis: Analysis,
  unit: ClassUnit,
  entry: Entry,
  index: number,
  language: Language,
): readonly Preset[] => {
  const all: Preset[] = [
    { label: labelsIn(language).symbolic, text: '' },
    ...called(analysis, unit, entry, index),
    ...made(analysis, language).filter(({ text }) => fits(entry, text)),
    ...(fits(entry, IMAGE) && rankOf(entry) === 4 ? [{ label: 'ImageNet', text: IMAGE }] : []),
  ];
  const seen = new Set<string>();
  return all.filter(({ text }) => !seen.has(text) && seen.add(text)).slice(0, 6);
};

const IMAGE = '1, 3, 224, 224';

const rankOf = ({ value }: Entry): number | undefined =>
  value.kind === 'tensor' && !value.shape.rest ? value.shape.dims.length : undefined;

/** Whether numbers can be the shape of an input: as many, and equal where the code says a number. */
const fits = ({ value }: Entry, text: string): boolean => {
  if (value.kind !== 'tensor') return false;
  const sizes = text.split(',').map(Number);
  const { dims, rest } = value.shape;
  if (rest) return sizes.length >= dims.length;
  return sizes.length === dims.length && dims.every((d, i) => typeof d !== 'number' || d === sizes[i]);
};

/** What the statements of the file pass to an instance of the class. */
const called = ({ script: { trace } }: Analysis, unit: ClassUnit, entry: Entry, index: number): readonly Preset[] => {
  const r = reader({ trace, facts: noFacts, entries: [] });
  return trace.events.flatMap((event) => {
    if (event.layer.cls.name !== unit.name || event.parent >= 0) return [];
    const value = event.keywords.get(entry.name) ?? event.inputs[index];
    const shape = value?.kind === 'tensor' && !value.shape.rest ? r.shape(value.shape) : undefined;
    return shape === undefined ? [] : [{ label: `${unit.name}(…)`, text: shape.slice(1, -1) }];
  });
};

const MAKERS = new Set(['randn', 'rand', 'zeros', 'ones', 'empty', 'randint', 'normal']);

/** Tensors that the file makes with a plain shape: `torch.randn(1, 3, 224, 224)`. */
const made = ({ syntax, lines }: Analysis, language: Language): readonly Preset[] =>
  syntax.chunks.flatMap(({ start, chunk }) => {
    // Inside a class such a call is a parameter or a state, not an input.
    if (chunk.stmt.kind === 'ClassDef') return [];
    const found: Preset[] = [];
    walk(chunk.stmt, (node) => {
      const sizes = madeShape(node);
      if (sizes)
        found.push({ label: say(lineWords(lineAt(lines, start + node.start) + 1), language), text: sizes.join(', ') });
      return true;
    });
    return found;
  });

const madeShape = (expr: SyntaxNode): readonly number[] | undefined => {
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute' || !MAKERS.has(expr.func.attr)) return undefined;
  const values = expr.args.filter((arg) => arg.name === undefined).map((arg) => arg.value);
  const list = values.find((v) => v.kind === 'List' || v.kind === 'Tuple');
  const items = list && (list.kind === 'List' || list.kind === 'Tuple') ? list.items : values;
  const sizes = items.map((item) => (item.kind === 'Num' && item.type === 'int' ? item.value : undefined));
  return sizes.length > 0 && sizes.every((n) => n !== undefined) ? sizes : undefined;
};
