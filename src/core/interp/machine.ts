import type { Condition, Dim, Facts } from '../dims';
import type { Demand, Fault, OpContext } from '../ops';
import type { ClassDef, Expr, Module, Node, Stmt } from '../syntax';
import type {
  BuiltinValue,
  Choice,
  ClassValue,
  Content,
  FunctionValue,
  HeapValue,
  Journal,
  ListValue,
  ModuleValue,
  ObjectValue,
  OpaqueValue,
  Scope,
  TensorValue,
  Value,
} from '../values';
import type { Exploring } from './exploring';
import type { Sequence } from './parts';
import type { OpCall, Trace } from './trace';

/**
 * The arguments of one call, unpacked. `open` says that more keywords may have come from a `**` nobody knows; `rest`
 * that `count` further positional arguments like `element` came from a `*` of unknown length.
 */
export interface Args {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly open?: boolean;
  readonly rest?: {
    readonly element: Value;
    readonly count: Dim;
    /** The elements, and how many positional arguments stand before them. */
    readonly sequence: Sequence;
    readonly at: number;
    /** All of them, where they are sizes of which nobody knows how many there are. */
    readonly sizes?: Value;
  };
  /** What `*xs` of the callee holds, where nobody writes a call. */
  readonly starred?: Value;
}

export const NO_ARGS: Args = { positional: [], keywords: new Map() };

/** What a statement did: nothing special (undefined), or an exit from the block. */
export type Flow =
  | { readonly kind: 'return'; readonly value: Value }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | undefined;

/** Thrown through the interpreter where Python would raise. Never leaves it. */
export interface Raised {
  readonly kind: 'raised';
  readonly exception: Value;
  readonly node: Node | undefined;
  /** The fault that an op or the interpreter itself proved, if it was not the code that raised. */
  readonly fault?: Fault;
}

/** Thrown when the budget is spent; what was found until then stays. */
export interface Exhausted {
  readonly kind: 'exhausted';
  readonly what: 'steps' | 'depth';
}

/** The decided choices of the path that is being run, innermost last. */
export interface Path {
  readonly choice: Choice;
  readonly holds: boolean;
  /** Taken to hold because the other way raises: not a condition that the reader must know of. */
  readonly assumed?: boolean;
  /** The choice is decided where this other one is: what one side of that one has ruled out. */
  readonly when?: { readonly key: string; readonly holds: boolean };
  /** Ruled out by leaving a block with these exits: not any longer where the block has ended. */
  readonly until?: Exits;
  readonly outer: Path | null;
}

/** An exit that was taken under conditions (outermost first) while the rest of the block runs under their negation. */
export interface Exit {
  readonly flow: NonNullable<Flow>;
  readonly conditions: { readonly choice: Choice; readonly holds: boolean; readonly sides: Sides }[];
  readonly after: Map<HeapValue, Content>;
  readonly saved: { readonly facts: Facts; readonly path: Path | null };
  /** Whether a level of the journal is open for it. */
  leveled: boolean;
}

/** The exits of the block that is being run: of a function, or of one iteration of a loop. */
export interface Exits {
  readonly pending: Exit[];
}

/** What is known on either side of a choice. */
export interface Sides {
  readonly yes: Facts;
  readonly no: Facts;
}

/** What the interpreter itself carries out: functions of Python and of libraries, by dotted name. */
export interface NativeDoor {
  readonly has: (name: string) => boolean;
  readonly isNamespace: (path: string) => boolean;
  /** A name of Python's own: `len`, `int`, `ValueError`. */
  readonly find: (m: Machine, name: string) => Value | undefined;
  readonly call: (m: Machine, callee: BuiltinValue, args: Args, node: Node | undefined) => Value;
}

/** One call of a Python function. */
export interface Frame {
  readonly name: string;
  readonly caller: Frame | null;
  readonly depth: number;
  readonly self: Value | undefined;
  /** The class in whose body the function stands, for `super()`. */
  readonly owner: ClassValue | null;
  /** What a generator has given so far: a list of the heap, which knows what only some ways give. */
  readonly yields: ListValue | null;
  /** What runs where a context manager that is a generator yields: the body of the `with`. */
  readonly inside?: (value: Value) => void;
  /** Where the call stands. */
  readonly site: Node | undefined;
  readonly module: ModuleValue;
  /** The function that runs, and the choices on the way to its call. */
  readonly code?: FunctionValue['node'];
  readonly path?: Path | null;
}

