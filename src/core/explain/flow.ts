import type { Expr, FunctionDef, SyntaxNode } from '../syntax';
import type { TensorValue, Value } from '../values';
import type { Reader } from './reader';
import { expressionsIn, expressionsOf, statementsIn } from './walk';

/** Where the tensors of one function come from, as far as each place was passed once. */
export interface Flow {
  /** The expression that made a tensor; undefined for inputs, parameters and what a loop made. */
  readonly producer: (value: Value) => SyntaxNode | undefined;
  /** The tensors that an expression was made of. */
  readonly inputs: (expr: SyntaxNode) => readonly TensorValue[];
}

/** The flow of a function; without one nothing has a producer. */
export const flowOf = (r: Reader, fn: FunctionDef | undefined): Flow => {
  const producers = new Map<Value, SyntaxNode>();
  const entries = new Set((fn?.params ?? []).flatMap((param) => r.trace.values.get(param) ?? []));
  for (const stmt of statementsIn(fn?.body ?? []))
    for (const expr of expressionsOf(stmt).flatMap(expressionsIn)) {
      const value = tensorOf(r, expr);
      if (value && MAKERS.has(expr.kind) && !entries.has(value) && !producers.has(value)) producers.set(value, expr);
    }
  const producer = (value: Value): SyntaxNode | undefined => producers.get(value);
  const inputs = (expr: SyntaxNode): readonly TensorValue[] => inputsOf(r, expr);
  return { producer, inputs };
};

const MAKERS: ReadonlySet<SyntaxNode['kind']> = new Set(['Call', 'BinOp', 'UnaryOp', 'Subscript']);

/** The one tensor that an expression holds. */
export const tensorOf = (r: Reader, expr: SyntaxNode): TensorValue | undefined => {
  const value = r.value(expr);
  return value?.kind === 'tensor' ? value : undefined;
};

const inputsOf = (r: Reader, expr: SyntaxNode): readonly TensorValue[] =>
  operandsOf(expr).flatMap((operand) => within(r, operand));

const within = (r: Reader, operand: Expr): readonly TensorValue[] => {
  const tensor = tensorOf(r, operand);
  if (tensor) return [tensor];
  return operand.kind === 'Tuple' || operand.kind === 'List' ? operand.items.flatMap((item) => within(r, item)) : [];
};

/** The expressions whose values an expression works on: the receiver of a method, the arguments. */
export const operandsOf = (expr: SyntaxNode): readonly Expr[] => {
  switch (expr.kind) {
    case 'Call':
      return [...(expr.func.kind === 'Attribute' ? [expr.func.value] : []), ...expr.args.map((arg) => arg.value)];
    case 'BinOp':
      return [expr.left, expr.right];
    case 'UnaryOp':
      return [expr.operand];
    case 'Subscript':
      return [expr.value];
    default:
      return [];
  }
};
