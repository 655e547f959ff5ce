import { callOp, type DType, findFamily } from '../../ops';
import {
  dict,
  fromArg,
  iterator,
  list,
  NONE,
  type ObjectValue,
  str,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from '../../values';
import { opArguments } from '../alternatives';
import { attributeOrNone } from '../attributes';
import { resolve } from '../branch';
import { raise } from '../faults';
import { callModule, forwardLayer, initLayer, parameter } from '../layers';
import type { Machine } from '../machine';
import { childrenOf, isMapping, isSequence, mayBeModule, modulesOf, tensorsOf } from '../modules';
import { storeUnder } from '../named-parts';
import { nativeClass } from '../natives';
import { newObject } from '../objects';
import { deleteAttribute, storeAttribute } from '../stores';
import { hookHandles, registerHook } from './hooks';
import { first, type Native, type NativeCall, type NativeTable, nothing } from './native';

/** Methods of `nn.Module` and `nn.Layer`. The self is bound, or the first argument of `nn.Module.method(self)`. */
const onModule =
  (use: (self: ObjectValue, call: NativeCall) => Value): Native =>
  (call) => {
    const [head, ...rest] = call.args.positional;
    const bound = call.self?.kind === 'object' ? call.self : undefined;
    const self = bound ?? (head && resolve(call.m, head));
    if (self?.kind !== 'object') return unknown('a module that is not known');
    if (bound) return use(bound, call);
    const args = { ...call.args, positional: rest };
    return use(self, {
      ...call,
      args,
      self,
      at: (i, name) => rest[i] ?? (name === undefined ? undefined : args.keywords.get(name)),
    });
  };

const same = onModule((self) => self);

/** `net.eval()`, `net.train(mode)` of a script. What is read alone is in eval mode, whatever it says. */
const mode = (given: (call: NativeCall) => Value): Native =>
  onModule((self, call) => {
    for (const [, module] of modulesOf(call.m, self))
      if (call.m.training || module.attrs.has('training')) storeAttribute(call.m, module, 'training', given(call));
    return self;
  });

/** `module.double()`, `module.to(dtype)`: what is held as a fraction is held in another type from now on. */
const cast = (type: (call: NativeCall) => DType | 'kept' | undefined): Native =>
  onModule((self, call) => {
    const dtype = type(call);
    if (dtype === 'kept') return self;
    for (const [, module] of modulesOf(call.m, self)) {
      for (const [name, held] of [...module.attrs]) {
        const value = resolve(call.m, held);
        if (value.kind !== 'tensor' || !value.parameter || (value.dtype && !/float/.test(value.dtype))) continue;
        const { dtype: _, ...rest } = value;
        storeAttribute(call.m, module, name, { ...rest, ...(dtype && { dtype }) });
      }
    }
    return self;
  });

/** The element type among the arguments of `to`: a type, its name, or that of another tensor. */
const typeGiven = ({ m, args }: NativeCall): DType | 'kept' | undefined => {
  let found: DType | 'kept' | undefined = 'kept';
  for (const given of [...args.positional, ...args.keywords.values()]) {
    const value = resolve(m, given);
    if (value.kind === 'dtype') found = value.name;
    else if (value.kind === 'tensor') found = value.dtype;
    else if (value.kind === 'str') found = DTYPES.find((name) => name === value.value) ?? found;
    else if (value.kind === 'unknown' || value.kind === 'either' || value.kind === 'opaque') found = undefined;
  }
  return found;
};

const DTYPES: readonly DType[] = ['float16', 'bfloat16', 'float32', 'float64'];

const nameOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'str' ? value.value : value?.kind === 'int' ? String(value.value) : undefined;

const addModule = onModule((self, { m, at }) => {
  const given = resolve(m, at(0, 'name') ?? NONE);
  const name = nameOf(given);
  const module = at(1, 'module') ?? at(1, 'sublayer') ?? NONE;
  if (name === undefined) storeUnder(m, self, given, module);
  else storeAttribute(m, self, name, module);
  // An element of a container that nobody knows is one all the same.
  if ((isSequence(self) || isMapping(self)) && mayBeModule(m, module)) self.open = true;
  return module;
});

const registerParameter = onModule((self, { m, at }) => {
  const name = nameOf(resolve(m, at(0, 'name') ?? NONE));
  if (name !== undefined) storeAttribute(m, self, name, at(1, 'param') ?? at(1, 'parameter') ?? NONE);
  return at(1, 'parameter') ?? NONE;
});

const registerBuffer = onModule((self, { m, at }) => {
  const name = nameOf(resolve(m, at(0, 'name') ?? NONE));
  const given = resolve(m, at(1, 'tensor') ?? NONE);
  const keep = at(2, 'persistent') ?? at(2, 'persistable');
  const persistent = !(keep?.kind === 'bool' && !keep.value);
  const kept = given.kind === 'tensor' ? keepElements(given, parameter(m, given, false, persistent)) : given;
  if (kept !== given) m.trace.sources.set(kept, { values: [given] });
  if (name !== undefined) storeAttribute(m, self, name, kept);
  return NONE;
});

const keepElements = (from: TensorValue, to: TensorValue): TensorValue =>
  from.elements ? { ...to, elements: from.elements } : to;

/** The children of a module; one that stands under two names comes once. */
const distinctChildren = (m: Machine, self: ObjectValue): readonly (readonly [string, ObjectValue])[] => {
  const all = childrenOf(m, self);
  return all.filter(([, child], i) => all.findIndex(([, other]) => other === child) === i);
};

const children = onModule((self, { m }) =>
  iterator(
    distinctChildren(m, self).map(([, child]) => child),
    self.count,
  ),
);
const namedChildren = onModule((self, { m }) =>
  iterator(
    distinctChildren(m, self).map(([name, child]) => tuple([str(name), child])),
    self.count,
  ),
);
const modules = onModule((self, { m }) => iterator(modulesOf(m, self).map(([, module]) => module)));
const namedModules = onModule((self, { m, at }) => {
  const prefix = at(1, 'prefix');
  const before = prefix?.kind === 'str' && prefix.value !== '' ? `${prefix.value}.` : '';
  return iterator(modulesOf(m, self).map(([name, module]) => tuple([str(before + name), module])));
});

/** Paddle's `sublayers` leave the layer itself out. */
const sublayers = onModule((self, { m, at }) => {
  const whole = at(0, 'include_self');
  const all = modulesOf(m, self).map(([, module]) => module);
  return list(whole?.kind === 'bool' && whole.value ? all : all.slice(1));
});

/** Paddle counts the statistics of batch normalisation among its parameters. */
const isPaddle = (self: ObjectValue): boolean => self.cls.mro.some((c) => c.path === 'paddle.nn.Layer');

const parametersOf = (m: NativeCall['m'], self: ObjectValue): readonly (readonly [string, TensorValue])[] => {
  if (!isPaddle(self)) return tensorsOf(m, self, true);
  return tensorsOf(m, self, (name, trained) => trained || /^_(mean|variance)$/.test(name));
};

const parameters = onModule((self, { m }) => {
  const all = parametersOf(m, self).map(([, p]) => p);
  return isPaddle(self) ? list(all) : iterator(all);
});
const namedParameters = onModule((self, { m }) =>
  iterator(parametersOf(m, self).map(([name, p]) => tuple([str(name), p]))),
);
const buffers = onModule((self, { m }) => iterator(tensorsOf(m, self, false).map(([, b]) => b)));
const namedBuffers = onModule((self, { m }) =>
  iterator(tensorsOf(m, self, false).map(([name, b]) => tuple([str(name), b]))),
);

const stateDict = onModule((self, { m }) => {
  const result = dict();
  for (const [name, value] of [...tensorsOf(m, self, true), ...tensorsOf(m, self, false)])
    result.entries.set(`s${name}`, { key: str(name), value });
  return result;
});

/** `module.apply(fn)`: children first, then the module itself. */
const apply = onModule((self, { m, at, node }) => {
  const fn = at(0, 'fn') ?? NONE;
  const seen = new Set<ObjectValue>();
  const visit = (module: ObjectValue): void => {
    if (seen.has(module)) return;
    seen.add(module);
    for (const [, child] of childrenOf(m, module)) visit(child);
    m.call(fn, { positional: [module], keywords: new Map() }, node);
  };
  visit(self);
  return self;
});

const submodule = onModule((self, { m, at }) => {
  const path = nameOf(at(0, 'target'));
  if (path === undefined) return unknown('a submodule whose name is not known');
  let current: Value = self;
  for (const part of path === '' ? [] : path.split('.')) current = attributeOrNone(m, current, part) ?? unknown(path);
  return current;
});

const ASSIGN = 'paddle.nn.initializer.Assign';

/** `self.create_parameter(shape=[...])` of Paddle; the same words as a function. */
const createParameter: Native = (call) => {
  const { m, args } = call;
  const family = findFamily('paddle.create_parameter') ?? findFamily('paddle.zeros');
  const shape = resolve(m, args.keywords.get('shape') ?? args.positional[0] ?? NONE);
  const dtype = args.keywords.get('dtype');
  if (!family) return unknown('create_parameter()');
  const initializer = resolve(m, args.keywords.get('default_initializer') ?? NONE);
  if (initializer.kind === 'object' && initializer.cls.path === ASSIGN) {
    // The parameter gets the shape of what is assigned, whatever shape was asked for.
    const put = resolve(m, initializer.attrs.get('value') ?? NONE);
    if (put.kind === 'tensor') return parameter(m, { ...put, lib: 'paddle' }, true);
  }
  const zeros = findFamily('paddle.zeros') ?? family;
  const made = fromArg(
    callOp(
      zeros,
      opArguments(m, {
        positional: [shape],
        keywords: new Map(dtype && dtype.kind !== 'unknown' ? [['dtype', dtype]] : []),
      }),
      m.context,
    ).value,
  );
  return made.kind === 'tensor' ? parameter(m, made, true) : unknown('create_parameter()');
};

const deleteItem: Native = onModule((self, { m, at }) => {
  const key = nameOf(at(0));
  if (key !== undefined) deleteAttribute(m, self, key);
  return NONE;
});

const layerInit: Native = ({ m, args, node }) => {
  const [family, self, ...rest] = args.positional;
  const target = self && resolve(m, self);
  if (family?.kind !== 'op' || target?.kind !== 'object') return NONE;
  return initLayer(m, target, family.family, { ...args, positional: rest }, node);
};

/** A layer made by another constructor of its class: `Embedding.from_pretrained(table)`. */
const layerMake: Native = ({ m, args, node }) => {
  const [family, ...rest] = args.positional;
  const row = family?.kind === 'op' ? family.family.rows[0] : undefined;
  if (family?.kind !== 'op' || row?.entry.makes === undefined) return unknown('a layer');
  const self = newObject(m, nativeClass(m, row.entry.makes), node);
  initLayer(m, self, family.family, { ...args, positional: rest }, node);
  return self;
};

const layerForward: Native = ({ m, args, node }) => {
  const [family, self, ...rest] = args.positional;
  const target = self && resolve(m, self);
  if (family?.kind !== 'op' || target?.kind !== 'object') return unknown('forward()');
  return forwardLayer(m, target, family.family, { ...args, positional: rest }, node);
};

/** `super()._conv_forward(x, weight, bias)`: the convolution with another kernel than its own. */
const convolve: Native = ({ m, args, node }) => {
  const [family, self, input, weight = NONE, bias = NONE] = args.positional;
  const target = self && resolve(m, self);
  if (family?.kind !== 'op' || target?.kind !== 'object' || !input) return unknown('_conv_forward()');
  const attrs = new Map(target.attrs).set('weight', weight).set('bias', bias);
  return forwardLayer(m, { ...target, attrs }, family.family, { positional: [input], keywords: new Map() }, node);
};

const KEEP = ['cuda', 'cpu', 'requires_grad_', 'share_memory', 'xpu', 'to_empty'];
const IGNORE = [
  '__init__',
  'load_state_dict',
  'set_state_dict',
  'set_dict',
  'load_dict',
  'zero_grad',
  'clear_gradients',
  'extra_repr',
  'compile',
  '_initialize_weights_',
];

/** Hooks that no forward pass runs. */
const HOOKS = [
  'register_full_backward_hook',
  'register_full_backward_pre_hook',
  'register_backward_hook',
  '_register_load_state_dict_pre_hook',
  'register_load_state_dict_pre_hook',
  'register_load_state_dict_post_hook',
  'register_state_dict_pre_hook',
  'register_state_dict_post_hook',
  '_register_state_dict_hook',
];

const METHODS: Readonly<Record<string, Native>> = {
  ...Object.fromEntries(KEEP.map((name) => [name, same])),
  eval: mode(() => ({ kind: 'bool', value: false })),
  train: mode(({ at }) => at(0, 'mode') ?? { kind: 'bool', value: true }),
  ...Object.fromEntries(IGNORE.map((name) => [name, nothing])),
  ...Object.fromEntries(HOOKS.map((name) => [name, onModule(registerHook())])),
  register_forward_pre_hook: onModule(registerHook('_forward_pre_hooks')),
  register_forward_hook: onModule(registerHook('_forward_hooks')),
  register_forward_post_hook: onModule(registerHook('_forward_hooks')),
  to: cast(typeGiven),
  type: cast(typeGiven),
  astype: cast(typeGiven),
  half: cast(() => 'float16'),
  float: cast(() => 'float32'),
  double: cast(() => 'float64'),
  bfloat16: cast(() => 'bfloat16'),
  add_module: addModule,
  register_module: addModule,
  add_sublayer: addModule,
  register_parameter: registerParameter,
  add_parameter: registerParameter,
  register_buffer: registerBuffer,
  children,
  named_children: namedChildren,
  modules,
  named_modules: namedModules,
  sublayers,
  named_sublayers: namedModules,
  parameters,
  named_parameters: namedParameters,
  buffers,
  named_buffers: namedBuffers,
  state_dict: stateDict,
  apply,
  get_submodule: submodule,
  get_parameter: submodule,
  get_buffer: submodule,
  create_parameter: createParameter,
  __delitem__: deleteItem,
  __setattr__: onModule((self, { m, at }) => {
    const name = nameOf(at(0));
    if (name !== undefined) storeAttribute(m, self, name, at(1) ?? NONE);
    return NONE;
  }),
  __delattr__: deleteItem,
  // What the module itself holds, and nothing that its class would have to be asked for again.
  __getattr__: onModule((self, { m, at, node }) => {
    const name = nameOf(at(0));
    const held = name === undefined ? undefined : self.attrs.get(name);
    if (held) return held;
    const isThere = name === undefined || self.open || self.cls.open;
    return isThere || m.tries === 0 ? unknown('an attribute') : raise(m, 'AttributeError', name, node);
  }),
  __call__: onModule((self, { m, args, node }) => callModule(m, self, args, node)),
  _get_name: onModule((self) => str(self.cls.name)),
  full_name: onModule((self) => str(self.cls.name)),
};

const learned: Native = ({ m, at }) => {
  const given = resolve(m, at(0, 'data') ?? NONE);
  return given.kind === 'tensor'
    ? keepElements(given, parameter(m, given, true))
    : unknown('a parameter whose tensor is not known');
};

export const moduleMethods: NativeTable = {
  ...hookHandles,
  'torch.nn.SyncBatchNorm.convert_sync_batchnorm': first,
  'paddle.nn.SyncBatchNorm.convert_sync_batchnorm': first,
  ...Object.fromEntries(
    ['torch.nn.Module', 'paddle.nn.Layer'].flatMap((cls) =>
      Object.entries(METHODS).map(([name, native]) => [`${cls}.${name}`, native]),
    ),
  ),
  'paddle.create_parameter': createParameter,
  [`${ASSIGN}()`]: ({ m, at, node }) => {
    const self = newObject(m, nativeClass(m, ASSIGN), node);
    self.attrs.set('value', at(0, 'value') ?? NONE);
    self.open = true;
    return self;
  },
  'layer.__init__': layerInit,
  'layer.forward': layerForward,
  'layer.make': layerMake,
  'layer.reset_parameters': nothing,
  'layer._conv_forward': convolve,
  'torch.nn.Parameter()': learned,
  'paddle.nn.Parameter()': learned,
  'torch.nn.Buffer()': ({ m, at }) => {
    const given = resolve(m, at(0, 'data') ?? NONE);
    return given.kind === 'tensor' ? parameter(m, given, false) : given;
  },
};
