import { type Dim, parse, symbol } from '../dims';
import { inputFaults, type Language, say } from '../explain';
import type { Given } from '../interp';
import type { Library, Words } from '../ops';
import type { Value } from '../values';
import type { Analysis, ClassUnit } from './analysis';
import { literal } from './panel-literal';

/** What a reader has typed about a class, by the names of inputs and of constructor parameters. Empty texts say nothing. */
export interface GivenTexts {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly args?: Readonly<Record<string, string>>;
}

/** What the texts mean, and what is wrong with those that mean nothing; these are left out. */
export interface ParsedGiven {
  readonly given: Given;
  readonly messages: {
    readonly inputs: Readonly<Record<string, string>>;
    readonly args: Readonly<Record<string, string>>;
  };
}

/** Reads what was typed about a class: shapes such as `B, 3, 224, 224`, and Python literals for the constructor. */
export const parseGiven = (
  analysis: Analysis,
  className: string,
  texts: GivenTexts,
  language: Language,
): ParsedGiven => {
  const unit = analysis.classes.find(({ name }) => name === className);
  const inputNames = unit?.run.method?.node.params.slice(1).map((p) => p.name) ?? [];
  const parameters = parametersOf(unit);
  const inputs = new Map<string, Value>();
  const args = new Map<string, Value>();
  const messages = { inputs: new Map<string, string>(), args: new Map<string, string>() };
  for (const [name, text] of Object.entries(texts.inputs ?? {})) {
    if (text.trim() === '') continue;
    if (!inputNames.includes(name)) {
      messages.inputs.set(name, say(inputFaults.name(name, inputNames), language));
      continue;
    }
    const shape = parseShape(text, new Set(parameters));
    if ('fault' in shape) messages.inputs.set(name, say(shape.fault, language));
    else inputs.set(name, inputTensor(libraryOf(unit), name, shape.dims));
  }
  for (const [name, text] of Object.entries(texts.args ?? {})) {
    if (text.trim() === '') continue;
    if (!parameters.includes(name)) {
      messages.args.set(name, say(inputFaults.name(name, parameters), language));
      continue;
    }
    const value = literal(text, analysis.module.scope);
    if (value) args.set(name, value);
    else messages.args.set(name, say(inputFaults.literal(text.trim()), language));
  }
  return {
    given: { inputs, args },
    messages: { inputs: Object.fromEntries(messages.inputs), args: Object.fromEntries(messages.args) },
  };
};

const inputTensor = (lib: Library, name: string, dims: readonly Dim[]): Value => ({
  kind: 'tensor',
  lib,
  shape: { dims },
  origin: name,
  layout: 'contiguous',
});

/** The library that a class is of. */
export const libraryOf = (unit: ClassUnit | undefined): Library =>
  unit?.run.cls.mro.some((c) => c.path === 'paddle.nn.Layer') ? 'paddle' : 'torch';

/** The names of the constructor's parameters: a size of that name is the same size. */
const parametersOf = (unit: ClassUnit | undefined): readonly string[] => {
  const init = unit?.run.cls.mro.map((c) => c.attrs.get('__init__')).find((f) => f?.kind === 'function');
  if (init?.kind === 'function') return init.node.params.slice(1).map((p) => p.name);
  return unit?.run.cls.fields?.map((field) => field.name) ?? [];
};

/** The sizes of a shape: integers, names, and expressions of them; or why the text is none. */
const parseShape = (
  text: string,
  parameters: ReadonlySet<string>,
): { readonly dims: readonly Dim[] } | { readonly fault: Words } => {
  const inner = text.trim().replace(/^[[(](.*)[\])]$/s, '$1');
  const parts = splitTop(inner.replace(/[，、]/g, ','));
  if (parts.at(-1) === '') parts.pop();
  if (parts.length === 0) return { fault: inputFaults.empty };
  const dims: Dim[] = [];
  for (const part of parts) {
    if (part === '') return { fault: inputFaults.empty };
    const size = parse(part, (name) =>
      parameters.has(name) ? symbol(`p:${name}`, name, 'rigid') : symbol(`g:${name}`, name, 'free'),
    );
    if (size === undefined) return { fault: inputFaults.size(part) };
    if (typeof size === 'number' && size < 0) return { fault: inputFaults.negative(part) };
    dims.push(size);
  }
  return { dims };
};

/** The parts between commas that stand in no bracket. */
const splitTop = (text: string): string[] => {
  const parts: string[] = [''];
  let depth = 0;
  for (const char of text) {
    if ('([⌊⌈'.includes(char)) depth++;
    if (')]⌋⌉'.includes(char)) depth--;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim());
};
