import type { Condition, Dim, Ratio } from '../dims';
import type { DType, Family, Home, TensorArg } from '../ops';
import type { Expr, FunctionDef, Lambda, Module, Node } from '../syntax';

/**
 * An abstract Python value. Immutable but for the values that Python itself can change (`list`, `dict`, `set`,
 * `object`, `class`, `iterator`, scopes): those live on the heap, have identity, and are changed only after
 * `journal.touch`, so that a branch can be undone.
 */
export type Value =
  | NoneValue
  | BoolValue
  | IntValue
  | FloatValue
  | StrValue
  | TupleValue
  | SliceValue
  | EllipsisValue
  | DTypeValue
  | DeviceValue
  | TensorValue
  | RangeValue
  | ListValue
  | DictValue
  | SetValue
  | IteratorValue
  | ObjectValue
  | ClassValue
  | FunctionValue
  | MethodValue
  | BuiltinValue
  | PartialValue
  | OpValue
  | DescriptorValue
  | SuperValue
  | NamespaceValue
  | ModuleValue
  | OpaqueValue
  | EitherValue
  | UnboundValue
  | UnknownValue;

export interface NoneValue {
  readonly kind: 'none';
  /** In the body of a class: a name that its users set, from outside or in a class of their own. */
  readonly declared?: true;
}
export interface BoolValue {
  readonly kind: 'bool';
  readonly value: boolean;
}
/** Every int is a size; a known one is a plain number. */
export interface IntValue {
  readonly kind: 'int';
  readonly value: Dim;
}
/**
 * A known number, an exact quotient of sizes (`ratio`), or a float that nobody knows. `announced`: an annotation says
 * so, and an int may come instead.
 */
export interface FloatValue {
  readonly kind: 'float';
  readonly value?: number;
  readonly ratio?: Ratio;
  readonly announced?: true;
  /** A complex number. */
  readonly imaginary?: true;
}
/** `text` is absent where nobody knows it. */
export interface StrValue {
  readonly kind: 'str';
  readonly value: string;
}
export interface TupleValue {
  readonly kind: 'tuple';
  readonly items: readonly Value[];
  /** The class of a named tuple, with its field names. */
  readonly named?: ClassValue;
  /** The fields of a named tuple that an op gives: `x.max(1).values`. */
  readonly names?: readonly string[];
}
export interface SliceValue {
  readonly kind: 'slice';
  readonly lower: Value;
  readonly upper: Value;
  readonly step: Value;
}
export interface EllipsisValue {
  readonly kind: 'ellipsis';
}
export interface DTypeValue {
  readonly kind: 'dtype';
  readonly name: DType;
}
export interface DeviceValue {
  readonly kind: 'device';
  /** The device without memory, which no tensor is on unless code says so. */
  readonly meta?: boolean;
}
/** `parameter` gives a learnable tensor its identity: two attributes that hold the same one are tied. */
export interface TensorValue extends TensorArg {
  readonly parameter?: Parameter;
}
export interface Parameter {
  readonly id: number;
  readonly trained: boolean;
  /** A buffer that is saved with the model, or not. */
  readonly persistent?: boolean;
}
export interface RangeValue {
  readonly kind: 'range';
  readonly start: Dim;
  readonly stop: Dim;
  readonly step: Dim;
}

/**
 * A list with known elements; or one of `count` elements, each of which `items[0]` stands for. Where more is known of
 * their order, `parts` has it.
 */
