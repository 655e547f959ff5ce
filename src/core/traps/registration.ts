import { carriers } from '../graph';
import { isHidden } from '../interp';
import type { Call, FunctionDef, Node, Stmt, SyntaxNode } from '../syntax';
import { mentions, type TextEdit, unusedName } from '../text';
import type { ObjectValue, Value } from '../values';
import {
  allStores,
  callsIn,
  inside,
  isWithin,
  methodOf,
  methodsOf,
  ownAttribute,
  type Store,
  statementBefore,
  statementBehind,
  storesOf,
} from './code';
import { type Finder, hint, ownCall, type Subject, type Trap } from './trap';
import { isModule, layerOf, learns, modulesIn, registered, shortName, valueAt, valuesAt } from './values';

/** Layers in a list, tuple or dict of Python: the module does not know them, so they are not trained, saved or moved. */
export const unregisteredLayers: Finder = (subject) => {
  const { run, lib } = subject;
  // Under a name that nobody knows anything may be registered.
  if (!run.self || run.self.open) return [];
  const known = registered(run.self);
  return lastStores(subject).flatMap((store) => {
    const held = run.self?.attrs.get(store.name);
    const container = held && CONTAINERS[held.kind]?.[lib];
    if (!held || !container) return [];
    // A container of layers that are registered elsewhere loses nothing.
    const lost = modulesIn(held, true).filter((module) => !known.has(module) && learns(module, new Set(known)));
    if (lost.length === 0) return [];
    const nn = holdsOnlyLayers(held) ? namespaceOf(subject) : undefined;
    const edits = [
      { start: store.value.start, end: store.value.start, newText: `${nn}.${container}(` },
      { start: store.value.end, end: store.value.end, newText: ')' },
    ];
    const data = { name: store.name, container };
    return [hint('unregistered-layers', store.target, data, { edits: nn === undefined ? [] : edits })];
  });
};

/** Whether the container of the library takes all of it: layers alone, under keys that are no paths and no methods. */
const holdsOnlyLayers = (held: Value): boolean => {
  if (held.kind === 'list' || held.kind === 'tuple') return held.items.every(isModule);
  if (held.kind !== 'dict') return false;
  return [...held.entries.values()].every(
    ({ key, value }) =>
      isModule(value) && key.kind === 'str' && /^[A-Za-z_]\w*$/.test(key.value) && !TAKEN.has(key.value),
  );
};

/** Names of members that a layer cannot have for its parts. */
const TAKEN = new Set(
  'add_module apply buffers bfloat16 children clear compile copy cpu cuda double dump_patches eval extra_repr float forward full_name get half items keys modules parameters pop popitem setdefault share_memory state_dict sublayers to to_empty train training type update values xpu zero_grad'.split(
    ' ',
  ),
);

/** `nn`, as the code calls the namespace of the layers. */
const namespaceOf = ({ node, lib, source, file }: Subject): string | undefined => {
  for (const { value } of node.bases)
    if (value.kind === 'Attribute' && /^(Module|Layer)$/.test(value.attr)) return source(value.value);
  if (new RegExp(`^[ \\t]*(from ${lib} import .*\\bnn\\b|import ${lib}\\.nn as nn\\b)`, 'm').test(file)) return 'nn';
  return new RegExp(`^[ \\t]*import ${lib}[ \\t]*$`, 'm').test(file) ? `${lib}.nn` : undefined;
};

const CONTAINERS: Readonly<Partial<Record<Value['kind'], Readonly<Record<'torch' | 'paddle', string>>>>> = {
  list: { torch: 'ModuleList', paddle: 'LayerList' },
  tuple: { torch: 'ModuleList', paddle: 'LayerList' },
  dict: { torch: 'ModuleDict', paddle: 'LayerDict' },
};

/** The last place in the constructor where each attribute is set. */
const lastStores = ({ node }: Subject): readonly Store[] => {
  const init = methodOf(node, '__init__');
  return [...new Map((init ? allStores(init) : []).map((store) => [store.name, store])).values()];
};

