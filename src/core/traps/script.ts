import type { Call, Expr, FunctionDef, Stmt, SyntaxNode } from '../syntax';
import { callsIn, inside } from './code';
import type { FileSubject } from './file';
import { LOSSES, nameOf, pathOf } from './loss';
import { timeline } from './timeline';
import { hint, type Trap } from './trap';
import { layerOf } from './values';

/** Code that runs together: the statements at the top of a file, or a function. */
interface Body {
  readonly fn: FunctionDef | undefined;
  readonly parts: readonly { readonly stmt: Stmt; readonly start: number }[];
}

/**
 * `criterion(model(x), y)` in a training script, where the model ends with the softmax that the loss does itself. What
 * the names hold is followed through assignments and the arguments of functions; where that is open, nothing is said.
 */
export const lossTraps = (file: FileSubject): readonly (readonly [number, Trap])[] => {
  const bodies = bodiesOf(file);
  return bodies.flatMap((body) =>
    body.parts.flatMap(({ stmt, start }) =>
      callsIn(stmt).flatMap((call) => {
        const trap = lossTrap(file, bodies, body, call);
        return trap ? [[start, trap] as const] : [];
      }),
    ),
  );
};

const bodiesOf = ({ chunks }: FileSubject): readonly Body[] => {
  const isCode = (stmt: Stmt): boolean => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef';
  const functions = chunks.flatMap(({ stmt, start }): readonly Body[] =>
    stmt.kind === 'FunctionDef' ? [{ fn: stmt, parts: stmt.body.map((inner) => ({ stmt: inner, start })) }] : [],
  );
  return [{ fn: undefined, parts: chunks.filter(({ stmt }) => isCode(stmt)) }, ...functions];
};

const lossTrap = (file: FileSubject, bodies: readonly Body[], body: Body, call: Call): Trap | undefined => {
  const [first] = call.args;
  if (!first || first.star > 0) return undefined;
  if (takesShares(call)) return undefined;
  const loss = lossPath(file, bodies, body, call.func);
  const known = loss === undefined ? undefined : LOSSES.find((one) => one.loss.test(loss));
  const model = known && modelCall(body, first.value);
  const name = model && className(file, bodies, body, model.func, DEEPEST);
  const unit = file.classes.find(({ node }) => node.name === name);
  const { output } = unit?.run ?? {};
  const maker = unit && output && timeline(unit.run.trace).findLast((step) => step.output === output);
  if (!unit || !known || loss === undefined || !maker || !known.squash.test(pathOf(maker))) return undefined;
  const data = { softmax: nameOf(maker), loss: loss.slice(loss.lastIndexOf('.') + 1) };
  const isOwn = maker.node && inside(unit.node).includes(maker.node as SyntaxNode);
  const related = maker.node && isOwn ? [{ node: maker.node, chunk: unit.start, what: 'made-here' as const }] : [];
  return hint('softmax-before-loss', call, data, { related });
};

/** Functions hand their arguments on no further than this. */
const DEEPEST = 3;

/** The values that a name is given in a body, in order. */
const given = (body: Body, name: string): readonly Expr[] =>
  body.parts
    .flatMap(({ stmt }) => inside(stmt))
    .flatMap((node) =>
      node.kind === 'Assign' && node.targets.some((target) => target.kind === 'Name' && target.id === name)
        ? [node.value]
        : [],
    );

/** The one expression that a name stands for in a body; what a caller hands over is looked up there. */
const originOf = (
  bodies: readonly Body[],
  body: Body,
  name: string,
  depth: number,
): { readonly body: Body; readonly expr: Expr } | undefined => {
  const [own, more] = given(body, name);
  if (more) return undefined;
  if (own) return { body, expr: own };
  const { fn } = body;
  const place = fn?.params.findIndex((param) => param.name === name) ?? -1;
  if (!fn || place < 0) return body.fn && bodies[0] ? originOf(bodies, bodies[0], name, depth) : undefined;
  const callers = bodies.flatMap((caller) =>
    caller.parts
      .flatMap(({ stmt }) => callsIn(stmt))
      .filter(({ func }) => func.kind === 'Name' && func.id === fn.name)
      .map((call) => ({ caller, arg: (call.args.find((arg) => arg.name === name) ?? call.args[place])?.value })),
  );
  const [only, other] = callers;
  if (!only?.arg || other || depth === 0) return undefined;
  return only.arg.kind === 'Name'
    ? originOf(bodies, only.caller, only.arg.id, depth - 1)
    : { body: only.caller, expr: only.arg };
};

/** The dotted path of a function or class of a library that an expression names. */
const libraryPath = ({ vars }: FileSubject, expr: Expr): string | undefined => {
  if (expr.kind === 'Name') {
    const held = vars.get(expr.id);
    return held?.kind === 'class' ? held.path : held?.kind === 'op' ? held.family.path : undefined;
  }
  if (expr.kind !== 'Attribute') return undefined;
  const owner = expr.value.kind === 'Name' ? vars.get(expr.value.id) : undefined;
  const path = owner?.kind === 'namespace' ? owner.path : libraryPath({ vars } as FileSubject, expr.value);
  return path === undefined ? undefined : `${path}.${expr.attr}`;
};

/** Paddle's cross entropy can be told that the softmax has been done. */
const takesShares = ({ args }: Call): boolean => args.some(({ name }) => name === 'use_softmax');

/** The loss that a call computes. */
const lossPath = (file: FileSubject, bodies: readonly Body[], body: Body, func: Expr): string | undefined => {
  if (func.kind === 'Call') return takesShares(func) ? undefined : libraryPath(file, func.func);
  const own = libraryPath(file, func);
  if (own !== undefined || func.kind !== 'Name') return own;
  const origin = originOf(bodies, body, func.id, DEEPEST);
  const made = origin && unwrapped(origin.expr);
  if (made?.kind === 'Call') return takesShares(made) ? undefined : libraryPath(file, made.func);
  return made ? layerOf(file.vars.get(func.id))?.path : undefined;
};

/** The call of a model that gave a value: itself, or what was assigned to the name. */
const modelCall = (body: Body, value: Expr): Call | undefined => {
  if (value.kind === 'Call') return value;
  const [own, more] = value.kind === 'Name' ? given(body, value.id) : [];
  return own?.kind === 'Call' && !more ? own : undefined;
};

/** The class of the file that is called: `Net` of `Net()(x)` and of `model(x)`. */
const className = (
  file: FileSubject,
  bodies: readonly Body[],
  body: Body,
  func: Expr,
  depth: number,
): string | undefined => {
  const made = unwrapped(func);
  if (made.kind === 'Call') return made.func.kind === 'Name' ? made.func.id : undefined;
  const origin = made.kind === 'Name' ? originOf(bodies, body, made.id, depth) : undefined;
  return origin && depth > 0 ? className(file, bodies, origin.body, origin.expr, depth - 1) : undefined;
};

/** `Net()` of `Net().to(device)`. */
const unwrapped = (expr: Expr): Expr =>
  expr.kind === 'Call' &&
  expr.func.kind === 'Attribute' &&
  /^(to|cuda|cpu|train|eval|float|half|double)$/.test(expr.func.attr)
    ? unwrapped(expr.func.value)
    : expr;
