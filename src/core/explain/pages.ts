import type { ClassRun } from '../interp';
import { describe, type Family, type Twin, type Words } from '../ops';
import type { FunctionDef } from '../syntax';
import type { ObjectValue, TensorValue, Value } from '../values';
import { assumedWords } from './assumed';
import { chain } from './chains';
import { requirementsOf } from './conditions';
import type { Context } from './context';
import { type Count, parameterCount, parameterWords } from './counts';
import { familyOf, layerWords, roleOf } from './layers';
import { containerOf, kindOf, moduleRole, moduleStep, partsOf } from './modules';
import { type OwnTensor, ownTensors } from './parameters';
import type { Reader } from './reader';
import { classWords, outputText, suppositions, wholeShapes } from './summary';
import { join, plain, text, words } from './words';

/** Paragraphs of Markdown, in both languages. */
export type Page = readonly Words[];

const bold = (part: Words): Words => text`**${part}**`;
const code = (part: string): Words => plain(`\`${part}\``);

/** A module: what it is, its tensors, its formula, the shapes of this call. */
export const modulePage = (
  r: Reader,
  module: ObjectValue,
  call?: { readonly input?: Value; readonly output?: Value },
  basis: Words = plain(''),
): Page => {
  const family = familyOf(module);
  const title = family ? layerTitle(r, module) : (moduleRole(r, module) ?? ownTitle(r, module));
  const count = parameterCount(module);
  return [
    bold(text`${title}${basis}`),
    ...(family ? layerFacts(r, module, family) : partsList(r, module)),
    ...shapesLine(r, call),
    ...(count === undefined || count.all === 0 ? [] : countLine(r, count)),
    ...(family ? opFacts(family, missingTerms(module)) : []),
  ];
};

const layerTitle = (r: Reader, module: ObjectValue): Words => {
  const said = layerWords(r, module);
  return said ? roleOf(said) : plain(module.cls.name);
};

const ownTitle = (r: Reader, module: ObjectValue): Words => {
  const kind = kindOf(r, module);
  return kind ? text`${module.cls.name}${words(': ', '：')}${kind}` : plain(module.cls.name);
};

const layerFacts = (r: Reader, module: ObjectValue, family: Family): Page => {
  const tensors = ownTensors(module, family);
  const meaning = describe(family).meaning;
  const intro = meaning.en === '' ? [] : [text`\`${nameOf(family)}\`${words(': ', '：')}${meaning}`];
  if (tensors.length === 0) return intro;
  const head = words('| tensor | shape | starts as |\n|---|---|---|', '| 张量 | 形状 | 初值 |\n|---|---|---|');
  const rows = tensors.map((tensor) => row(r, tensor));
  return [...intro, join([head, ...rows], '\n', '\n'), ...axisNotes(tensors)];
};

const row = (r: Reader, { name, title, shape, trained, init }: OwnTensor): Words => {
  const kind = trained ? plain('') : words(' (not trained)', '（不训练）');
  const label = name === title.en ? words(`\`${name}\``, `${title.zh} \`${name}\``) : text`${title} \`${name}\``;
  return text`| ${label}${kind} | \`${r.shape(shape) ?? '?'}\` | ${init ?? plain('')} |`;
};

const axisNotes = (tensors: readonly OwnTensor[]): Page =>
  tensors.flatMap(({ name, axes }) => (axes ? [text`\`${name}\`${words(': ', '：')}${axes}${words('.', '。')}`] : []));

const nameOf = ({ path }: Family): string => shortPath(path);

const shortPath = (path: string): string =>
  path.replace(/^(torch|paddle)\.nn\.functional\./, 'F.').replace(/^(torch|paddle)\.nn\./, 'nn.');

const shapesLine = (r: Reader, call: { readonly input?: Value; readonly output?: Value } | undefined): Page => {
  const from = call?.input && outputText({ r }, call.input);
  const to = call?.output && outputText({ r }, call.output);
  if (to === undefined) return [];
  const way = from === undefined ? code(to) : text`${code(from)} → ${code(to)}`;
  return [text`${words('Here: ', '此处：')}${way}`];
};

const countLine = (r: Reader, count: Count): Page => {
  const said = parameterWords({ r }, count);
  return said ? [said] : [];
};

/** The parts of a container or of a class of the user. */
const partsList = (r: Reader, module: ObjectValue): Page => {
  const parts = partsOf(module);
  if (!parts || parts.length === 0 || containerOf(module) === undefined) return [];
  const steps = parts.map((part) => moduleStep(r, part) ?? plain(part.cls.name));
  return steps.length <= 12 ? [chain(steps)] : [];
};

/** What a formula says of a tensor that a layer can be without. */
const OPTIONAL_TERMS: readonly { readonly name: string; readonly term: RegExp }[] = [
  { name: 'bias', term: /\bb\[o\] \+ | \+ (?:b|bₒ|β)(?= |$)/ },
  { name: 'weight', term: /γ·/ },
];

const missingTerms = (layer: ObjectValue): readonly RegExp[] =>
  OPTIONAL_TERMS.filter(({ name }) => layer.attrs.get(name)?.kind === 'none').map(({ term }) => term);