/** A tensor in a plain attribute: `.to()` does not move it and `state_dict` does not hold it. */
export const unregisteredTensor: Finder = (subject) => {
  const { run, node, lib, source } = subject;
  if (lib === 'paddle') return []; // A tensor attribute becomes a buffer there.
  return lastStores(subject).flatMap((store) => {
    const value = run.self?.attrs.get(store.name);
    if (
      value?.kind !== 'tensor' ||
      value.lib === 'numpy' ||
      value.parameter ||
      !isMade(subject, store) ||
      isMovedByHand(node, store.name)
    )
      return [];
    if (!meetsData(subject, value, store.name)) return [];
    const { start, end } = store.stmt;
    const head = new RegExp(`^self\\.${store.name}[ \\t]*=[ \\t]*`).exec(source(store.stmt))?.[0];
    const edits = [
      { start, end: start + (head ?? '').length, newText: `self.register_buffer('${store.name}', ` },
      { start: end, end, newText: ')' },
    ];
    const isFree = head !== undefined && isOnlyStore(subject, store) && isBehindConstructor(subject, store);
    return [hint('unregistered-tensor', store.target, { name: store.name }, { edits: isFree ? edits : [] })];
  });
};

/** A buffer needs a name that nothing has yet. */
const isOnlyStore = ({ node, run }: Subject, { name }: Store): boolean =>
  storesIn(node, name) === 1 && !run.cls.mro.some(({ attrs }) => attrs.has(name));

/** The library refuses a buffer before its own constructor has run. */
const isBehindConstructor = ({ node }: Subject, { stmt }: Store): boolean => {
  const init = methodOf(node, '__init__');
  return (init ? callsIn(init) : []).some(
    ({ func, end }) => func.kind === 'Attribute' && /^(__init__|init)$/.test(func.attr) && end <= stmt.start,
  );
};

/** The value is made here by a call: an alias of something registered is no loss. */
const isMade = (subject: Subject, { value }: Store): boolean =>
  value.kind === 'Call' && valueAt(subject, value)?.kind === 'tensor';

/**
 * Whether a tensor works together with what comes in: bounds that random numbers are drawn between need not be moved.
 * Where no code was followed that uses it, it does if `forward` reads it.
 */
const meetsData = ({ run, node }: Subject, table: Value, name: string): boolean => {
  const own = new Set<unknown>([table]);
  const data = new Set<unknown>(run.entries.map(({ value }) => value));
  let isUsed = false;
  for (const op of run.trace.ops) {
    const given = [...op.args.positional, ...op.args.keywords.values()].flatMap((arg) => carriers(arg));
    const [mine, theirs] = [given.some((value) => own.has(value)), given.some((value) => data.has(value))];
    if (mine && theirs) return true;
    if (mine) isUsed = true;
    for (const value of carriers(op.output)) {
      if (mine) own.add(value);
      if (theirs) data.add(value);
    }
  }
  const forward = methodOf(node, 'forward');
  return !isUsed && forward !== undefined && inside(forward).some((at) => ownAttribute(forward, at) === name);
};

/** Code that moves a tensor by itself, or replaces it in each call, knows what it does. */
const isMovedByHand = (cls: Subject['node'], name: string): boolean =>
  methodsOf(cls).some((method) =>
    inside(method).some((node) => {
      if (node.kind === 'Assign' && method.name !== '__init__')
        return storesOf(method, node).some((store) => store.name === name);
      if (node.kind !== 'Attribute') return false;
      return (
        ownAttribute(method, node.value) === name && /^(to|cuda|cpu|type_as|device|tolist|item|numpy)$/.test(node.attr)
      );
    }),
  );

