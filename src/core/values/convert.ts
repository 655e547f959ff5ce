import { symbol } from '../dims';
import type { Arg } from '../ops';
import { memberValue } from './keys';
import { int, type ListValue, list, type ObjectValue, type OpaqueValue, type Value } from './value';

/** A parameter that nobody has told us about, used as a size: the symbol of its path. */
export const opaqueSize = ({ path, input }: OpaqueValue) => symbol(`${input ? 'i' : 'p'}:${path}`, path, 'rigid');

/** How many elements a sequence has that nobody has told us about. */
export const opaqueLength = ({ path, input }: OpaqueValue) =>
  symbol(`${input ? 'i' : 'p'}:len(${path})`, `len(${path})`, 'rigid');

/** An attribute or an element of a parameter that nobody has told us about. */
export const opaquePart = ({ input, path }: OpaqueValue, step: string): OpaqueValue => ({
  kind: 'opaque',
  path: path + step,
  ...(input && { input }),
});

/** Any element of a list of which an annotation says what its elements are. */
const opaqueElement = (value: OpaqueValue): OpaqueValue | undefined =>
  value.element && { ...opaquePart(value, '[…]'), type: value.element };

/** A list as an op sees it, its elements by `asArg`. */
export const listArg = ({ items, count, parts }: ListValue, asArg: (item: Value) => Arg): Arg => {
  if (count === null) return { kind: 'sequence', items: items.map(asArg) };
  const known = parts ?? (items.length === 1 ? [{ items, count }] : undefined);
  const many = known?.flatMap((part) => part.items.map((item) => ({ item: asArg(item), times: part.count })));
  return { kind: 'unknown', why: 'a list of unknown length', ...(many && { many }) };
};

/** What an op sees of a value. Alternatives must have been told apart before. */
export const toArg = (value: Value): Arg => {
  switch (value.kind) {
    case 'none':
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
    case 'ellipsis':
    case 'dtype':
    case 'device':
    case 'tensor':
    case 'unknown':
      return value;
    case 'tuple':
      return { kind: 'tuple', items: value.items.map(toArg) };
    case 'list':
      return listArg(value, toArg);
    case 'range': {
      const { start, stop, step } = value;
      if (typeof start !== 'number' || typeof stop !== 'number' || typeof step !== 'number') {
        return { kind: 'unknown', why: 'a range of unknown length' };
      }
      const items: Arg[] = [];
      for (let at = start; step > 0 ? at < stop : at > stop; at += step) items.push(int(at));
      return { kind: 'sequence', items };
    }
    case 'slice':
      return { kind: 'slice', lower: toArg(value.lower), upper: toArg(value.upper), step: toArg(value.step) };
    case 'opaque':
      return opaqueArg(value);
    case 'function':
      return { kind: 'callable', name: value.name };
    case 'class':
      return { kind: 'callable', name: value.name };
    case 'op':
      return { kind: 'callable', name: value.family.path };
    case 'builtin':
      return { kind: 'callable', name: value.name };
    case 'partial':
    case 'method':
      return { kind: 'callable', name: value.kind };
    case 'object': {
      const plain = memberValue(value);
      return plain ? toArg(plain) : { kind: 'other', name: value.cls.path ?? value.cls.name, ...recordOf(value) };
    }
    case 'either':
    case 'unbound':
      return { kind: 'unknown', why: 'it depends on a condition' };
    case 'iterator':
    case 'dict':
    case 'set':
    case 'descriptor':
    case 'super':
    case 'namespace':
    case 'module':
      return { kind: 'other', name: value.kind };
  }
};

/** What the rows of a library's own objects read of them. */
const recordOf = ({ cls, attrs }: ObjectValue): { readonly fields?: ReadonlyMap<string, Arg> } =>
  cls.path !== undefined && /^torch\.distributions\.|^PackedSequence$/.test(cls.path)
    ? { fields: new Map([...attrs].map(([name, held]) => [name, toArg(held)])) }
    : {};

const opaqueArg = (value: OpaqueValue): Arg => {
  switch (value.type) {
    case 'str':
    case 'bool':
    case 'dict':
      return { kind: 'unknown', why: `${value.path} is not known` };
    case 'list': {
      const element = opaqueElement(value);
      if (element) return listArg(list([element], opaqueLength(value)), toArg);
      return { kind: 'unknown', why: `${value.path} is not known` };
    }
    case 'float':
      return { kind: 'float', announced: true };
    default:
      return int(opaqueSize(value));
  }
};

/** The value that an op's answer is. */
export const fromArg = (arg: Arg): Value => {
  switch (arg.kind) {
    case 'tuple':
      return { ...arg, items: arg.items.map(fromArg) };
    case 'sequence':
      return list(arg.items.map(fromArg));
    case 'slice':
      return { kind: 'slice', lower: fromArg(arg.lower), upper: fromArg(arg.upper), step: fromArg(arg.step) };
    case 'callable':
    case 'other':
      return { kind: 'unknown', why: arg.name };
    default:
      return arg;
  }
};
