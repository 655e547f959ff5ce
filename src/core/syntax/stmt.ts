import type { Argument, BinaryOperator, Expr, Node, Parameters } from './expr';

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
  readonly headerEnd: number;
  /** Where the word `else` stands. */
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
