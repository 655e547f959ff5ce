import type { LayerFamily } from './graph';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const LINEAR = words(`linear bilinear lazylinear matmul bmm mm mv addmm baddbmm einsum dot outer embedding embeddingbag
  lstm lstmcell gru grucell rnn rnncell rnntanh rnnrelu multiheadattention multiheadattentionforward
  scaleddotproductattention transformer transformerencoder transformerencoderlayer transformerdecoder
  transformerdecoderlayer tensordot chainmatmul multidot flashattention addmv`);

const ACTIVATION = words(`relu relu6 leakyrelu prelu rrelu elu celu selu gelu silu swish mish sigmoid logsigmoid tanh
  hardtanh hardsigmoid hardswish hardshrink softshrink tanhshrink softplus softsign softmax softmax2d softmin logsoftmax
  gumbelsoftmax threshold glu thresholdedrelu maxout normalizeexp`);

const RESHAPE = words(`view reshape viewas reshapeas permute transpose t swapaxes swapdims movedim moveaxis flatten
  unflatten squeeze unsqueeze expand expandas repeat repeatinterleave tile broadcastto broadcasttensors chunk split
  tensorsplit unbind [] gather indexselect narrow select roll flip fliplr flipud rot90 pixelshuffle pixelunshuffle
  channelshuffle rearrange slice unstack h mt mh ravel atleast1d atleast2d takealongaxis take asstrided contiguousview`);

const REDUCTION = words(`mean sum max min amax amin prod std var median logsumexp norm argmax argmin all any topk
  cumsum cumprod reduce varmean stdmean count nonzero`);

const MERGE = words(`+ - * / // ** add sub mul div truedivide multiply subtract divide maximum minimum cat concat
  concatenate stack hstack vstack dstack where addcmul addcdiv lerp pow atan2 fmod remainder addn`);

/** Work that a reader does not look for: it changes how a tensor is kept, not what it says. */
const SILENT = words(`contiguous to type clone detach float half double bfloat16 long int short bool byte cuda cpu xpu
  requiresgrad typeas data astype cast numpy alias real dataptr pin ispinned requiresgradfalse identity`);

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('_', '')
    .replace(/^\.(?=.)/, '');

/** Whether an op only changes how a tensor is kept (`contiguous`, `to`): data goes through it unseen. */
export const isSilent = (name: string): boolean => SILENT.has(plain(name));

/** Whether an op joins tensors when it is given more than one. */
export const joins = (name: string): boolean => MERGE.has(plain(name));

/** The family of a layer class (`Conv2d`, `BatchNorm2D`) or of a function (`max_pool2d`, `@`, `.T`). */
export const familyOf = (name: string): LayerFamily => {
  const word = plain(name);
  if (word === '@' || LINEAR.has(word)) return 'linear';
  if (/^(lazy)?conv|deformconv|^fold$|^unfold$/.test(word)) return 'convolution';
  if ((word !== 'norm' && /norm/.test(word)) || word === 'normalize') return 'normalisation';
  if (ACTIVATION.has(word)) return 'activation';
  if (/pool|upsampl|interpolate|gridsample|resampl/.test(word) || REDUCTION.has(word)) return 'pooling';
  if (RESHAPE.has(word)) return 'reshape';
  return MERGE.has(word) ? 'merge' : 'other';
};

const SIGNS: Readonly<Record<string, string>> = {
  '*': '×',
  '/': '÷',
  '-': '−',
  '[]': 'index',
  '[]=': 'set',
  '@': 'matmul',
};
const WORDS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '−',
  mul: '×',
  div: '÷',
  multiply: '×',
  subtract: '−',
};

/** The name of an op without its path, and without the underscore of those that work in place: `cat` of `torch.cat`. */
export const bareName = (path: string): string => {
  const name = path.startsWith('.') ? path.slice(1) : path.slice(path.lastIndexOf('.') + 1);
  return name.endsWith('_') && name.length > 1 ? name.slice(0, -1) : name;
};

/** What an op is called on paper: `×` for `*` and `mul`, else its bare name. */
export const opName = (path: string): string => {
  const bare = bareName(path);
  return SIGNS[bare] ?? WORDS[bare] ?? bare;
};