/** A layer that is made anew in each call: its weights are random every time and never learnt. */
export const layerInForward: Finder = (subject) => {
  const { run, node } = subject;
  const forward = methodOf(node, 'forward');
  if (!forward) return [];
  const kept = new Set(
    inside(forward)
      .flatMap((inner) => storesOf(forward, inner))
      .map(({ value }) => value),
  );
  const found = new Map<SyntaxNode, Trap>();
  for (const { layer } of run.trace.events) {
    const site = layer.site?.node;
    const family = layerOf(layer);
    if (!site || !family || !isWithin(site, forward)) continue;
    const made = ownCall(subject, site);
    if (!made || kept.has(made) || found.has(made)) continue;
    const code = learns(layer) ? 'untrained-layer' : 'layer-in-forward';
    found.set(made, hint(code, made, { layer: shortName(family) }, { edits: hoisted(subject, made) }));
  }
  return [...found.values()];
};

/** Makes the layer in the constructor and calls it where it was made: only where its arguments are plain numbers. */
const hoisted = (subject: Subject, made: Call): readonly TextEdit[] => {
  const { source } = subject;
  const init = methodOf(subject.node, '__init__');
  const last = init?.body.at(-1);
  const constant = made.args.every(({ value }) => inside(value).every(({ kind }) => CONSTANT.has(kind)));
  if (!init || !last || !constant) return [];
  const name = unusedName(attributeFor(made), source(subject.node));
  const code = `self.${name} = ${source(made)}`;
  const isEnd = last.kind === 'Return' || last.kind === 'Raise';
  return [
    isEnd ? statementBefore(subject, last, code) : statementBehind(subject, last, code),
    { start: made.start, end: made.end, newText: `self.${name}` },
  ];
};

const CONSTANT: ReadonlySet<SyntaxNode['kind']> = new Set(['Num', 'Constant', 'Str', 'Tuple', 'List', 'UnaryOp']);

/** What an attribute that holds what a call makes is named: `AvgPool2d` gives `avg_pool`. */
const attributeFor = ({ func }: Call): string => {
  const type = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : 'layer';
  return type
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replace(/\d[dD]$/, '')
    .toLowerCase();
};

/** One attribute is given two layers, one after the other: the first is lost. */
export const layerReplaced: Finder = (subject) => {
  const init = methodOf(subject.node, '__init__');
  return init ? replacedIn(subject, init, init.body) : [];
};

const replacedIn = (subject: Subject, init: FunctionDef, body: readonly Stmt[]): readonly Trap[] => {
  const before = new Map<string, Store>();
  const found: Trap[] = [];
  for (const stmt of body) {
    for (const node of inside(stmt)) {
      // Who reads an attribute, or may, wants what it held.
      const read = ownAttribute(init, node);
      if (read !== undefined && !isTarget(stmt, node)) before.delete(read);
      else if (node.kind === 'Name' && node.id === init.params[0]?.name && !isOwner(stmt, node)) before.clear();
    }
    for (const store of storesOf(init, stmt)) {
      const earlier = before.get(store.name);
      before.delete(store.name);
      const layer = valueAt(subject, store.value);
      if (!isModule(layer) || !learns(layer)) continue;
      if (earlier)
        found.push(
          hint(
            'layer-replaced',
            earlier.target,
            { name: store.name },
            { related: [{ node: store.target, what: 'changed-here' }] },
          ),
        );
      before.set(store.name, store);
    }
  }
  return found;
};

const isTarget = (stmt: Stmt, node: SyntaxNode): boolean =>
  stmt.kind === 'Assign' && stmt.targets.some((target) => target === node);

/** `self` as the owner of an attribute, in any place of a statement. */
const isOwner = (stmt: Stmt, self: SyntaxNode): boolean =>
  inside(stmt).some((node) => node.kind === 'Attribute' && node.value === self);

