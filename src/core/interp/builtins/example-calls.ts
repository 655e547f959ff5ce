import { type Dim, symbol } from '../../dims';
import { type DType, dtypeNamed, type Library } from '../../ops';
import { list, NONE, type TensorValue, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import type { Native, NativeCall, NativeTable } from './native';

/** Letters of the axes that a shape of this rank leaves open: a sequence, an image, a clip. */
const LETTERS: Readonly<Record<number, string>> = { 3: 'BNC', 4: 'BCHW', 5: 'BCDHW' };

/** A tensor that stands for every input of a shape; sizes that are `None` or -1 are left open. Undefined for no shape. */
const placeholder = ({ m }: NativeCall, lib: Library, given: Value, dtype?: DType): TensorValue | undefined => {
  const shape = resolve(m, given);
  if (shape.kind !== 'tuple' && !(shape.kind === 'list' && shape.count === null)) return undefined;
  const dims = shape.items.map((item, axis): Dim | undefined => {
    const size = resolve(m, item);
    if (size.kind === 'int' && size.value !== -1) return size.value;
    const letter = LETTERS[shape.items.length]?.[axis] ?? (axis === 0 ? 'B' : `d${axis}`);
    return size.kind === 'int' || size.kind === 'none' ? symbol(`s:${m.nextId++}`, letter, 'free') : undefined;
  });
  const known = dims.filter((size) => size !== undefined);
  if (known.length < dims.length) return undefined;
  return { kind: 'tensor', lib, shape: { dims: known }, layout: 'contiguous', ...(dtype && { dtype }) };
};

const typeNamed = ({ m }: NativeCall, given: Value | undefined): DType | undefined => {
  const type = resolve(m, given ?? NONE);
  return type.kind === 'str' ? dtypeNamed(type.value) : type.kind === 'dtype' ? type.name : undefined;
};

/** `InputSpec([None, 3, 224, 224])` is the tensor that it stands for. */
const inputSpec: Native = (call) =>
  placeholder(call, 'paddle', call.at(0, 'shape') ?? NONE, typeNamed(call, call.at(1, 'dtype')) ?? 'float32') ??
  unknown('a specification of unknown sizes');

/** Tensors as they are given, shapes made into tensors; undefined where one is neither. */
const inputsFrom = (call: NativeCall, lib: Library, given: Value, batch: boolean): readonly Value[] | undefined => {
  const value = resolve(call.m, given);
  if (value.kind === 'tensor') return [value];
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  const items = value.items.map((item) => resolve(call.m, item));
  if (items.every(({ kind }) => kind === 'int' || kind === 'none')) {
    const one = placeholder(call, lib, batch ? list([NONE, ...items]) : value, 'float32');
    return one && [one];
  }
  const inner = items.map((item) => inputsFrom(call, lib, item, batch)?.[0]);
  const known = inner.filter((input) => input !== undefined);
  return known.length === inner.length ? known : undefined;
};

/** What a tool runs a model on: the argument of this place and name, tensors or shapes of them. */
interface Tool {
  readonly lib: Library;
  readonly at: number;
  readonly names: readonly string[];
  /** Whether it puts a batch axis before the shapes. */
  readonly batch?: boolean;
}

/** A tool that runs a model on inputs of given shapes: what it is told is as good as a call. */
const example =
  ({ lib, at: place, names, batch = false }: Tool, result: Native): Native =>
  (call) => {
    const { m, at, args, node } = call;
    const model = resolve(m, at(0, 'model') ?? args.keywords.get('net') ?? args.keywords.get('layer') ?? NONE);
    const given = names.flatMap((name) => args.keywords.get(name) ?? [])[0] ?? at(place);
    const inputs = given && inputsFrom(call, lib, given, batch);
    if (model.kind === 'object' && inputs) m.call(model, { positional: inputs, keywords: new Map() }, node);
    return result(call);
  };

const itself: Native = ({ at }) => at(0) ?? unknown('nothing was given');
const counts: Native = () => unknown('what a tool counts');

/** `to_static` decorates, with or without options, and wraps layers; the specification stays with a function. */
const toStatic: Native = (call) => {
  const { at, args } = call;
  const given = at(0, 'function');
  const spec = args.positional[1] ?? args.keywords.get('input_spec');
  if (!given)
    return {
      kind: 'partial',
      func: { kind: 'builtin', name: 'paddle.jit.to_static' },
      args: [],
      keywords: args.keywords,
    };
  if (given.kind === 'function')
    return spec ? { ...given, attrs: new Map([...given.attrs, [SPECIFICATION, spec]]) } : given;
  return example({ lib: 'paddle', at: 1, names: ['input_spec'] }, itself)(call);
};

/** The attribute of a function that keeps what `to_static` was told of its inputs. */
export const SPECIFICATION = 'input_spec';

const PADDLE = { lib: 'paddle', at: 2, names: ['input_spec'] } as const;

/** Calls that show what a model is given, besides the call of the model itself. */
export const exampleCalls: NativeTable = {
  'paddle.static.InputSpec': inputSpec,
  'paddle.jit.to_static': toStatic,
  'paddle.jit.save': example(PADDLE, () => NONE),
  'paddle.onnx.export': example(PADDLE, () => NONE),
  'paddle.summary': example({ lib: 'paddle', at: 1, names: ['input', 'input_size'] }, counts),
  'paddle.flops': example({ lib: 'paddle', at: 1, names: ['input_size'] }, counts),
  'torch.jit.trace': example({ lib: 'torch', at: 1, names: ['example_inputs'] }, itself),
  'torch.onnx.export': example({ lib: 'torch', at: 1, names: ['args'] }, () => NONE),
  'torchinfo.summary': example({ lib: 'torch', at: 1, names: ['input_data', 'input_size'] }, counts),
  'torchsummary.summary': example({ lib: 'torch', at: 1, names: ['input_size'], batch: true }, counts),
  'thop.profile': example({ lib: 'torch', at: 1, names: ['inputs'] }, counts),
  'ptflops.get_model_complexity_info': example({ lib: 'torch', at: 1, names: ['input_res'], batch: true }, counts),
  'fvcore.nn.FlopCountAnalysis': example({ lib: 'torch', at: 1, names: ['inputs'] }, counts),
};