/** Where Python source comes from. Paths have `/`; the core never touches a disk. */
export interface Sources {
  /** The text of a file, or undefined. */
  readonly read: (path: string) => string | undefined;
  /** Whether a folder without `__init__.py` is there: a namespace package. */
  readonly isFolder?: (path: string) => boolean;
  /** The folders below which absolute imports are looked up, best first. */
  readonly roots: readonly string[];
}

export interface Budget {
  steps: number;
  /** How often steps were taken since it was asked whether somebody still wants the run. */
  unasked: number;
  readonly depth: number;
}

/** Computes beside a run: what tensors hold, where the run is asked to know it. */
export interface Arithmetic {
  /** The output of an op with what it holds; an op in place changes what its tensor holds. */
  readonly ran: (op: OpCall, output: Value, self: ObjectValue | undefined) => Value;
  /** A learnable tensor or buffer that was made. */
  readonly made: (tensor: TensorValue) => TensorValue;
  /** `target.data = held`. */
  readonly assigned: (target: TensorValue, held: Value) => void;
  /** The only number of a tensor. */
  readonly item: (tensor: TensorValue) => number | undefined;
  /** The run went ways that numbers cannot follow. */
  readonly lose: (why: Loss) => void;
}

/** Why numbers cannot be followed: a condition that nobody has decided, or a loop of unknown length. */
export type Loss = { readonly kind: 'choice'; readonly text: string } | { readonly kind: 'loop' };

/** What the recordings of calls have to know of what happens while they are made (replay.ts). */
export interface Recorder {
  /** Whether calls that are alike are answered from each other; what comes out is the same. */
  isOn: boolean;
  /** How many recordings are being made. */
  active: number;
  /** What expressions held since the first of them began. */
  readonly seen: (readonly [Node, Value])[];
  /** How often something was read that can change and is neither an argument nor in one. */
  outside: number;
  /** How many sizes and ranks have been made up that nobody knows. */
  unknowns: number;
  /** How often a class or what a module holds has changed. */
  readonly shared: () => number;
}

/** The file of a module. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly package: boolean;
}

/** A module has set something on a class of a library, in the place of what was there before. */
export interface Replacement {
  readonly module: ModuleValue;
  readonly cls: ClassValue;
  readonly name: string;
  readonly before: Value | undefined;
}

