import { callLayer, type Family, type LayerState, makeLayer, settleLazy } from '../ops';
import { sameShape } from '../shapes';
import type { Node } from '../syntax';
import { fromArg, NONE, type ObjectValue, type TensorValue, unknown, type Value } from '../values';
import { eachAlternative, opArguments, settled } from './alternatives';

import { fork, resolve, undecided } from './branch';

import { fail } from './faults';
import { hookedArguments, hookedOutput } from './hooks';
import { joinValues } from './join';
import type { Args, Machine } from './machine';
import { areRemembered, forgetNumbers, inMemoryOf, mayChange } from './memory';
import { layerOf } from './natives';
import { settleOutcome, sizesExist } from './outcomes';
import { isKept } from './prelude/kept';
import { classMember, isLoose } from './protocols';
import { replayed } from './replay';
import { storeAttribute } from './stores';

/** A new learnable tensor or buffer. */
export const parameter = (m: Machine, tensor: TensorValue, trained: boolean, persistent = true): TensorValue => {
  const { origin: _origin, fill, ...rest } = tensor;
  // Training and loading change what lies there, and with it what others see of the same memory.
  if (fill && areRemembered(fill)) forgetNumbers(tensor);
  const made: TensorValue = { ...rest, layout: 'contiguous', parameter: { id: m.nextId++, trained, persistent } };
  return m.arithmetic ? m.arithmetic.made(made) : made;
};

/** Runs the constructor of a library layer on an instance: attributes and parameters as the library makes them. */
export const initLayer = (m: Machine, self: ObjectValue, family: Family, args: Args, node: Node | undefined): Value =>
  eachAlternative(m, args, (plain) => {
    if (plain.open || plain.rest) {
      self.open = true;
      return NONE;
    }
    const { layer, fault } = makeLayer(family, opArguments(m, plain), m.context);
    if (fault) {
      self.open = true;
      return fail(m, 'TypeError', fault, node);
    }
    if (!layer) return NONE;
    own(m, self, layer, plain, node);
    return NONE;
  });

/** Gives an instance what its constructor made. */
const own = (m: Machine, self: ObjectValue, layer: LayerState, args: Args, node: Node | undefined): void => {
  if (layer.open) self.open = true;
  for (const [name, arg] of layer.fields) storeAttribute(m, self, name, originalOf(args, arg, name));
  for (const p of layer.params) {
    const lib = layer.family.path.startsWith('paddle') ? 'paddle' : 'torch';
    storeAttribute(
      m,
      self,
      p.name,
      parameter(
        m,
        { kind: 'tensor', lib, shape: p.shape, ...(p.dtype && { dtype: p.dtype }) },
        p.trained,
        p.persistent ?? true,
      ),
    );
  }
  for (const p of layer.params) sizesExist(m, { kind: 'tensor', lib: 'torch', shape: p.shape });
  for (const requirement of layer.requires) m.trace.requirements.push({ ...requirement, node, path: m.path });
};

/** Fields that the ops cannot look into (a class, a function) keep the value that was given. */
const originalOf = (args: Args, arg: Parameters<typeof fromArg>[0], name: string): Value => {
  if (arg.kind !== 'callable' && arg.kind !== 'other') return fromArg(arg);
  return (
    args.keywords.get(name) ??
    args.positional.find((v) => v.kind !== 'int' && 'name' in v && v.name === arg.name) ??
    fromArg(arg)
  );
};

/** Runs a library layer's `forward` with the attributes that the instance has now. */
export const forwardLayer = (
  m: Machine,
  self: ObjectValue,
  family: Family,
  args: Args,
  node: Node | undefined,
): Value =>
  eachAlternative(m, args, (plain) => {
    if (plain.open || plain.rest) return unknown('arguments come from an unpacking that is not known');
    const open = self.cls.layer === family ? undecided(m, self.attrs.values()) : undefined;
    if (open) {
      const again = () => forwardLayer(m, self, family, plain, node);
      return fork(m, open.condition, again, again, (a, b, sides) => joinValues(m, open.condition, a, b, sides));
    }
    const field = (name: string) => {
      const value = self.attrs.get(name);
      if (!value && name === 'training') return { kind: 'bool', value: m.training } as const;
      return value && settled(m, value);
    };
    const given = opArguments(m, plain);
    const settling = settleLazy(family, field, given, m.context);
    if (settling?.fault) return fail(m, 'TypeError', settling.fault, node);
    if (settling?.layer) own(m, self, settling.layer, { positional: [], keywords: new Map() }, node);
    const outcome = callLayer(family, field, given, m.context);
    const made = settleOutcome(m, outcome, node, { name: family.path, family, args: given });
    const inplace = field('inplace');
    if (inplace && !(inplace.kind === 'bool' && !inplace.value)) mayChange(plain.positional);
    // A layer may give back what it was given.
    const [whole] = plain.positional;
    const isAlike = made.kind === 'tensor' && whole?.kind === 'tensor' && sameShape(made.shape, whole.shape);
    const result = isAlike ? inMemoryOf(made, [whole]) : made;
    return projectedByHand(m, self, family, result, node);
  });

