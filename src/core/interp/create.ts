import { noFacts, symbol } from '../dims';
import type { Module } from '../syntax';
import { journal, type ModuleValue, type Value } from '../values';
import { getAttribute } from './attributes';
import { callNative, findBuiltin, hasNative, isNativeNamespace } from './builtins';
import { call } from './calls';
import { evaluate } from './expressions';
import { importModule, lateName } from './imports';
import type { Machine, Recorder, Sources } from './machine';
import { nativeClass } from './natives';
import { assumeHelper, callKept, lostImport, writtenOut } from './prelude';
import { executeBody } from './statements';
import { newTrace } from './trace';

/** Everything a machine needs from outside. */
export interface Surroundings {
  readonly sources: Sources;
  readonly parse: (path: string, text: string) => Module;
  readonly steps?: number;
  readonly depth?: number;
  readonly training?: boolean;
  readonly explores?: boolean;
  readonly isWanted?: () => boolean;
}

const STEPS = 12_000_000;
/** Python frames; each costs some fifteen of ours. */
const DEPTH = 120;

/** Library classes without a row that code derives from or asks about. */
const CLASSES = new Set([
  'torch.nn.Module',
  'torch.nn.Sequential',
  'torch.nn.ModuleList',
  'torch.nn.ModuleDict',
  'torch.nn.ParameterList',
  'torch.nn.ParameterDict',
  'torch.nn.Parameter',
  'torch.nn.Buffer',
  'torch.nn.quantized.FloatFunctional',
  'torch.nn.UninitializedParameter',
  'torch.Tensor',
  'torch.FloatTensor',
  'torch.LongTensor',
  'torch.IntTensor',
  'torch.BoolTensor',
  'torch.Size',
  'torch.device',
  'torch.dtype',
  'torch.jit.ScriptModule',
  'torch.distributions.Distribution',
  'paddle.nn.Layer',
  'paddle.nn.Sequential',
  'paddle.nn.LayerList',
  'paddle.nn.LayerDict',
  'paddle.nn.ParameterList',
  'paddle.nn.ParameterDict',
  'paddle.nn.Parameter',
  'paddle.Tensor',
  'paddle.ParamAttr',
  'collections.OrderedDict',
  'collections.defaultdict',
  'collections.deque',
  'enum.Enum',
  'enum.EnumMeta',
  'enum.IntEnum',
  'enum.Flag',
  'enum.IntFlag',
  'enum.StrEnum',
  'typing.NamedTuple',
  'typing.Protocol',
  'typing.Generic',
  'abc.ABC',
  'types.FunctionType',
  'types.MethodType',
  'types.ModuleType',
  'functools.partial',
  'dataclasses.Field',
  'dataclasses.MISSING',
  'numpy.ndarray',
  'numbers.Number',
  'numbers.Real',
  'numbers.Integral',
  'typing.Dict',
  'typing.List',
  'typing.Tuple',
]);

/** Places under which a class is reached, for the place where it is at home. */
const HOMES: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn\.modules\.\w+\.(_[A-Z]\w*)$/, '$&'],
  [/^torch\.ao\.nn\.quantized\.(FloatFunctional)$/, 'torch.nn.quantized.$1'],
  [/^paddle\.(?:fluid\.dygraph|nn\.layer\.layers|base\.dygraph|dygraph)\.(Layer)$/, 'paddle.nn.Layer'],
  [/^paddle\.(?:fluid\.dygraph|nn\.layer\.container|dygraph)\.(Sequential|LayerList|ParameterList)$/, 'paddle.nn.$1'],
  [/^paddle\.(?:fluid|fluid\.param_attr|base\.param_attr|static)\.(ParamAttr)$/, 'paddle.ParamAttr'],
  [/^collections\.abc\.(\w+)$/, '$&'],
  [/^paddle\.nn\.initializer\.(\w+)$/, '$&'],
  [/^paddle\.regularizer\.(\w+)$/, '$&'],
];

