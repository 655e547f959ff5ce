import { type Dim, same } from '../dims';
import { join, plain, type Reader, settingWords } from '../explain';
import type { Operator } from '../fuse';
import type { Words } from '../ops';

/** What an operator is, in a few words: `3×3 convolution, 64→128, stride 2, padding 1, with bias`. */
export const settingOf = (r: Reader, operator: Operator): Words => {
  const size = (d: Dim): string => r.dim(d);
  const parts = partsOf(operator, size).filter((part) => part !== undefined);
  return join(parts, ', ', '，');
};

type Part = Words | undefined;

const partsOf = (operator: Operator, size: (d: Dim) => string): readonly Part[] => {
  const ends = (o: { readonly in: Dim; readonly out: Dim }): Part => plain(`${size(o.in)}→${size(o.out)}`);
  switch (operator.op) {
    case 'conv': {
      const { axes, groups, mode, shift } = operator;
      return [
        settingWords.convolution(axes.map((a) => size(a.kernel)).join('×')),
        ends(operator),
        ...window(axes, size),
        same(groups, 1) ? undefined : settingWords.groups(size(groups)),
        mode === 'zeros' ? undefined : settingWords.mode(mode),
        shift ? settingWords.bias : undefined,
      ];
    }
    case 'transposed': {
      const { axes, groups, shift } = operator;
      return [
        settingWords.transposed(axes.map((a) => size(a.kernel)).join('×')),
        ends(operator),
        ...window(
          axes.map((a) => ({ ...a, before: a.padding, after: a.padding })),
          size,
        ),
        same(groups, 1) ? undefined : settingWords.groups(size(groups)),
        shift ? settingWords.bias : undefined,
      ];
    }
    case 'linear':
      return [settingWords.linear, ends(operator), operator.shift ? settingWords.bias : undefined];
    case 'average':
      return [settingWords.average(operator.axes.map((a) => size(a.kernel)).join('×')), ...window(operator.axes, size)];
    case 'border':
      return [
        settingWords.border,
        ...window(
          operator.axes.map((a) => ({ ...a, stride: 1, dilation: 1 })),
          size,
        ),
      ];
    case 'diagonal':
      return [
        settingWords.diagonal[operator.role],
        operator.channels === undefined ? undefined : plain(size(operator.channels)),
      ];
  }
};

interface Slide {
  readonly stride: Dim;
  readonly before: Dim;
  readonly after: Dim;
  readonly dilation: Dim;
}

/** Stride, padding and dilation where they are not the usual ones; one number where all axes agree. */
const window = (axes: readonly Slide[], size: (d: Dim) => string): readonly Part[] => {
  const shown = (of: (a: Slide) => string): string => {
    const texts = axes.map(of);
    return new Set(texts).size === 1 ? (texts[0] ?? '') : texts.join('×');
  };
  const padding = shown((a) => (same(a.before, a.after) ? size(a.before) : `${size(a.before)}+${size(a.after)}`));
  const [stride, dilation] = [shown((a) => size(a.stride)), shown((a) => size(a.dilation))];
  return [
    stride === '1' ? undefined : settingWords.stride(stride),
    padding === '0' ? undefined : settingWords.padding(padding),
    dilation === '1' ? undefined : settingWords.dilation(dilation),
  ];
};