export interface ListValue {
  readonly kind: 'list';
  items: readonly Value[];
  count: Dim | null;
  parts?: readonly Part[] | undefined;
  /** Its elements, where some are only there under conditions: those may be unbound. Any other change forgets them. */
  optional?: readonly Value[] | undefined;
  /** Of a `deque(maxlen=2)`: when it is full, what is added pushes out what stands at the other end. */
  readonly most?: number;
  /** When it was made, as `births` counts. */
  readonly born: number;
}
/** A stretch of a sequence: `items` one after the other, `count` times. */
export interface Part {
  readonly items: readonly Value[];
  readonly count: Dim;
}
/** Keys are told apart by `keyOf`; the map keeps the order of insertion, as Python does. `open`: may hold more. */
export interface DictValue {
  readonly kind: 'dict';
  readonly entries: Map<string, DictEntry>;
  /** What a missing key is made by (`defaultdict`). */
  readonly factory?: Value;
  open: boolean;
  readonly born: number;
}
export interface DictEntry {
  readonly key: Value;
  readonly value: Value;
}
export interface SetValue {
  readonly kind: 'set';
  readonly entries: Map<string, Value>;
  open: boolean;
  readonly born: number;
}
/** What `iter`, `zip`, a generator … gives: consumed once. `rest` stands for an unknown number of further elements. */
export interface IteratorValue {
  readonly kind: 'iterator';
  items: readonly Value[];
  at: number;
  readonly count: Dim | null;
  readonly parts?: readonly Part[] | undefined;
  /** More elements may follow behind the last one that is held. */
  endless?: boolean | undefined;
  readonly born: number;
}
/** An instance. `open` says that it may have attributes that nobody has seen being set. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly cls: ClassValue;
  readonly id: number;
  readonly attrs: Map<string, Value>;
  open: boolean;
  /** Where it was made. */
  readonly site?: Site;
  /** How often the elements of a sequence of modules stand one after the other, where that is not once. */
  count: Dim | null;
  /** The elements of a sequence of modules, where some are only there under conditions: those may be unbound. */
  optional?: readonly Value[] | undefined;
  /** A part of a sequence of modules, held as one element of it. */
  readonly run?: true;
}
export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly id: number;
  readonly bases: readonly Value[];
  /** Method resolution order, itself first. */
  readonly mro: readonly ClassValue[];
  readonly attrs: Map<string, Value>;
  /** The dotted path of a class of a library: `torch.nn.Module`, `builtins.dict`. */
  readonly path?: string;
  /** The layer that a library class is. */
  readonly layer?: Family;
  readonly module?: ModuleValue;
  readonly site?: Site;
  /** A base could not be resolved: attributes may come from it. */
  readonly open: boolean;
  /** The class of the class, where code defines one (`metaclass=…`), its own or that of a base. */
  readonly meta?: ClassValue;
  /** Fields of a dataclass or named tuple, in order, with their defaults. */
  fields?: readonly Field[];
  readonly fieldsKind?: 'dataclass' | 'namedtuple' | 'enum';
}
export interface Field {
  readonly name: string;
  readonly default?: Value;
  readonly factory?: Value;
  readonly annotation?: Expr;
  readonly init: boolean;
  /** `InitVar`: it goes to `__post_init__` and is no attribute. */
  readonly passing?: true;
}
export interface Site {
  readonly module: ModuleValue;
  readonly node: Node;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly node: FunctionDef | Lambda;
  readonly defaults: ReadonlyMap<string, Value>;
  readonly scope: Scope;
  readonly module: ModuleValue;
  /** The class in whose body it stands: what `super()` and `__class__` mean. */
  readonly owner?: { cls: ClassValue | null };
  readonly attrs: Map<string, Value>;
  /** A decorator that is not known may have made something else of it. */
  readonly loose?: true;
}
export interface MethodValue {
  readonly kind: 'method';
  readonly func: Value;
  readonly self: Value;
}
/** A function of Python or of a library that the interpreter itself carries out; `name` finds it in its tables. */
export interface BuiltinValue {
  readonly kind: 'builtin';
  readonly name: string;
  readonly self?: Value;
}
export interface PartialValue {
  readonly kind: 'partial';
  readonly func: Value;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}
