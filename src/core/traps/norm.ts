import type { LayerEvent } from '../interp';
import type { Arg } from '../ops';
import type { Call, Node } from '../syntax';
import type { TextEdit } from '../text';
import type { ObjectValue, Value } from '../values';
import { addArgument } from './code';
import { given, isOp, makerOf, ownPlace, type Step, timeline } from './timeline';
import { type Finder, hint, ownCall, type Subject, type Trap } from './trap';
import { isBatchNorm, isLayer, layerOf, shortName } from './values';

/** Batch normalisation of a map of one pixel: a training batch of one has a single value per channel, which is refused. */
export const oneValueNorm: Finder = ({ run, lib, own, node }) => {
  if (lib === 'paddle') return [];
  const found = new Map<Node, Trap>();
  for (const event of run.trace.events) {
    const [input] = event.inputs;
    if (!isBatchNorm(event.layer) || input?.kind !== 'tensor' || input.shape.rest) continue;
    const [batch, , ...pixels] = input.shape.dims;
    const place = ownPlace(run.trace, event, own);
    if (
      !place ||
      place === node ||
      typeof batch === 'number' ||
      pixels.length === 0 ||
      pixels.some((size) => size !== 1)
    )
      continue;
    found.set(place, hint('one-value-norm', place, { shape: input.shape }));
  }
  return [...found.values()];
};

/** One batch normalisation behind two different layers: the statistics of both mix. */
export const sharedBatchNorm: Finder = ({ run, own }) => {
  const uses = new Map<ObjectValue, LayerEvent[]>();
  for (const event of run.trace.events) {
    if (!isBatchNorm(event.layer) || !event.node || !own.has(event.node) || event.path) continue;
    uses.set(event.layer, [...(uses.get(event.layer) ?? []), event]);
  }
  const source = (event: LayerEvent): ObjectValue | undefined => makerOf(run.trace, event.inputs[0])?.layer;
  return [...uses].flatMap(([norm, events]) => {
    const [first] = events;
    const before = first && source(first);
    const other = events.find((event) => event.node !== first?.node && source(event) && source(event) !== before);
    if (!before || !first.node || !other?.node) return [];
    const data = { name: nameOf(run.self, norm) };
    return [hint('shared-batchnorm', other.node, data, { related: [{ node: first.node, what: 'first-use' }] })];
  });
};

const nameOf = (self: ObjectValue | undefined, layer: ObjectValue): string =>
  [...(self?.attrs ?? [])].find(([, value]) => value === layer)?.[0] ?? layer.cls.name;

/** The steps that are given a value, by the value. */
const usersIn = (steps: readonly Step[]): ReadonlyMap<Value | Arg, readonly Step[]> => {
  const users = new Map<Value | Arg, Step[]>();
  for (const step of steps)
    for (const value of new Set(given(step))) {
      const known = users.get(value);
      if (known) known.push(step);
      else users.set(value, [step]);
    }
  return users;
};

/** A bias in front of batch normalisation, which takes the mean off again. */
export const biasBeforeNorm: Finder = (subject) => {
  const { run } = subject;
  const steps = timeline(run.trace);
  const users = usersIn(steps);
  const behind = new Map<ObjectValue, ObjectValue | undefined>();
  for (const event of run.trace.events) {
    const { layer, output } = event;
    if (!isLayer(layer, /^(Conv|Linear)/) || layer.attrs.get('bias')?.kind !== 'tensor') continue;
    const [user, more] = users.get(output) ?? [];
    const norm = user && !more && !isOp(user) && normalises(user, event) ? user.layer : undefined;
    behind.set(layer, behind.has(layer) && !behind.get(layer) ? undefined : norm);
  }
  return [...behind].flatMap(([layer, norm]) => biasHint(subject, layer, norm));
};

/** `BatchNorm1d` behind a `Linear` works on the axis of its features only where there are two axes. */
const normalises = ({ layer: norm }: LayerEvent, { layer, output }: LayerEvent): boolean =>
  isBatchNorm(norm) &&
  output.kind === 'tensor' &&
  (!isLayer(layer, /^Linear$/) || (output.shape.dims.length === 2 && !output.shape.rest));

const biasHint = (subject: Subject, layer: ObjectValue, norm: ObjectValue | undefined): readonly Trap[] => {
  const family = layerOf(norm);
  const call = ownCall(subject, layer.site?.node);
  if (!call || !family) return [];
  const bias = BIAS[subject.lib];
  return [
    hint(
      'bias-before-norm',
      call,
      { norm: shortName(family), bias },
      { edits: readsBias(subject.file) ? [] : withoutBias(subject, call, bias) },
    ),
  ];
};

/** Whether a file reads the bias of a layer and does not ask whether there is one. */
const readsBias = (file: string): boolean =>
  /\.bias\b/.test(file) && !/\.bias is (not )?None\b|\bif [\w.]+\.bias\b|hasattr\([^)]*bias/.test(file);

/** The argument that leaves a bias out. */
const BIAS = { torch: 'bias', paddle: 'bias_attr' } as const;

const withoutBias = ({ source }: Subject, call: Call, name: string): readonly TextEdit[] => {
  const stated = call.args.find((arg) => arg.name === name);
  if (stated) return [{ start: stated.value.start, end: stated.value.end, newText: 'False' }];
  // Where arguments are unpacked or many stand by position, one of them may be the bias.
  const positional = call.args.filter((arg) => arg.name === undefined);
  if (positional.length > 3 || call.args.some(({ star }) => star > 0)) return [];
  return [addArgument(call, `${name}=False`, source)];
};
