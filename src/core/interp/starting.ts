import { findFamily, type Library, tensorAttribute } from '../ops';
import type { Expr, Parameter } from '../syntax';
import { type ClassValue, type FunctionValue, unknown, type Value } from '../values';
import type { Entry, Given } from './alone';
import { type Annotated, annotatedValue, readAnnotation } from './annotations';
import { SPECIFICATION } from './builtins/example-calls';
import { entryTensor } from './entries';
import { classesIn } from './instances';
import type { Machine } from './machine';
import { isHolder, isListOfTensors, isMappingOfNames, isPack } from './tensor-lists';
import { typeComments } from './type-comments';

const LIBRARY_ROOT = 'paddle.nn.Layer';

export const libraryOf = (cls: ClassValue): Library =>
  cls.mro.some((c) => c.path === LIBRARY_ROOT) ? 'paddle' : 'torch';

/** The inputs of a class as a run begins with them: what is given, what the code says of them, or nothing. */
export const startingEntries = (
  m: Machine,
  cls: ClassValue,
  method: FunctionValue | undefined,
  given: Given,
): readonly Entry[] => {
  if (!method) return inheritedEntries(cls, given);
  const entries: Entry[] = [];
  const types = typeComments(method);
  const specified = method.attrs.get(SPECIFICATION);
  for (const [index, param] of method.node.params.slice(1).entries()) {
    if (param.form === 'var-keyword' || (param.form === 'var-positional' && !isList(method, param.name))) continue;
    const known = given.inputs?.get(param.name) ?? specifiedInput(specified, index, param.name);
    if (param.default && !known) continue;
    entries.push({ name: param.name, value: known ?? freeEntry(m, cls, param, method, types) });
  }
  return entries;
};

/** Whether the body takes a parameter for a list of tensors: `for x in xs`, `concat(xs)`. */
const isList = ({ node }: FunctionValue, name: string): boolean =>
  node.kind === 'FunctionDef' && isListOfTensors(node.body, name);

/** The input that `@to_static(input_spec=[…])` says. */
const specifiedInput = (specified: Value | undefined, index: number, name: string): Value | undefined => {
  const spec = specified?.kind === 'list' || specified?.kind === 'tuple' ? specified.items[index] : undefined;
  return spec?.kind === 'tensor' ? { ...spec, origin: name } : undefined;
};

/** A class that inherits `forward` from a library layer or from `Sequential` has one input. */
const inheritedEntries = (cls: ClassValue, given: Given): readonly Entry[] => {
  const home = cls.mro.find((c) => c.layer || /\.Sequential$/.test(c.path ?? ''));
  if (!home) return [];
  const name = home.layer && libraryOf(cls) === 'paddle' ? 'x' : 'input';
  const known = given.inputs?.get(name);
  return [{ name, value: known ?? entryTensor(libraryOf(cls), name, [], 0) }];
};

/** An input that nobody has described: a tensor of unknown rank, unless its annotation or its use says something else. */
const freeEntry = (
  m: Machine,
  cls: ClassValue,
  { name, annotation, form }: Parameter,
  method: FunctionValue,
  types: ReadonlyMap<string, Expr>,
): Value => {
  const lib = libraryOf(cls);
  const said =
    form === 'var-positional' ? undefined : readAnnotation(annotation ?? types.get(name), classesIn(m, method.scope));
  const known = said ?? takenFor(method, name);
  const tensor = (path: string): Value => entryTensor(lib, path, [], 0);
  const free = tensor(name);
  if (!known && isObject(m, method, name, free)) return unknown(`what ${name} holds`);
  return known ? annotatedValue(known, { kind: 'opaque', path: name, input: true }, { lib, tensor }) : free;
};

/** Whether the body takes a parameter for something that has other attributes than tensors: `batch.edge_index`. */
const isObject = (m: Machine, { node }: FunctionValue, name: string, free: Value): boolean => {
  if (node.kind !== 'FunctionDef' || free.kind !== 'tensor') return false;
  const isMember = (attr: string): boolean =>
    tensorAttribute(free, attr, m.context) !== undefined ||
    m.native.has(`Tensor.${attr}`) ||
    findFamily(`torch.Tensor.${attr}`) !== undefined;
  return isHolder(node.body, name, isMember);
};

/** What the body takes a parameter for. */
const takenFor = ({ node }: FunctionValue, name: string): Annotated | undefined => {
  if (node.kind !== 'FunctionDef') return undefined;
  if (isListOfTensors(node.body, name)) return TENSORS;
  if (isMappingOfNames(node.body, name)) return MAPPING;
  return isPack(node.body, name) ? PACK : undefined;
};

const TENSORS: Annotated = { kind: 'many', keyed: false, element: { kind: 'tensor' } };
const MAPPING: Annotated = { kind: 'many', keyed: true, element: undefined };
const PACK: Annotated = { kind: 'many', keyed: false, element: undefined, mixed: true };