export interface OpValue {
  readonly kind: 'op';
  readonly family: Family;
}
export interface DescriptorValue {
  readonly kind: 'descriptor';
  readonly type: 'property' | 'staticmethod' | 'classmethod' | 'cached';
  readonly func: Value;
  readonly setter?: Value;
}
export interface SuperValue {
  readonly kind: 'super';
  readonly after: ClassValue;
  readonly self: Value;
}
/** A module of a library known by rows: `torch.nn.functional`. Attributes are found by path. */
export interface NamespaceValue {
  readonly kind: 'namespace';
  readonly path: string;
}
/** A Python file that was run. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly name: string;
  readonly path: string;
  readonly package: boolean;
  readonly scope: Scope;
  readonly syntax: Module;
}
/** A parameter that nobody has told us about: `config.n_embd`, `dims[0]`. As a size it is the symbol of its path. */
export interface OpaqueValue {
  readonly kind: 'opaque';
  readonly path: string;
  /** What its annotation says; `list` is any sequence. */
  readonly type?: 'int' | 'float' | 'bool' | 'str' | 'list' | 'dict';
  /** What each element of a list is that its annotation says. */
  readonly element?: 'int' | 'float' | 'bool' | 'str';
  /** The class that its annotation names; it may be an instance of one that derives from that. */
  readonly cls?: ClassValue;
  /** An input of `forward`, not a parameter of the constructor. */
  readonly input?: true;
  /** The library of whose tensors it is a container. */
  readonly tensors?: Home;
  /** The library whose tensors stand among other things in a mapping that is an input. */
  readonly mixed?: Home;
  /** Whether it is taken to be something other than None. */
  readonly given?: true;
}
/** One of two values, told apart by a condition. */
export interface EitherValue {
  readonly kind: 'either';
  readonly condition: Choice;
  readonly yes: Value;
  readonly no: Value;
}
/** A condition that is not decided; equal keys are the same condition. */
export interface Choice {
  readonly key: string;
  /** As the reader may see it: the source of the condition. */
  readonly text: string;
  /** The relation between sizes that it is, where it is one. */
  readonly relation?: Condition;
}
/** A name or attribute that is not there on this path. */
export interface UnboundValue {
  readonly kind: 'unbound';
}
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly why: string;
  /** What it counts as in a condition, where that is a value of its own: a comparison of what nobody knows. */
  readonly truth?: Value;
  /** A text of which parts are known: `HOLE` stands for each of the others. */
  readonly text?: string;
}

/** Names of one function, class body or module. `parent` is the next scope for reading. */
export interface Scope {
  readonly kind: 'scope';
  readonly vars: Map<string, Value>;
  readonly parent: Scope | null;
  readonly module: ModuleValue | null;
  readonly role: 'module' | 'class' | 'function' | 'comprehension';
  /** Names declared `global` or `nonlocal`, with the scope they mean. */
  readonly outer: Map<string, Scope>;
  readonly born: number;
}

export type HeapValue = ListValue | DictValue | SetValue | IteratorValue | ObjectValue | ClassValue | Scope;

export const NONE: NoneValue = { kind: 'none' };
export const TRUE: BoolValue = { kind: 'bool', value: true };
export const FALSE: BoolValue = { kind: 'bool', value: false };
export const ELLIPSIS: EllipsisValue = { kind: 'ellipsis' };
export const UNBOUND: UnboundValue = { kind: 'unbound' };
export const bool = (value: boolean): BoolValue => (value ? TRUE : FALSE);
export const int = (value: Dim): IntValue => ({ kind: 'int', value });
export const float = (value: number): FloatValue => ({ kind: 'float', value });
/** A complex number: nothing but its type is followed. */
export const IMAGINARY: FloatValue = { kind: 'float', imaginary: true };
export const str = (value: string): StrValue => ({ kind: 'str', value });
export const tuple = (items: readonly Value[]): TupleValue => ({ kind: 'tuple', items });
export const list = (items: readonly Value[], count: Dim | null = null, parts?: readonly Part[]): ListValue => ({
  kind: 'list',
  items,
  count,
  born: births.next++,
  ...(parts && { parts }),
});

/** Tells the lists, dicts, scopes … that a piece of code has made from those that were there before. */
export const births = { next: 1 };
export const dict = (factory?: Value): DictValue => ({
  kind: 'dict',
  entries: new Map(),
  open: false,
  born: births.next++,
  ...(factory && { factory }),
});
export const set = (): SetValue => ({
  kind: 'set',
  entries: new Map(),
  open: false,
  born: births.next++,
});
export const iterator = (
  items: readonly Value[],
  count: Dim | null = null,
  parts?: readonly Part[],
): IteratorValue => ({ kind: 'iterator', items, at: 0, count, born: births.next++, ...(parts && { parts }) });
export const unknown = (why: string): UnknownValue => ({ kind: 'unknown', why });
export const builtin = (name: string, self?: Value): BuiltinValue => ({
  kind: 'builtin',
  name,
  ...(self && { self }),
});
export const scope = (parent: Scope | null, role: Scope['role'], module: ModuleValue | null): Scope => ({
  kind: 'scope',
  vars: new Map(),
  parent,
  module,
  role,
  outer: new Map(),
  born: births.next++,
});