/** Formula and remarks of an op, and what the other library has for it. */
const opFacts = (family: Family, missing: readonly RegExp[] = []): Page => {
  const { formula: whole, remarks, twin } = describe(family);
  const formula = missing.reduce<string | undefined>((text, term) => text?.replace(term, ''), whole);
  return [
    ...(formula === undefined ? [] : [plain(`\`\`\`text\n${formula}\n\`\`\``)]),
    ...remarks,
    ...(twin ? [twinWords(family, twin)] : []),
  ];
};

/** `PyTorch: nn.Linear; its weight is [out, in].` for those who carry models over. */
const twinWords = ({ lib }: Family, { path, differs }: Twin): Words => {
  const [name, zh] = lib === 'paddle' ? ['PyTorch', 'PyTorch 对应'] : ['Paddle', 'Paddle 对应'];
  const said = words(`${name}: \`${shortPath(path)}\``, `${zh} \`${shortPath(path)}\``);
  return differs ? text`${said}${words('; ', '；')}${differs}` : said;
};

/** An op where it is called. */
export const opPage = (
  r: Reader,
  family: Family,
  step: Words | undefined,
  call: { readonly input?: Value; readonly output?: Value },
  axes?: Words,
): Page => {
  const { meaning, signatures } = describe(family);
  const title = step ?? plain(nameOf(family));
  return [
    bold(title),
    ...(meaning.en === '' ? [] : [text`\`${nameOf(family)}\`${words(': ', '：')}${meaning}`]),
    ...shapesLine(r, call),
    ...(axes ? [axes] : []),
    ...opFacts(family),
    ...signatures.slice(0, 1).map((signature) => plain(`\`\`\`python\n${signature}\n\`\`\``)),
  ];
};

/** A tensor that a layer owns: `self.conv.weight`. */
export const tensorPage = (r: Reader, owner: ObjectValue, name: string, value: TensorValue): Page => {
  const family = familyOf(owner);
  const own = family && ownTensors(owner, family).find((tensor) => tensor.name === name);
  const shape = r.shape(value.shape);
  const title =
    own && own.title.en !== name
      ? text`${own.title} \`${name}\``
      : words(`\`${name}\``, `${own?.title.zh ?? ''} \`${name}\``.trim());
  const role = value.parameter?.trained
    ? words('learnable', '可学习')
    : words('saved with the model, not trained', '随模型保存，不训练');
  const lines = [shape === undefined ? role : text`\`${shape}\`${words(', ', '，')}${role}`];
  if (own?.axes) lines.push(text`${words('Axes: ', '各维：')}${own.axes}${words('.', '。')}`);
  if (own?.init) lines.push(text`${words('Starts as: ', '初值：')}${own.init}`);
  return [bold(title), ...lines];
};

/** A class: what it is, its shapes, what must hold, how much it learns. */
export const classPage = (cx: Context, run: ClassRun, forward: FunctionDef | undefined): Page => {
  const title = classWords(cx, run, forward) ?? plain(run.cls.name);
  const shapes = wholeShapes(cx, run);
  const demands = requirementsOf(run, cx.r);
  const assumed = assumedWords(run);
  const count = run.self && run.partial === undefined ? parameterCount(run.self) : undefined;
  return [
    bold(title),
    ...(shapes ? [text`${shapes}${suppositions(run)}`] : []),
    ...(assumed ? [assumed] : []),
    ...(demands.length === 0 ? [] : [text`${words('Needs: ', '条件：')}${join(demands, '; ', '；')}`]),
    ...(count === undefined ? [] : countLine(cx.r, count)),
  ];
};

/** A required parameter of a constructor: what it stands for in every shape. */
export const symbolPage = (name: string): Page => [
  words(
    `**${name}**: given to the constructor; a symbol in all shapes, so that they hold for every value`,
    `**${name}**：构造参数；在各形状中以符号出现，因此对任何取值都成立`,
  ),
];

/** A value that is no module: its shape, size or constant. Undefined where nothing is known. */
export const valuePage = (r: Reader, name: string, value: Value, how: Words | undefined): Page | undefined => {
  const shown = valueText(r, value);
  if (shown === undefined) return undefined;
  const tensor = value.kind === 'tensor' || outputText({ r }, value) !== undefined;
  const title = plain(tensor ? `**${name}** \`${shown}\`` : `\`${name} = ${shown}\``);
  return how ? [title, how] : [title];
};

const valueText = (r: Reader, value: Value): string | undefined => {
  switch (value.kind) {
    case 'tensor':
      return r.shape(value.shape);
    case 'int':
      return r.spelt(value.value);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'str':
      return value.value.length <= 60 ? JSON.stringify(value.value).replace(/^"|"$/g, "'") : undefined;
    case 'float':
      return value.value === undefined ? undefined : `${value.value}`;
    case 'none':
      return 'None';
    case 'tuple':
    case 'list': {
      const parts = value.items.map((item) => valueText(r, item));
      if (parts.some((p) => p === undefined) || parts.length > 12) return undefined;
      const count = value.kind === 'list' && value.count !== null ? ` × ${r.dim(value.count)}` : '';
      return value.kind === 'list' ? `[${parts.join(', ')}]${count}` : `(${parts.join(', ')})`;
    }
    default:
      return undefined;
  }
};