/** A layer under a name that the class itself has: the class is asked first, so that the layer is never reached. */
export const hiddenLayer: Finder = (subject) => {
  const { run, node } = subject;
  const { self } = run;
  if (!self) return [];
  return lastStores(subject).flatMap((store) => {
    const held = self.attrs.get(store.name);
    if (!isModule(held) || !isHidden(self, store.name, held)) return [];
    const member = memberOf(node, store.name);
    const related = member ? [{ node: member, what: 'hides' as const }] : [];
    return [hint('hidden-layer', store.target, { name: store.name }, { related })];
  });
};

/** Where the body of a class says what it has under a name. */
const memberOf = ({ body }: Subject['node'], name: string): Node | undefined => {
  for (const stmt of body.toReversed()) {
    if (stmt.kind === 'FunctionDef' && stmt.name === name)
      return { start: stmt.nameStart, end: stmt.nameStart + name.length };
    const targets =
      stmt.kind === 'Assign' ? stmt.targets : stmt.kind === 'AnnAssign' && stmt.value ? [stmt.target] : [];
    const target = targets.find((target) => target.kind === 'Name' && target.id === name);
    if (target) return target;
  }
  return undefined;
};

/** A layer with weights that no method ever reads. */
export const unusedLayer: Finder = (subject) => {
  const { run, node, file } = subject;
  if (!run.self || run.cls.open || !methodOf(node, 'forward') || isReadByName(node)) return [];
  return lastStores(subject).flatMap((store) => {
    const held = run.self?.attrs.get(store.name);
    if (!isModule(held) || !learns(held) || valuesAt(subject, store.value).length === 0) return [];
    // In strings and comments too, which may be what reads it.
    return mentions(file, store.name) > storesIn(node, store.name) || isShared(subject, held)
      ? []
      : [hint('unused-layer', store.target, { name: store.name })];
  });
};

const storesIn = (node: Subject['node'], name: string): number =>
  methodsOf(node).flatMap((method) => allStores(method).filter((store) => store.name === name)).length;

/** Whether another attribute holds the same module, or a part of it; one module may have two names. */
const isShared = ({ run }: Subject, module: ObjectValue): boolean => {
  const held = [...(run.self?.attrs.values() ?? [])];
  const others = held.filter((value) => value !== module);
  if (held.length - others.length > 1) return true;
  return others.some((value) => modulesIn(value, true).some((one) => one === module || registered(one).has(module)));
};

/** Attributes that are found by a name that is computed, or by walking over all of them. */
const isReadByName = (node: Subject['node']): boolean =>
  inside(node).some((inner) => {
    if (inner.kind !== 'Call') return false;
    const name = inner.func.kind === 'Attribute' ? inner.func.attr : inner.func.kind === 'Name' ? inner.func.id : '';
    return /^(getattr|children|modules|named_children|named_modules|sublayers|named_sublayers|__getattr__|get_submodule|vars|eval)$/.test(
      name,
    );
  });

/** A `forward` that computes and returns nothing; one that writes into what it is given, or calls for effects, means to. */
export const forwardReturnsNone: Finder = ({ node, run }) => {
  const forward = methodOf(node, 'forward');
  if (!forward || run.method?.node !== forward || forward.generator) return [];
  const nodes = forward.body.flatMap((stmt) => inside(stmt));
  const ends = nodes.some(({ kind }) => kind === 'Return' || kind === 'Raise');
  const works = nodes.some(({ kind }) => kind === 'Call');
  if (ends || !works || nodes.some(hasEffect)) return [];
  const at = { start: forward.nameStart, end: forward.nameStart + forward.name.length };
  return [hint('forward-returns-none', at, { name: node.name })];
};

const hasEffect = (node: SyntaxNode): boolean =>
  node.kind === 'ExprStmt'
    ? node.value.kind === 'Call' && !(node.value.func.kind === 'Name' && node.value.func.id === 'print')
    : node.kind === 'Assign'
      ? node.targets.some(({ kind }) => kind === 'Subscript' || kind === 'Attribute')
      : node.kind === 'AugAssign' && node.target.kind !== 'Name';
