import { findFamily, type Library } from '../../ops';
import { NONE, type ObjectValue, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import { initLayer } from '../layers';
import type { Machine } from '../machine';
import { elementsOf } from '../modules';
import { isModuleClass, nativeClass } from '../natives';
import { newObject } from '../objects';
import { storeAttribute } from '../stores';
import { fillSequence, repeated } from './containers';
import { copyOf } from './copies';
import type { Native, NativeCall, NativeTable } from './native';

/** `TransformerEncoder(layer, n, norm)` and its decoder: copies of a block that may be anybody's. */
const initStack =
  (kind: 'encoder' | 'decoder', lib: Library): Native =>
  (call) => {
    const { m, self, at } = call;
    const block = resolve(m, at(0, `${kind}_layer`) ?? NONE);
    const count = resolve(m, at(1, 'num_layers') ?? NONE);
    if (self?.kind !== 'object') return NONE;
    if (block.kind !== 'object' || !isModuleClass(block.cls) || count.kind !== 'int')
      return refuse(call, self, kind, lib);
    const list = lib === 'torch' ? 'torch.nn.ModuleList' : 'paddle.nn.LayerList';
    const layers = newObject(m, nativeClass(m, list), undefined);
    const copy = (): Value => copyOf(m, block, new Map());
    const items = typeof count.value === 'number' ? Array.from({ length: count.value }, copy) : [copy()];
    fillSequence(m, layers, { items, count: typeof count.value === 'number' ? null : count.value });
    storeAttribute(m, self, 'layers', layers);
    storeAttribute(m, self, 'num_layers', count);
    storeAttribute(m, self, 'norm', at(2, 'norm') ?? NONE);
    return NONE;
  };

/** What cannot be a stack: the row says why. */
const refuse = ({ m, args, node }: NativeCall, self: ObjectValue, kind: 'encoder' | 'decoder', lib: Library): Value => {
  self.open = true;
  const family = findFamily(`${lib}.nn.Transformer${kind === 'encoder' ? 'Encoder' : 'Decoder'}`);
  return family ? initLayer(m, self, family, args, node) : NONE;
};

type Inputs = Readonly<Record<string, string>>;

/** The keywords of a block, by the stack's own argument: its place and its name. */
const ENCODER: Inputs = { mask: 'src_mask', src_key_padding_mask: 'src_key_padding_mask' };
const PADDLE_ENCODER: Inputs = { src_mask: 'src_mask', cache: 'cache' };
const PADDLE_DECODER: Inputs = { tgt_mask: 'tgt_mask', memory_mask: 'memory_mask', cache: 'cache' };
const DECODER: Inputs = {
  tgt_mask: 'tgt_mask',
  memory_mask: 'memory_mask',
  tgt_key_padding_mask: 'tgt_key_padding_mask',
  memory_key_padding_mask: 'memory_key_padding_mask',
};

const forwardStack =
  (fixed: readonly string[], inputs: Inputs): Native =>
  ({ m, self, node, at }) => {
    const layers = self?.kind === 'object' ? resolve(m, self.attrs.get('layers') ?? NONE) : NONE;
    const start = at(0, fixed[0]);
    if (self?.kind !== 'object' || layers.kind !== 'object' || !start) return unknown('the blocks are not known');
    const others = fixed.slice(1).map((name, i) => at(i + 1, name) ?? NONE);
    const keywords = new Map<string, Value>();
    for (const [i, [own, theirs]] of Object.entries(inputs).entries()) {
      const value = at(fixed.length + i, own);
      if (value) keywords.set(theirs, value);
    }
    const run = (input: Value, block: Value): Value =>
      m.call(block, { positional: [input, ...others], keywords }, node);
    const end = through(m, layers, start, run);
    const norm = resolve(m, self.attrs.get('norm') ?? NONE);
    return norm.kind === 'none' ? end : m.call(norm, { positional: [end], keywords: new Map() }, node);
  };

const through = (m: Machine, layers: ObjectValue, start: Value, run: (input: Value, block: Value) => Value): Value => {
  const blocks = elementsOf(m, layers).map(([, block]) => block);
  const [first] = blocks;
  if (layers.count === null) return blocks.reduce(run, start);
  return first ? repeated(m, layers.count, start, (input) => run(input, first)) : unknown('the blocks are not known');
};

/** Stacks of transformer blocks: their blocks are modules of any class, so no row can say what they do. */
export const transformers: NativeTable = {
  'torch.nn.TransformerEncoder.__init__': initStack('encoder', 'torch'),
  'torch.nn.TransformerEncoder.forward': forwardStack(['src'], ENCODER),
  'torch.nn.TransformerDecoder.__init__': initStack('decoder', 'torch'),
  'torch.nn.TransformerDecoder.forward': forwardStack(['tgt', 'memory'], DECODER),
  'paddle.nn.TransformerEncoder.__init__': initStack('encoder', 'paddle'),
  'paddle.nn.TransformerEncoder.forward': forwardStack(['src'], PADDLE_ENCODER),
  'paddle.nn.TransformerDecoder.__init__': initStack('decoder', 'paddle'),
  'paddle.nn.TransformerDecoder.forward': forwardStack(['tgt', 'memory'], PADDLE_DECODER),
};
