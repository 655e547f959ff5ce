import type { Arg } from '../ops';
import type { Call, SyntaxNode } from '../syntax';
import type { Value } from '../values';
import { addArgument, isWithin, methodsOf } from './code';
import { type Finder, hint, ownCall, type Subject, type Trap } from './trap';
import { argument, functionName, isLayer, layerOf, shortName, valuesAt } from './values';

/** `F.dropout(x)` without `training`: it drops in evaluation too. */
export const dropoutAlways: Finder = (subject) => {
  const { run, lib, source } = subject;
  const position = lib === 'paddle' ? 3 : 2;
  const found = new Map<Call, Trap>();
  for (const op of run.trace.ops) {
    const call = ownCall(subject, op.node);
    const name = functionName(op);
    // Paddle 1.x's knows the mode of its layer.
    if (!call || !name || name.startsWith('paddle.fluid.') || !/\.(alpha_|feature_alpha_)?dropout([123]d)?$/.test(name))
      continue;
    const rate = argument(op, 'p', 1);
    const idle = rate && 'value' in rate && rate.value === 0;
    if (argument(op, 'training', position) || idle || call.args.some(({ star }) => star > 0)) continue;
    const self = instanceAt(subject, call);
    const edits = self === undefined ? [] : [addArgument(call, `training=${self}.training`, source)];
    found.set(call, hint('dropout-always', call, { op: shortOf(name) }, { edits }));
  }
  return [...found.values()];
};

/** What the method in which a call stands calls its instance; undefined in one that has none. */
const instanceAt = ({ node }: Subject, call: Call): string | undefined => {
  const method = methodsOf(node).find((one) => isWithin(call, one));
  return method?.decorators.some(
    ({ kind, ...rest }) => kind === 'Name' && 'id' in rest && /^(static|class)method$/.test(rest.id),
  )
    ? undefined
    : method?.params[0]?.name;
};

const shortOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** `nn.Softmax()` without an axis: the library guesses one by the number of axes. */
export const softmaxDim: Finder = (subject) => {
  const { run, lib } = subject;
  if (lib === 'paddle') return []; // The last axis is the default there.
  const found = new Map<Call, Trap>();
  const note = (call: Call | undefined, op: string, input: Value | Arg | undefined): void => {
    const trap = call && input?.kind === 'tensor' ? guessed(subject, call, op, input) : undefined;
    if (call && trap) found.set(call, trap);
  };
  for (const { layer, inputs } of run.trace.events)
    if (isLayer(layer, /^(Log)?Softm(ax|in)$/) && layer.attrs.get('dim')?.kind === 'none')
      note(ownCall(subject, layer.site?.node), layer.cls.name, inputs[0]);
  for (const op of run.trace.ops) {
    const name = functionName(op);
    const axis = argument(op, 'dim', 1);
    if (name && /\.nn\.functional\.(log_)?softm(ax|in)$/.test(name) && (!axis || axis.kind === 'none'))
      note(ownCall(subject, op.node), shortOf(name), op.args.positional[0]);
  }
  return [...found.values()];
};

/** PyTorch takes axis 0 of one or three axes, else axis 1; of three axes that is the batch. */
const guessed = (
  { source }: Subject,
  call: Call,
  op: string,
  { shape }: Extract<Value | Arg, { kind: 'tensor' }>,
): Trap | undefined => {
  // Of how many axes it will be is not known; the last one is where a layer in front has put what it has worked out.
  if (shape.rest) {
    const edits = shape.rest.at < shape.dims.length ? [addArgument(call, 'dim=-1', source)] : [];
    return hint('softmax-dim', call, { op, axis: '0/1', shape }, { edits });
  }
  const rank = shape.dims.length;
  if (rank === 3)
    return hint('softmax-over-batch', call, { op, shape }, { edits: [addArgument(call, 'dim=-1', source)] });
  const axis = rank < 2 ? 0 : 1;
  return hint('softmax-dim', call, { op, axis, shape }, { edits: [addArgument(call, `dim=${axis}`, source)] });
};

/** `if self.alpha:` on a learnable tensor asks for its value, not whether it is there. */
export const tensorTruth: Finder = (subject) =>
  [...subject.own.values()].flatMap(testsOf).flatMap((test) => {
    const values = valuesAt(subject, test);
    const learnt = values.length > 0 && values.every((v) => v.kind === 'tensor' && v.parameter?.trained);
    return learnt ? [hint('tensor-truth', test, { name: subject.source(test) })] : [];
  });

const testsOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  node.kind === 'If' || node.kind === 'While' || node.kind === 'IfExp' ? operands(node.test) : [];

const operands = (test: SyntaxNode): readonly SyntaxNode[] => {
  if (test.kind === 'BoolOp') return [...operands(test.left), ...operands(test.right)];
  return test.kind === 'UnaryOp' && test.op === 'not' ? operands(test.operand) : [test];
};

/** Dropout between the layers of a recurrent network that has one layer. */
export const rnnDropout: Finder = (subject) => {
  const found = new Map<Call, Trap>();
  for (const { layer } of subject.run.trace.events) {
    const family = layerOf(layer);
    const call = ownCall(subject, layer.site?.node);
    if (!family || !call || !isLayer(layer, /^(LSTM|GRU|RNN|SimpleRNN)$/)) continue;
    const [layers, rate] = [layer.attrs.get('num_layers'), layer.attrs.get('dropout')];
    const drops = rate?.kind === 'float' && rate.value !== undefined && rate.value > 0;
    if (layers?.kind === 'int' && layers.value === 1 && drops)
      found.set(call, hint('rnn-dropout', call, { layer: shortName(family) }));
  }
  return [...found.values()];
};
