/**
 * The abstract syntax of Python as the interpreter reads it: one discriminated union for expressions, one for
 * statements. Names and fields follow Python's `ast` module where it has them.
 *
 * `start` and `end` are UTF-16 offsets **relative to the chunk** (the top-level statement) that holds the node, so
 * that a chunk whose text did not change is the same object after an edit above it. The places are those that
 * Python's `ast` gives: parentheses around an expression are outside of it.
 */
export interface Node {
  readonly start: number;
  readonly end: number;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';
export type UnaryOperator = '-' | '+' | '~' | 'not';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

export interface Name extends Node {
  readonly kind: 'Name';
  readonly id: string;
}
/** `True`, `False`, `None`, `...`. */
export interface Constant extends Node {
  readonly kind: 'Constant';
  readonly value: boolean | null | '...';
}
export interface Num extends Node {
  readonly kind: 'Num';
  readonly type: 'int' | 'float' | 'imag';
  readonly value: number;
}
/** A string or bytes literal, adjacent literals joined, escapes resolved. */
export interface Str extends Node {
  readonly kind: 'Str';
  readonly value: string;
  readonly bytes: boolean;
}
/** An f-string; `parts` are literal text and the expressions between braces. */
export interface FString extends Node {
  readonly kind: 'FString';
  readonly parts: readonly (string | FStringField)[];
}
export interface FStringField {
  readonly value: Expr;
  readonly conversion?: 'r' | 's' | 'a';
  readonly spec?: readonly (string | FStringField)[];
  readonly debug?: string;
}
export interface Attribute extends Node {
  readonly kind: 'Attribute';
  readonly value: Expr;
  readonly attr: string /** Where the attribute's name starts. */;
  readonly attrStart: number;
}
export interface Subscript extends Node {
  readonly kind: 'Subscript';
  readonly value: Expr;
  readonly index: Expr;
}
export interface Call extends Node {
  readonly kind: 'Call';
  readonly func: Expr;
  readonly args: readonly Argument[];
}
/** `value`, `name=value`, `*value` (star 1) or `**value` (star 2); also the bases of a class. */
export interface Argument extends Node {
  readonly name?: string;
  readonly star: 0 | 1 | 2;
  readonly value: Expr;
}
export interface BinOp extends Node {
  readonly kind: 'BinOp';
  readonly op: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}
export interface UnaryOp extends Node {
  readonly kind: 'UnaryOp';
  readonly op: UnaryOperator;
  readonly operand: Expr;
}
export interface BoolOp extends Node {
  readonly kind: 'BoolOp';
  readonly op: 'and' | 'or';
  readonly left: Expr;
  readonly right: Expr;
}
export interface Compare extends Node {
  readonly kind: 'Compare';
  readonly left: Expr;
  readonly rest: readonly { readonly op: CompareOperator; readonly right: Expr }[];
}
export interface IfExp extends Node {
  readonly kind: 'IfExp';
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}
export interface Lambda extends Node {
  readonly kind: 'Lambda';
  readonly params: Parameters;
  readonly body: Expr;
}
export interface Tuple extends Node {
  readonly kind: 'Tuple';
  readonly items: readonly Expr[];
}
export interface List extends Node {
  readonly kind: 'List';
  readonly items: readonly Expr[];
}
export interface SetDisplay extends Node {
  readonly kind: 'Set';
  readonly items: readonly Expr[];
}
/** An entry without a key is `**value`. */
export interface Dict extends Node {
  readonly kind: 'Dict';
  readonly entries: readonly { readonly key?: Expr; readonly value: Expr }[];
}
export interface Comprehension extends Node {
  readonly kind: 'Comprehension';
  readonly type: 'list' | 'set' | 'dict' | 'generator';
  /** The key of a dict comprehension. */
  readonly key?: Expr;
  readonly element: Expr;
  readonly clauses: readonly ComprehensionClause[];
}
export type ComprehensionClause =
  | { readonly kind: 'for'; readonly target: Expr; readonly iter: Expr; readonly async: boolean }
  | { readonly kind: 'if'; readonly test: Expr };
export interface Starred extends Node {
  readonly kind: 'Starred';
  readonly value: Expr;
}
export interface Slice extends Node {
  readonly kind: 'Slice';
  readonly lower?: Expr;
  readonly upper?: Expr;
  readonly step?: Expr;
}
export interface NamedExpr extends Node {
  readonly kind: 'NamedExpr';
  readonly target: Name;
  readonly value: Expr;
}
export interface Await extends Node {
  readonly kind: 'Await';
  readonly value: Expr;
}
export interface Yield extends Node {
  readonly kind: 'Yield';
  readonly value?: Expr;
  readonly from: boolean;
}
/** What could not be read: a syntax error, or a construct that model code does not use. */
export interface ErrorExpr extends Node {
  readonly kind: 'ErrorExpr';
}

export type Expr =
  | Name
  | Constant
  | Num
  | Str
  | FString
  | Attribute
  | Subscript
  | Call
  | BinOp
  | UnaryOp
  | BoolOp
  | Compare
  | IfExp
  | Lambda
  | Tuple
  | List
  | SetDisplay
  | Dict
  | Comprehension
  | Starred
  | Slice
  | NamedExpr
  | Await
  | Yield
  | ErrorExpr;

export interface Parameter extends Node {
  readonly name: string;
  readonly annotation?: Expr;
  readonly default?: Expr;
  readonly form: 'positional-only' | 'ordinary' | 'var-positional' | 'keyword-only' | 'var-keyword';
}
export type Parameters = readonly Parameter[];

export interface FunctionDef extends Node {
  readonly kind: 'FunctionDef';
  readonly name: string;
  /** Where the name stands. */
  readonly nameStart: number;
  readonly params: Parameters;
  readonly returns?: Expr;
  readonly body: readonly Stmt[];
  /** `start` is that of the `def`, decorators stand before it. */
  readonly decorators: readonly Expr[];
  readonly async: boolean;
  /** Whether `yield` stands in the body itself. */
  readonly generator: boolean;
  /** The header's end: behind the colon. */
  readonly headerEnd: number;
}
export interface ClassDef extends Node {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly nameStart: number;
  readonly bases: readonly Argument[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
  readonly headerEnd: number;
}
export interface Return extends Node {
  readonly kind: 'Return';
  readonly value?: Expr;
}
export interface Delete extends Node {
  readonly kind: 'Delete';
  readonly targets: readonly Expr[];
}
export interface Assign extends Node {
  readonly kind: 'Assign';
  readonly targets: readonly Expr[];
  readonly value: Expr;
}
export interface AugAssign extends Node {
  readonly kind: 'AugAssign';
  readonly target: Expr;
  readonly op: BinaryOperator;
  readonly value: Expr;
}
export interface AnnAssign extends Node {
  readonly kind: 'AnnAssign';
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value?: Expr;
}
export interface For extends Node {
  readonly kind: 'For';
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
  readonly async: boolean;
  readonly headerEnd: number;
}
export interface While extends Node {
  readonly kind: 'While';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
  readonly headerEnd: number;
}
/** An `elif` is an `If` alone in `orelse`, with `elif` set. */
export interface If extends Node {
  readonly kind: 'If';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
  readonly elif: boolean;
  readonly headerEnd: number /** Where the word `else` stands. */;
  readonly elseStart?: number;
}
export interface With extends Node {
  readonly kind: 'With';
  readonly items: readonly { readonly context: Expr; readonly target?: Expr }[];
  readonly body: readonly Stmt[];
  readonly async: boolean;
  readonly headerEnd: number;
}
export interface Raise extends Node {
  readonly kind: 'Raise';
  readonly exception?: Expr;
  readonly cause?: Expr;
}
export interface Try extends Node {
  readonly kind: 'Try';
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}
export interface ExceptHandler extends Node {
  readonly type?: Expr;
  readonly name?: string;
  readonly body: readonly Stmt[];
}
export interface Assert extends Node {
  readonly kind: 'Assert';
  readonly test: Expr;
  readonly message?: Expr;
}
export interface Import extends Node {
  readonly kind: 'Import';
  readonly names: readonly Alias[];
}
/** `level` counts the leading dots; a single name `*` is a star import. */
export interface ImportFrom extends Node {
  readonly kind: 'ImportFrom';
  readonly module: string;
  readonly level: number;
  readonly names: readonly Alias[];
}
export interface Alias extends Node {
  readonly name: string;
  readonly asname?: string;
}
export interface Global extends Node {
  readonly kind: 'Global';
  readonly names: readonly string[];
}
export interface Nonlocal extends Node {
  readonly kind: 'Nonlocal';
  readonly names: readonly string[];
}
export interface ExprStmt extends Node {
  readonly kind: 'ExprStmt';
  readonly value: Expr;
}
export interface Simple extends Node {
  readonly kind: 'Pass' | 'Break' | 'Continue';
}
export interface Match extends Node {
  readonly kind: 'Match';
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase extends Node {
  readonly pattern: Pattern;
  readonly guard?: Expr;
  readonly body: readonly Stmt[];
}
export type Pattern =
  | { readonly kind: 'value'; readonly value: Expr }
  /** `_` has no name. */
  | { readonly kind: 'capture'; readonly name?: string; readonly pattern?: Pattern }
  | { readonly kind: 'or'; readonly patterns: readonly Pattern[] }
  /** `star` is the place of `*rest`, whose name is `rest`. */
  | { readonly kind: 'sequence'; readonly patterns: readonly Pattern[]; readonly star?: number; readonly rest?: string }
  | {
      readonly kind: 'mapping';
      readonly entries: readonly { readonly key: Expr; readonly pattern: Pattern }[];
      readonly rest?: string;
    }
  | {
      readonly kind: 'class';
      readonly cls: Expr;
      readonly patterns: readonly Pattern[];
      readonly named: readonly { readonly name: string; readonly pattern: Pattern }[];
    }
  | { readonly kind: 'other' };
/** `tokens` is what was skipped; the statements inside that could be read stand in `body`. */
export interface ErrorStmt extends Node {
  readonly kind: 'ErrorStmt';
  readonly body: readonly Stmt[];
}

export type Stmt =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Simple
  | Match
  | ErrorStmt;

/** A top-level statement with its text; the unit of reuse. Nodes inside have places relative to `start`. */
export interface Chunk {
  readonly text: string;
  /** The statement; decorators are before its `start`, inside the chunk. */
  readonly stmt: Stmt;
  /** Whether a syntax error lies inside. */
  readonly broken: boolean;
}

export interface Comment extends Node {
  /** With its `#`. `start` and `end` are offsets in the document. */
  readonly text: string;
  /** Whether nothing but white space stands before it on its line. */
  readonly ownLine: boolean;
}

export interface SyntaxFault extends Node {
  readonly kind: 'error' | 'missing';
  /** What is missing, when the parser knows. */
  readonly expected?: string;
}

/** One file. `chunks[i].start` is where the chunk's text begins in the document. */
export interface Module {
  readonly text: string;
  readonly chunks: readonly PlacedChunk[];
  readonly comments: readonly Comment[];
  readonly faults: readonly SyntaxFault[];
}
export interface PlacedChunk {
  readonly start: number;
  readonly chunk: Chunk;
}
