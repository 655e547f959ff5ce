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
  readonly attr: string;
  /** Where the attribute's name starts. */
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
