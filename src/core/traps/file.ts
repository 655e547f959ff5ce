import type { ClassRun } from '../interp';
import type { Call, ClassDef, Expr, Stmt } from '../syntax';
import type { Value } from '../values';
import { allStores, callsIn, inside, methodOf } from './code';
import { lossTraps } from './script';
import { hint, type Trap } from './trap';

/** A statement at the top of a file; its nodes count from where it begins. */
interface Chunk {
  readonly stmt: Stmt;
  readonly start: number;
}

/** A file as the finders see it that look beyond one class. */
export interface FileSubject {
  readonly chunks: readonly Chunk[];
  /** What the names of the module hold. */
  readonly vars: ReadonlyMap<string, Value>;
  /** The model classes, run alone. */
  readonly classes: readonly { readonly node: ClassDef; readonly start: number; readonly run: ClassRun }[];
  readonly source: (start: number, end: number) => string;
}

/** Traps of a file as a whole, each with the start of its chunk. */
export const fileTraps = (file: FileSubject): readonly (readonly [start: number, trap: Trap])[] => [
  ...file.chunks.flatMap(({ stmt, start }) =>
    stmt.kind === 'ClassDef' ? missingBase(file, stmt, start).map((trap) => [start, trap] as const) : [],
  ),
  ...lossTraps(file),
];

/** A class with layers and a `forward` that derives from nothing: no instance of it can be called. */
const missingBase = (file: FileSubject, node: ClassDef, start: number): readonly Trap[] => {
  const [init, forward] = [methodOf(node, '__init__'), methodOf(node, 'forward')];
  const isBare = node.bases.every(({ value, name }) => name === undefined && isObject(value));
  if (!init || !forward || !isBare || forward.params.length < 2 || node.decorators.length > 0) return [];
  if (isCallable(node) || isBaseOf(file, node.name)) return [];
  const base = allStores(init)
    .map(({ value }) => baseOf(file, value))
    .find((found) => found !== undefined);
  if (base === undefined) return [];
  const at = { start: node.nameStart, end: node.nameStart + node.name.length };
  const head = file.source(start + at.end, start + (node.body[0]?.start ?? at.end));
  const brackets = /^\s*\([^)]*\)/.exec(head)?.[0].length ?? 0;
  const [first] = init.body;
  const isSet = callsIn(init).some(({ func }) => func.kind === 'Attribute' && func.attr === '__init__');
  const indent = first ? (/[ \t]*$/.exec(file.source(start, start + first.start))?.[0] ?? '') : '';
  const edits = [
    { start: at.end, end: at.end + brackets, newText: `(${base})` },
    ...(first && !isSet ? [{ start: first.start, end: first.start, newText: `super().__init__()\n${indent}` }] : []),
  ];
  return [hint('missing-base', at, { name: node.name, base }, { edits })];
};

/** Whether the class says by itself what a call of an instance does. */
const isCallable = (node: ClassDef): boolean =>
  methodOf(node, '__call__') !== undefined ||
  node.body.some(
    (stmt) => stmt.kind === 'Assign' && stmt.targets.some((to) => to.kind === 'Name' && to.id === '__call__'),
  );

const isObject = (base: Expr): boolean => base.kind === 'Name' && base.id === 'object';

/** A class that another one derives from may be a part of a module, not one itself. */
const isBaseOf = ({ chunks }: FileSubject, name: string): boolean =>
  chunks.some(
    ({ stmt }) =>
      stmt.kind === 'ClassDef' &&
      stmt.bases.some(({ value }) => inside(value).some((n) => n.kind === 'Name' && n.id === name)),
  );

/** `nn.Module` where a value is a layer of `nn`, as the code calls the library. */
const baseOf = ({ vars }: FileSubject, value: Expr): string | undefined => {
  const func = value.kind === 'Call' ? value.func : undefined;
  const owner = func?.kind === 'Attribute' && func.value.kind === 'Name' ? func.value.id : undefined;
  const held = owner === undefined ? undefined : vars.get(owner);
  if (owner === undefined || held?.kind !== 'namespace' || !isLayerName(func)) return undefined;
  if (held.path === 'torch.nn') return `${owner}.Module`;
  return held.path === 'paddle.nn' ? `${owner}.Layer` : undefined;
};

const isLayerName = (func: Call['func'] | undefined): boolean =>
  func?.kind === 'Attribute' && /^[A-Z]/.test(func.attr) && func.attr !== 'Parameter' && !/Loss$/.test(func.attr);
