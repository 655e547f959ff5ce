import type { Argument, ClassDef, Expr, FunctionDef, Stmt } from '../ast';
import { argumentsOf } from './calls';
import { bodyOf, endOfBody, headerEnd } from './compound-statements';
import { parameters } from './parameters';
import { childOf, kindAt, nameAt, operand, partsOf, type Reading, startAt } from './reading';
import { refusedStatement } from './simple-statements';

/** A function or class with its decorators, which stand before its start. */
export const decorated = (r: Reading, row: number): Stmt => {
  const parts = partsOf(r, row);
  const definition = parts.at(-1);
  const decorators = parts.slice(0, -1).map((part) => operand(r, partsOf(r, part)[0], part));
  if (definition === undefined) return refusedStatement(r, row);
  return kindAt(r, definition) === 'class_definition'
    ? classDefinition(r, definition, decorators)
    : functionDefinition(r, definition, decorators);
};

export const functionDefinition = (r: Reading, row: number, decorators: readonly Expr[] = []): FunctionDef => {
  const name = childOf(r, row, 'identifier') ?? row;
  const list = childOf(r, row, 'parameters');
  const type = childOf(r, row, 'type');
  const params = list === undefined ? [] : parameters(r, list);
  const returns = type === undefined ? {} : { returns: r.expr(r, type) };
  const yields = r.state.yields;
  const body = bodyOf(r, row);
  const generator = r.state.yields > yields;
  r.state.yields = yields;
  return {
    kind: 'FunctionDef',
    start: startAt(r, row),
    end: endOfBody(r, row, body),
    name: nameAt(r, name),
    nameStart: startAt(r, name),
    params,
    ...returns,
    body,
    decorators,
    async: childOf(r, row, 'async') !== undefined,
    generator,
    headerEnd: headerEnd(r, row),
  };
};

export const classDefinition = (r: Reading, row: number, decorators: readonly Expr[] = []): ClassDef => {
  const name = childOf(r, row, 'identifier') ?? row;
  const list = childOf(r, row, 'argument_list');
  const bases: readonly Argument[] = list === undefined ? [] : argumentsOf(r, list);
  const yields = r.state.yields;
  const body = bodyOf(r, row);
  r.state.yields = yields;
  return {
    kind: 'ClassDef',
    start: startAt(r, row),
    end: endOfBody(r, row, body),
    name: nameAt(r, name),
    nameStart: startAt(r, name),
    bases,
    body,
    decorators,
    headerEnd: headerEnd(r, row),
  };
};