/** Calls a module: `forward` of its classes, of its layer, or of a container. What ran is an event of the trace. */
export const callModule = (m: Machine, self: ObjectValue, args: Args, node: Node | undefined): Value => {
  const { events } = m.trace;
  const event = {
    layer: self,
    node,
    module: m.frame?.module,
    inputs: args.positional,
    keywords: args.keywords,
    output: NONE as Value,
    parent: m.trace.running,
    path: m.path,
    repeat: m.trace.repeat,
  };
  const outer = m.trace.running;
  m.trace.running = events.length;
  events.push(event);
  try {
    const given = hookedArguments(m, self, args, node);
    event.output = unknown(`what a hook makes of the inputs of ${self.cls.name}`);
    if (!given) return event.output;
    const output = replayed(m, self, given, () => runForward(m, self, given, node));
    event.output = hookedOutput(m, self, given, ownOutput(self, given, output), node);
    return event.output;
  } finally {
    m.trace.running = outer;
  }
};

/** A layer that gives its input back and is told by its name alone is still a place of its own in the flow of data. */
const ownOutput = (self: ObjectValue, args: Args, output: Value): Value =>
  output.kind === 'tensor' && (layerOf(self.cls) || isKept(self.cls)) && args.positional.includes(output)
    ? { ...output }
    : output;

/** A convolution's `forward` is `self._conv_forward(input, self.weight, self.bias)`, which code overrides. */
const convolvedByHand = (m: Machine, self: ObjectValue, args: Args, node: Node | undefined): Value | undefined => {
  const own = classMember(self.cls, '_conv_forward');
  if (!own || args.positional.length !== 1 || args.keywords.size > 0) return undefined;
  const positional = [...args.positional, m.getAttribute(self, 'weight', node), m.getAttribute(self, 'bias', node)];
  return m.call({ kind: 'method', func: own.value, self }, { ...args, positional }, node);
};

/** Attention whose last projection has been replaced: what it gives goes through that one. */
const projectedByHand = (
  m: Machine,
  self: ObjectValue,
  family: Family,
  result: Value,
  node: Node | undefined,
): Value => {
  const own = family.path === 'paddle.nn.MultiHeadAttention' ? self.attrs.get('out_proj') : undefined;
  if (!own) return result;
  const projected = (value: Value): Value => m.call(own, { positional: [value], keywords: new Map() }, node);
  if (result.kind === 'tensor') return projected(result);
  const [first, ...others] = result.kind === 'tuple' ? result.items : [];
  return first
    ? { kind: 'tuple', items: [projected(first), ...others] }
    : unknown('attention with a projection of its own');
};

const runForward = (m: Machine, self: ObjectValue, args: Args, node: Node | undefined): Value => {
  // `model.forward = types.MethodType(forward, model)`: what the instance holds comes before its classes.
  const own = self.attrs.get('forward');
  const held = own && resolve(m, own);
  if (held && held.kind !== 'unbound' && held.kind !== 'either') return m.call(held, args, node);
  for (const cls of self.cls.mro) {
    const own = cls.attrs.get('forward');
    if (own?.kind === 'descriptor') return m.call(m.getAttribute(self, 'forward', node), args, node);
    if (own) return m.call({ kind: 'method', func: own, self }, args, node);
    if (cls.path && m.native.has(`${cls.path}.forward`))
      return m.call({ kind: 'builtin', name: `${cls.path}.forward`, self }, args, node);
    if (cls.layer) return convolvedByHand(m, self, args, node) ?? forwardLayer(m, self, cls.layer, args, node);
    if (isLoose(cls)) return unknown(`forward of ${self.cls.name} comes from a base class that is not known`);
  }
  if (self.open) return unknown(`forward of ${self.cls.name}`);
  return own
    ? m.call(own, args, node)
    : fail(m, 'NotImplementedError', { code: 'no-forward', data: { type: self.cls.name }, names: [] }, node);
};