/** What the interpreter was asked to suppose and has noticed. Mutable state of one run. */
export interface Machine {
  readonly sources: Sources;
  readonly journal: Journal;
  trace: Trace;
  readonly budget: Budget;
  readonly modules: Map<string, ModuleValue | null>;
  /** The files of modules that were looked for, by the name of the module. */
  readonly files: Map<string, SourceFile | undefined>;
  /** The module that is analysed, where it is not a library's. */
  main: ModuleValue | null;
  /** Whether another module has asked for the one that is analysed: its values are in places that outlive it. */
  entangled: boolean;
  /** Whether somebody still wants what is being run. */
  readonly isWanted: () => boolean;
  /** A run was given up where it stood, because nobody wanted it: nothing more can be run on top of what it left. */
  spoilt: boolean;
  readonly natives: Map<string, ClassValue>;
  /** What modules have set on classes of libraries, in this order. */
  readonly replaced: Replacement[];
  /** Names that an import has promised, by module; they are looked up when they are read. */
  readonly promises: Map<ModuleValue, Map<string, { readonly module: string; readonly name: string }>>;
  /** Modules that a star import has named, by module. */
  readonly stars: Map<ModuleValue, string[]>;
  /** Star imports that are being searched, so that a cycle ends. */
  readonly searching: Set<string>;
  /** Tables such as `module._modules`, with the module that they show. */
  readonly views: WeakMap<Value, ObjectValue>;
  /** Shapes of tensors of unknown rank that were asked for, with the tensor. */
  readonly shapesOfEntries: WeakMap<Value, TensorValue>;
  /** The inputs of the class that runs of whose shapes the author says something. */
  described: ReadonlySet<string>;
  /** The manager of a `with` that is being called, and the body of that. */
  entering: { readonly context: Node; readonly inside: (value: Value) => void } | null;
  /** The inputs of the class that runs of whose rank something is supposed that the code does not need. */
  readonly supposed: Set<string>;
  /** Those of them whose axes the code lines up with those of others: masks. */
  readonly lined: Set<string>;
  /** Axes of inputs that have met 1 or a size of the constructor: `mask:-2:1`. */
  readonly met: Set<string>;
  /** Those of `supposed` of which one axis has met both. */
  readonly stretched: Set<string>;
  /** Masks whose axes may be 1 where they meet others. */
  loose: ReadonlySet<string>;
  /** Whether such things are supposed. */
  supposes: boolean;
  /** Calls that are made several times, whose results are no entries; null where none are. */
  repeated: Set<Node> | null;
  /** How many axes the code asks whether entries have them, of the class that runs. */
  readonly asked: Map<string, Set<number>>;
  /** What calls of layers that nobody knows have given, each with the tensor that it is if it is one. */
  readonly likely: WeakMap<Value, TensorValue>;
  /** Makes a piece of what a split of a tensor of unknown rank has given. */
  readonly pieces: WeakMap<Value, () => TensorValue>;
  /** Ranks that nobody knows and that were asked for, with the tensor. */
  readonly ranksOfEntries: WeakMap<Value, TensorValue>;
  /** Tensors in containers that are inputs (`xs[0]`), by their paths, as far as they are known. */
  readonly inner: Map<string, TensorValue>;
  /** How many axes of an input of unknown rank are known. */
  readonly knownAxes: Map<string, number>;
  /** Modules that were imported and not found, by dotted name. */
  readonly wanted: Set<string>;
  /** Modules that an import inside `try` did not find: others may have them. */
  readonly optional: Set<string>;
  /** The functions of ops that code defines itself, by their names: `mylib::scan`. */
  readonly customOps: Map<string, Value>;
  /** Values that stand for modules that were not found, and for what was imported from them. */
  readonly absent: WeakSet<Value>;
  /** The facts under which a parameter was last taken to be at least 1, by its key. */
  readonly positive: Map<string, Facts>;
  facts: Facts;
  path: Path | null;
  frame: Frame | null;
  /** How many `try` bodies with handlers surround the place that runs. */
  tries: number;
  /** Whether modules are in training: while one is built, all are; what is called later is read as in use. */
  training: boolean;
  /** Whether somebody asks what classes would do otherwise. */
  readonly explores: boolean;
  /** The classes that are defined while somebody wants to know, by their definitions. */
  defined: Map<ClassDef, ClassValue> | null;
  /** The class whose metaclass is making it. */
  making: ClassValue | null;
  /** Whether nothing is taken for granted that names only suggest. */
  strict: boolean;
  /** Set while code runs that the ordinary run did not reach. */
  exploring: Exploring | null;
  arithmetic: Arithmetic | null;
  readonly recorder: Recorder;
  /** Exceptions whose handlers are running, innermost last: what a bare `raise` raises again. */
  readonly raising: Raised[];
  /** Class bodies that are being run, for the methods in them: they get to know their class when it is made. */
  readonly classBodies: WeakMap<Scope, { cls: ClassValue | null }>;
  nextId: number;
  readonly context: OpContext;
  /** Forgets what was noticed and supposed; modules that were run stay. */
  readonly restart: () => void;
  readonly native: NativeDoor;
  readonly evaluate: (expr: Expr, scope: Scope) => Value;
  /** Runs statements; what leaves the block under a condition waits in `exits`. */
  readonly execute: (body: readonly Stmt[], scope: Scope, exits: Exits) => Flow;
  readonly call: (callee: Value, args: Args, site: Node | undefined) => Value;
  readonly getAttribute: (value: Value, name: string, site: Node | undefined) => Value;
  /** Imports a module by its dotted name; null where it is not found. */
  readonly importModule: (name: string) => Value | null;
  /** A name of a module that is bound only when somebody asks: an import, a star import. */
  readonly lateName: (module: ModuleValue, name: string) => Value | undefined;
  /** What a helper is by convention that is used but defined nowhere. */
  readonly assumeHelper: (name: string) => Value | undefined;
  /** The library that a name means whose import a pasted file has lost. */
  readonly lostImport: (name: string) => Value | undefined;
  /** What calling a parameter gives that keeps the shape by convention. */
  readonly callKept: (callee: OpaqueValue, args: Args, site: Node | undefined) => Value | undefined;
  /** A class of a library that is made of its layers, by its path. */
  readonly writtenOut: (path: string) => Value | undefined;
  /** A class of a library that has no row but is known by name: `torch.nn.Module`. */
  readonly nativeClassAt: (path: string) => ClassValue | undefined;
  readonly parse: (path: string, text: string) => Module;
}

/** A relation that must hold for the code to run, as it was met. */
export interface Requirement {
  readonly condition: Condition;
  readonly node: Node | undefined;
  readonly path: Path | null;
  readonly fault?: Fault;
}

export interface EntryDemand extends Demand {
  /** The axes are those in place of the unknown ones, not all of the entry. */
  readonly isRest?: boolean;
  /** The input of `forward` that it is about. */
  readonly entry: string;
  readonly node: Node | undefined;
  /** The forks that led there. */
  readonly path: Path | null;
}
