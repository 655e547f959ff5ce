import type { Library } from '../ops';
import { type Expr, readType } from '../syntax';
import { type ClassValue, type OpaqueValue, opaquePart, tuple, type Value } from '../values';

type PlainType = 'int' | 'float' | 'bool' | 'str';

const PLAIN: ReadonlyMap<string, PlainType> = new Map([
  ['int', 'int'],
  ['float', 'float'],
  ['bool', 'bool'],
  ['str', 'str'],
]);

/** Generic types of several elements, in either spelling. */
const SEQUENCES: ReadonlySet<string> = new Set([
  'list',
  'sequence',
  'tuple',
  'iterable',
  'collection',
  'mutablesequence',
]);
const CALLABLES: ReadonlySet<string> = new Set(['callable', 'type', 'module', 'layer']);
const MAPPINGS: ReadonlySet<string> = new Set(['dict', 'mapping', 'ordereddict', 'mutablemapping']);

/** What an annotation says of a value: what it is itself, or which elements it has. */
export type Annotated =
  | { readonly kind: 'plain'; readonly type: PlainType }
  | { readonly kind: 'tensor' }
  /** Something that is called, or a layer: never None. */
  | { readonly kind: 'callable' }
  | { readonly kind: 'instance'; readonly cls: ClassValue }
  | { readonly kind: 'tuple'; readonly items: readonly (Annotated | undefined)[] }
  /** `mixed`: elements that nobody has described may be tensors. */
  | { readonly kind: 'many'; readonly keyed: boolean; readonly element: Annotated | undefined; readonly mixed?: true };

/** The class that an annotation names where it stands, if its instances are followed. */
export type FindClass = (annotation: Expr) => ClassValue | undefined;

const nowhere: FindClass = () => undefined;

/** Reads an annotation; undefined where it says nothing that helps. */
export const readAnnotation = (annotation: Expr | undefined, classOf: FindClass = nowhere): Annotated | undefined => {
  if (!annotation) return undefined;
  if (annotation.kind === 'Str') return readAnnotation(readType(annotation.value), classOf);
  const name = nameOf(annotation);
  if (name !== undefined) {
    const type = PLAIN.get(name);
    if (type) return { kind: 'plain', type };
    if (name === 'Tensor') return { kind: 'tensor' };
    const cls = classOf(annotation);
    return cls ? { kind: 'instance', cls } : generic(name, [], classOf);
  }
  if (annotation.kind === 'BinOp' && annotation.op === '|') return union(alternativesOf(annotation));
  if (annotation.kind !== 'Subscript') return undefined;
  return generic(nameOf(annotation.value) ?? '', partsOf(annotation.index), classOf);
};

/** `A | B | C`. */
const alternativesOf = (expr: Expr): readonly Expr[] =>
  expr.kind === 'BinOp' && expr.op === '|' ? [...alternativesOf(expr.left), ...alternativesOf(expr.right)] : [expr];

const partsOf = (index: Expr): readonly Expr[] => (index.kind === 'Tuple' ? index.items : [index]);

const generic = (name: string, parts: readonly Expr[], classOf: FindClass): Annotated | undefined => {
  const [first, second] = parts;
  if (name === 'Annotated') return readAnnotation(first, classOf);
  if (name === 'Union') return union(parts);
  if (name === 'Optional') return optional(parts);
  const lower = name.toLowerCase();
  if (CALLABLES.has(lower)) return { kind: 'callable' };
  if (MAPPINGS.has(lower)) return { kind: 'many', keyed: true, element: readAnnotation(second, classOf) };
  if (!SEQUENCES.has(lower)) return undefined;
  // `tuple[int]` is what many write for a tuple of any length.
  if (lower === 'tuple' && parts.length > 1 && !parts.some(isEllipsis))
    return { kind: 'tuple', items: parts.map((part) => readAnnotation(part, classOf)) };
  return { kind: 'many', keyed: false, element: readAnnotation(first, classOf) };
};

/** What may be None as well is followed only where it is a tensor. */
const optional = (types: readonly Expr[]): Annotated | undefined => {
  const [only, ...others] = types;
  const known = others.length === 0 ? readAnnotation(only) : undefined;
  return known?.kind === 'tensor' ? known : undefined;
};

/** `list[int] | tuple[int, ...]`: several of the same, whatever holds them. */
const union = (types: readonly Expr[]): Annotated | undefined => {
  const [first, ...others] = types.map((type) => readAnnotation(type));
  const isMany = first?.kind === 'many' && !first.keyed && first.element?.kind === 'plain';
  return isMany && others.every((other) => isSame(first, other)) ? first : optional(types.filter((t) => !isNone(t)));
};

const isSame = (a: Annotated, b: Annotated | undefined): boolean =>
  a.kind === 'many' && b?.kind === 'many' && !b.keyed && isSamePlain(a.element, b.element);

const isSamePlain = (a: Annotated | undefined, b: Annotated | undefined): boolean =>
  a?.kind === 'plain' && b?.kind === 'plain' && a.type === b.type;

const isNone = (expr: Expr): boolean => expr.kind === 'Constant' && expr.value === null;
const isEllipsis = (expr: Expr): boolean => expr.kind === 'Constant' && expr.value === '...';

const nameOf = (expr: Expr): string | undefined =>
  expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : undefined;

/** The tensors in a value that is an input. */
interface Tensors {
  readonly lib: Library;
  readonly tensor: (path: string) => Value;
}

/** A value of which nothing is known but its annotation; `tensors` where it is an input of `forward`. */
export const annotatedValue = (known: Annotated | undefined, opaque: OpaqueValue, tensors?: Tensors): Value => {
  switch (known?.kind) {
    case 'plain':
      return { ...opaque, type: known.type };
    case 'tensor':
      return tensors?.tensor(opaque.path) ?? opaque;
    case 'callable':
      return { ...opaque, given: true };
    case 'instance':
      return { ...opaque, cls: known.cls, given: true };
    case 'tuple':
      return tuple(known.items.map((item, i) => annotatedValue(item, opaquePart(opaque, `[${i}]`), tensors)));
    case 'many':
      return {
        ...opaque,
        type: known.keyed ? 'dict' : 'list',
        ...(!known.keyed && known.element?.kind === 'plain' && { element: known.element.type }),
        ...(tensors && known.element?.kind === 'tensor' && { tensors: tensors.lib }),
        ...(tensors && (known.keyed || known.mixed) && !known.element && { mixed: tensors.lib }),
      };
    default:
      return opaque;
  }
};

/** The plain type that an annotation names. */
export const annotated = (annotation: Expr | undefined): PlainType | undefined => {
  const known = readAnnotation(annotation);
  return known?.kind === 'plain' ? known.type : undefined;
};