export const createMachine = ({
  sources,
  parse,
  steps = STEPS,
  depth = DEPTH,
  training = false,
  explores = true,
  isWanted = () => true,
}: Surroundings): Machine => {
  const log = journal();
  const recorder: Recorder = {
    isOn: true,
    active: 0,
    seen: [],
    outside: 0,
    unknowns: 0,
    shared: () => log.shared,
  };
  const m: Machine = {
    sources,
    parse,
    journal: log,
    recorder,
    trace: newTrace(),
    budget: { steps, unasked: 0, depth },
    modules: new Map(),
    making: null,
    files: new Map(),
    main: null,
    entangled: false,
    isWanted,
    spoilt: false,
    replaced: [],
    natives: new Map(),
    promises: new Map(),
    stars: new Map(),
    searching: new Set(),
    views: new WeakMap(),
    shapesOfEntries: new WeakMap(),
    described: new Set(),
    supposed: new Set(),
    entering: null,
    lined: new Set(),
    met: new Set(),
    stretched: new Set(),
    loose: new Set(),
    supposes: true,
    asked: new Map(),
    likely: new WeakMap(),
    repeated: null,
    pieces: new WeakMap(),
    ranksOfEntries: new WeakMap(),
    classBodies: new WeakMap(),
    inner: new Map(),
    knownAxes: new Map(),
    wanted: new Set(),
    optional: new Set(),
    customOps: new Map(),
    absent: new WeakSet(),
    positive: new Map(),
    facts: noFacts,
    path: null,
    frame: null,
    tries: 0,
    training,
    explores,
    defined: null,
    strict: false,
    exploring: null,
    arithmetic: null,
    raising: [],
    nextId: 1,
    context: {
      get facts() {
        return m.facts;
      },
      get training() {
        return m.training;
      },
      get supposes() {
        return m.supposes && !m.strict;
      },
      isLoose: (entry) => m.loose.has(entry),
      meets: (entry, axis, size) => {
        if (!m.supposed.has(entry)) return;
        m.met.add(`${entry}:${axis}:${size}`);
        if ([1, 'given'].every((each) => m.met.has(`${entry}:${axis}:${each}`))) m.stretched.add(entry);
      },
      unknownSize: (why, name) => {
        const id = `u:${recorder.unknowns++}`;
        if (name !== undefined) m.trace.names.set(id, name);
        return symbol(id, why, 'unknown');
      },
      unknownRest: (why) => `u:${recorder.unknowns++}:${why}`,
    },
    restart: () => {
      m.trace = newTrace();
      m.budget.steps = steps;
      m.facts = noFacts;
      m.path = null;
      m.frame = null;
      m.tries = 0;
    },
    evaluate: (expr, scope) => evaluate(m, expr, scope),
    execute: (body, scope, exits) => executeBody(m, body, scope, exits),
    native: { has: hasNative, isNamespace: isNativeNamespace, find: findBuiltin, call: callNative },
    call: (callee, args, site) => call(m, callee, args, site),
    getAttribute: (value, name, site) => getAttribute(m, value, name, site),
    importModule: (name) => importModule(m, name),
    lateName: (module: ModuleValue, name) => lateName(m, module, name),
    assumeHelper: (name) => assumeHelper(m, name),
    lostImport: (name) => lostImport(m, name),
    callKept: (callee, args, site) => callKept(m, callee, args, site),
    writtenOut: (path) => writtenOut(m, path),
    nativeClassAt: (path) => libraryClass(m, path),
  };
  return m;
};

const libraryClass = (m: Machine, path: string): Extract<Value, { kind: 'class' }> | undefined => {
  if (CLASSES.has(path)) return nativeClass(m, path);
  for (const [pattern, home] of HOMES) if (pattern.test(path)) return nativeClass(m, path.replace(pattern, home));
  return undefined;
};
