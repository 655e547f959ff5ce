import type { Words } from '../../ops';
import type { Expr, SyntaxNode } from '../../syntax';
import { shapesOf } from '../reader';
import { words } from '../words';
import { expressionsWithin, methodsOf, type Scope, selfAttribute } from './scope';

/** What an attribute is to another one in a sum of the class: the branch that it joins, or the branch that it weights. */
export const relationWords = (s: Scope, attr: string): Words | undefined => {
  for (const expr of methodsOf(s.cls).flatMap(({ body }) => expressionsWithin(body))) {
    const said = expr.kind === 'BinOp' ? (weightsIn(expr, attr) ?? joinsIn(s, expr, attr)) : undefined;
    if (said) return said;
  }
  return undefined;
};

type Operation = Extract<SyntaxNode, { readonly kind: 'BinOp' }>;

/** `self.alpha * self.conv2(x)`: the number that weights a branch. */
const weightsIn = ({ op, left, right }: Operation, attr: string): Words | undefined => {
  if (op !== '*') return undefined;
  const other = selfAttribute(left) === attr ? right : selfAttribute(right) === attr ? left : undefined;
  const branch = other && calledAttribute(other);
  return branch === undefined ? undefined : words(`weights the branch ${branch}`, `作为 ${branch} 支路的权重`);
};

/** `self.conv1(x) + self.conv2(x)`: the second branch has the shape of the first. */
const joinsIn = ({ r }: Scope, { op, left, right }: Operation, attr: string): Words | undefined => {
  const [first, second] = op === '+' ? [left, right].map(calledAttribute) : [];
  const [shape, other] = [shapesOf(r, left)[0], shapesOf(r, right)[0]];
  if (first === undefined || second !== attr || first === attr || shape === undefined || shape !== other)
    return undefined;
  return words(`the shape that ${first} gives, so the two can be added`, `与 ${first} 的输出形状相同，故可相加`);
};

/** `conv1` of `self.conv1(x)`. */
const calledAttribute = (expr: Expr): string | undefined =>
  expr.kind === 'Call' ? selfAttribute(expr.func) : undefined;
