import type { OpEvent } from '../interp';
import type { Arg, Family } from '../ops';
import type { Node } from '../syntax';
import type { ObjectValue, Value } from '../values';
import type { Subject } from './trap';

/** The plain values that an expression had; those of one side of a condition are what they are there. */
export const valuesAt = ({ run }: Subject, node: Node): readonly Value[] =>
  (run.trace.values.get(node) ?? []).flatMap(plain);

const plain = (value: Value): readonly Value[] => {
  if (value.kind === 'unbound') return [];
  return value.kind === 'either' ? [...plain(value.yes), ...plain(value.no)] : [value];
};

/** The one value that an expression had. */
export const valueAt = (subject: Subject, node: Node): Value | undefined => {
  const [only, more] = valuesAt(subject, node);
  return more ? undefined : only;
};

/** The layer of a library that an instance is, also through a class derived from it. */
export const layerOf = (value: Value | undefined): Family | undefined =>
  value?.kind === 'object' ? value.cls.mro.find((cls) => cls.layer)?.layer : undefined;

/** `Conv2d` of `torch.nn.Conv2d`. */
export const shortName = (family: Family): string => family.path.slice(family.path.lastIndexOf('.') + 1);

/** Whether a value is a layer whose class is called so in either library. */
export const isLayer = (value: Value | undefined, name: RegExp): value is ObjectValue => {
  const family = layerOf(value);
  return family !== undefined && name.test(shortName(family));
};

export const isBatchNorm = (value: Value | undefined): value is ObjectValue =>
  isLayer(value, /^(Sync)?BatchNorm(\d[dD])?$/);

/** A module: of a library, or of a class that the code defines. */
export const isModule = (value: Value | undefined): value is ObjectValue =>
  value?.kind === 'object' &&
  value.cls.mro.some(({ path }) => path === 'torch.nn.Module' || path === 'paddle.nn.Layer');

/** The modules below a value, itself included; lists of Python are looked into only where asked. */
export const modulesIn = (value: Value, containers: boolean): readonly ObjectValue[] => {
  switch (value.kind) {
    case 'object':
      return isModule(value) ? [value] : [];
    case 'list':
    case 'tuple':
      return containers ? value.items.flatMap((item) => modulesIn(item, containers)) : [];
    case 'dict':
      return containers ? [...value.entries.values()].flatMap((entry) => modulesIn(entry.value, containers)) : [];
    case 'either':
      return [...modulesIn(value.yes, containers), ...modulesIn(value.no, containers)];
    default:
      return [];
  }
};

/** Every module that training, saving and moving reach from an instance. */
export const registered = (self: ObjectValue, seen = new Set<ObjectValue>()): ReadonlySet<ObjectValue> => {
  for (const value of self.attrs.values())
    for (const module of modulesIn(value, false)) {
      if (seen.has(module)) continue;
      seen.add(module);
      registered(module, seen);
    }
  return seen;
};

/** Whether a module, or one below it, learns anything. */
export const learns = (module: ObjectValue, seen = new Set<ObjectValue>()): boolean => {
  if (seen.has(module)) return false;
  seen.add(module);
  return [...module.attrs.values()].some(
    (value) =>
      (value.kind === 'tensor' && value.parameter?.trained === true) ||
      modulesIn(value, false).some((inner) => learns(inner, seen)),
  );
};

/** The dotted path of a function of a library that ran; undefined for operators and what layers do. */
export const functionName = ({ family }: OpEvent): string | undefined =>
  family?.kind === 'function' ? family.path : undefined;

/** An argument by name, or by its place among the positional ones. */
export const argument = ({ args }: OpEvent, name: string, position: number): Arg | undefined =>
  args.keywords.get(name) ?? args.positional[position];

/** The known numbers of a value that is a number or a tuple of numbers, as layers keep their sizes. */
export const numbersIn = (value: Value | undefined): readonly number[] => {
  if (value?.kind === 'tuple' || value?.kind === 'list') return value.items.flatMap(numbersIn);
  return value?.kind === 'int' && typeof value.value === 'number' ? [value.value] : [];
};
