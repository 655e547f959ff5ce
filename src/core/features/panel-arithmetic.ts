import { type Dim, same } from '../dims';
import type { Reader } from '../explain';
import { type GraphNode, ownParameters } from '../graph';
import { numel, type Shape } from '../shapes';
import type { ObjectValue, Value } from '../values';
import { amount } from './amounts';

/** The arithmetic of a layer: how its output's sizes follow, and how its parameters are counted. */
export const arithmetic = (r: Reader, node: GraphNode): readonly string[] => {
  const { module } = node;
  if (!module || node.role !== 'layer') return [];
  return [...sizes(r, node, module), ...parameters(r, module)];
};

const field = (self: ObjectValue, name: string): Value | undefined =>
  self.attrs.get(name) ?? self.attrs.get(`_${name}`);

/** The number that a field has for the axis `i` of `count`: one for all, or one each. */
const along = (value: Value | undefined, i: number): Dim | undefined => {
  if (value?.kind === 'int') return value.value;
  const item = value?.kind === 'tuple' || value?.kind === 'list' ? value.items[i] : undefined;
  return item?.kind === 'int' ? item.value : undefined;
};

interface Window {
  readonly kernel: Dim;
  readonly stride: Dim;
  readonly padding: Dim;
  readonly dilation: Dim;
}

const windowAt = (self: ObjectValue, i: number): Window | undefined => {
  const kernel = along(field(self, 'kernel_size'), i);
  const isPool = self.cls.name.includes('Pool');
  const stride = along(field(self, 'stride'), i) ?? (isPool ? kernel : 1);
  const padding = along(field(self, 'padding'), i);
  if (kernel === undefined || stride === undefined || padding === undefined) return undefined;
  return { kernel, stride, padding, dilation: along(field(self, 'dilation'), i) ?? 1 };
};

/** One line per spatial axis; axes that are alike share one. */
const sizes = (r: Reader, node: GraphNode, self: ObjectValue): readonly string[] => {
  const [input, output] = [node.inputs[0], node.outputs[0]];
  const isAlone = node.inputs.length === 1 && node.outputs.length === 1;
  if (!input || !output || !isAlone || input.rest || output.rest) return [];
  const count = spatialAxes(self.cls.name);
  if (count === undefined || output.dims.length !== input.dims.length) return [];
  const lines = Array.from({ length: count }, (_, i) => line(r, self, input, output, i, count));
  return [...new Set(lines.filter((text) => text !== undefined))];
};

const spatialAxes = (type: string): number | undefined => {
  const found = /^(?:Lazy)?(?:Conv|ConvTranspose|MaxPool|AvgPool|Conv)([123])[dD]/.exec(type);
  return found ? Number(found[1]) : undefined;
};

const line = (
  r: Reader,
  self: ObjectValue,
  input: Shape,
  output: Shape,
  i: number,
  count: number,
): string | undefined => {
  const w = windowAt(self, i);
  const from = input.dims.at(i - count);
  const to = output.dims.at(i - count);
  const isCeil = field(self, 'ceil_mode');
  if (!w || from === undefined || to === undefined || (isCeil?.kind === 'bool' && isCeil.value)) return undefined;
  const extra = self.cls.name.includes('Transpose') ? (along(field(self, 'output_padding'), i) ?? 0) : undefined;
  return `${extra === undefined ? slid(r, w, from) : spread(r, w, from, extra)} = ${r.dim(to)}`;
};

const operand = (text: string): string => (/[ ]/.test(text) ? `(${text})` : text);

const is = (d: Dim, n: number): boolean => same(d, n);

/** `⌊(n + 2·p − d·(k − 1) − 1)/s⌋ + 1`, without what changes nothing. */
const slid = (r: Reader, { kernel, stride, padding, dilation }: Window, from: Dim): string => {
  const n = operand(r.dim(from));
  const pad = is(padding, 0) ? '' : ` + 2·${operand(r.dim(padding))}`;
  const reach = is(dilation, 1) ? ` − ${operand(r.dim(kernel))}` : ` − ${r.dim(dilation)}·(${r.dim(kernel)} − 1) − 1`;
  const inner = `${n}${pad}${reach}`;
  return is(stride, 1) ? `${inner} + 1` : `⌊(${inner})/${operand(r.dim(stride))}⌋ + 1`;
};

/** `(n − 1)·s − 2·p + d·(k − 1) + e + 1`, of a transposed convolution. */
const spread = (r: Reader, { kernel, stride, padding, dilation }: Window, from: Dim, extra: Dim): string => {
  const step = is(stride, 1) ? '' : `·${operand(r.dim(stride))}`;
  const pad = is(padding, 0) ? '' : ` − 2·${operand(r.dim(padding))}`;
  const reach = is(dilation, 1) ? ` + ${operand(r.dim(kernel))}` : ` + ${r.dim(dilation)}·(${r.dim(kernel)} − 1) + 1`;
  const more = is(extra, 0) ? '' : ` + ${operand(r.dim(extra))}`;
  return `(${r.dim(from)} − 1)${step}${pad}${reach}${more}`;
};

/** `weight 64·3·7·7 = 9,408`. */
const parameters = (r: Reader, self: ObjectValue): readonly string[] =>
  ownParameters(self).flatMap(([name, { shape }]) => {
    const count = numel(shape);
    if (count === undefined || shape.dims.length === 0) return [];
    const product = shape.dims.map((d) => operand(r.dim(d))).join('·');
    const total = amount(r, count);
    return [product === total ? `${name}: ${total}` : `${name}: ${product} = ${total}`];
  });
