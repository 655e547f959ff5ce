import type { RuleId } from '../fuse';

/** A piece of MathML as plain data: an element with a text or with further elements. */
export interface MathTree {
  readonly tag: 'mrow' | 'mi' | 'mn' | 'mo' | 'msub' | 'mfrac' | 'msqrt' | 'munder' | 'mtext';
  readonly text?: string;
  readonly children?: readonly MathTree[];
}

/** A formula as text and as MathML. */
export interface Formula {
  readonly text: string;
  readonly math: MathTree;
}

/** What a formula calls an operand of a step: a layer by its own names, the result of an earlier step by its number. */
export type Operand =
  | { readonly kind: 'weighted'; readonly name: string; readonly bias: boolean }
  | { readonly kind: 'norm'; readonly name: string; readonly lib: 'torch' | 'paddle'; readonly number?: number }
  | { readonly kind: 'value'; readonly name: string; readonly adds: boolean }
  | { readonly kind: 'step'; readonly number: number }
  | { readonly kind: 'pool'; readonly window: string }
  | { readonly kind: 'identity' };

const row = (...children: readonly MathTree[]): MathTree => ({ tag: 'mrow', children });

const code = (name: string): Formula => ({ text: name, math: { tag: 'mtext', text: name } });

const indexed = (letter: string, n: number): Formula => ({
  text: `${letter}${[...`${n}`].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)] ?? digit).join('')}`,
  math: {
    tag: 'msub',
    children: [
      { tag: 'mi', text: letter },
      { tag: 'mn', text: `${n}` },
    ],
  },
});

/** Letters, numbers and signs of a literal piece of a formula, each as its own element. */
const written = (plain: string): Formula => ({
  text: plain,
  math: row(
    ...(plain.match(/\d+(\.\d+)?|[A-Za-zγβμσε²]+|[^\s]/gu) ?? []).map(
      (piece): MathTree => ({
        tag: /^\d/.test(piece) ? 'mn' : /^[A-Za-zγβμσε]/.test(piece) ? 'mi' : 'mo',
        text: piece,
      }),
    ),
  ),
});

const math = (strings: TemplateStringsArray, ...values: readonly Formula[]): Formula => ({
  text: strings.reduce((before, part, i) => before + (values[i - 1]?.text ?? '') + part),
  math: row(
    ...strings.flatMap((part, i) => {
      const value = values[i];
      const literal = part.trim() === '' ? [] : [written(part).math];
      return value ? [...literal, value.math] : literal;
    }),
  ),
});

const over = (top: Formula, bottom: Formula): Formula => ({
  text: `${top.text}/${/[·+ ]/.test(bottom.text) && !bottom.text.startsWith('√') ? `(${bottom.text})` : bottom.text}`,
  math: { tag: 'mfrac', children: [top.math, bottom.math] },
});

const root = (inside: Formula): Formula => ({
  text: `√(${inside.text})`,
  math: { tag: 'msqrt', children: [inside.math] },
});

const summed = (index: string, inside: Formula): Formula => ({
  text: `Σ_${index} ${inside.text}`,
  math: row(
    {
      tag: 'munder',
      children: [
        { tag: 'mo', text: '∑' },
        { tag: 'mi', text: index },
      ],
    },
    inside.math,
  ),
});

const weightOf = (o: Operand): Formula => {
  switch (o.kind) {
    case 'weighted':
      return code(`${o.name}.weight`);
    case 'step':
      return indexed('K', o.number);
    case 'value':
      return o.adds ? math`1` : o.name === '−1' ? math`(−1)` : code(o.name);
    case 'norm':
      return scaleOf(o);
    case 'pool':
      return math`1`;
    case 'identity':
      return math`1`;
  }
};

const biasOf = (o: Operand): Formula | undefined => {
  switch (o.kind) {
    case 'weighted':
      return o.bias ? code(`${o.name}.bias`) : undefined;
    case 'step':
      return indexed('b', o.number);
    case 'value':
      return o.adds ? code(o.name) : undefined;
    case 'norm':
      return shiftOf(o);
    default:
      return undefined;
  }
};

/** Of several normalisations in a step each has an `s` and a `t` of its own. */
const scaleOf = ({ number }: Norm): Formula => (number === undefined ? math`s` : indexed('s', number));
const shiftOf = ({ number }: Norm): Formula => (number === undefined ? math`t` : indexed('t', number));

type Norm = Extract<Operand, { kind: 'norm' }>;

const numbered = (operands: readonly Operand[]): readonly Operand[] => {
  const norms = operands.filter((o) => o.kind === 'norm');
  return norms.length < 2
    ? operands
    : operands.map((o) => (o.kind === 'norm' ? { ...o, number: norms.indexOf(o) + 1 } : o));
};

/** `s = γ/√(σ² + ε)` and `t = β − μ·s` in the names of the layer. */
const scaleAndShift = (o: Operand): readonly Formula[] => {
  if (o.kind !== 'norm') return [];
  const [mean, variance, epsilon] =
    o.lib === 'paddle' ? ['_mean', '_variance', '_epsilon'] : ['running_mean', 'running_var', 'eps'];
  const own = (name: string): Formula => code(`${o.name}.${name}`);
  const [gamma, beta] = [own('weight'), own('bias')];
  const spread = root(math`${own(variance)} + ${own(epsilon)}`);
  const [s, t] = [scaleOf(o), shiftOf(o)];
  return [math`${s} = ${over(gamma, spread)}`, math`${t} = ${beta} − ${own(mean)} · ${s}`];
};

/** Where the taps of an embedded kernel come from and go to: `u, v` and `u + 1, v + 1`. */
export interface Taps {
  readonly from: string;
  readonly to: string;
}

/** The formulas of a step, for its result `K` and `b` of this number. */
export const formulasOf = (rule: RuleId, given: readonly Operand[], result: number, taps: Taps): readonly Formula[] => {
  const operands = numbered(given);
  const [kernel, bias] = [indexed('K', result), indexed('b', result)];
  const [a, b] = operands;
  if (!a) return [];
  const [w, v] = [weightOf(a), b ? weightOf(b) : math`1`];
  const [c, d] = [biasOf(a), b && biasOf(b)];
  switch (rule) {
    case 'F1':
    case 'F2':
    case 'F5':
    case 'F18':
      return [
        math`${kernel} = ${product(w, v)}`,
        math`${bias} = ${sumOf([c && product(c, v), d])}`,
        ...operands.flatMap(scaleAndShift),
      ];
    case 'F3':
    case 'F4':
    case 'F6':
    case 'F19':
      return [
        math`${kernel} = ${product(v, w)}`,
        math`${bias} = ${sumOf([d, c && summed('c', math`${v} · ${c}`)])}`,
        ...operands.flatMap(scaleAndShift),
      ];
    case 'F7':
      return [math`${kernel} = ${sumOf(operands.map(weightOf))}`, math`${bias} = ${sumOf(operands.map(biasOf))}`];
    case 'F8':
    case 'F8g':
    case 'F11':
      return [
        math`${kernel}[o, c, ${written(taps.to)}] = ${w}[o, c, ${written(taps.from)}]`,
        math`${bias} = ${sumOf([c])}`,
      ];
    case 'F9':
    case 'F10':
      return [math`${kernel}[o, o] = ${w}`, math`${bias} = ${sumOf([c])}`, ...scaleAndShift(a)];
    case 'F12':
    case 'F13':
    case 'F14':
    case 'F24':
      return operands.length < 2
        ? [math`${kernel}[c, o, ${written(taps.to)}] = ${w}[c, o, ${written(taps.from)}]`]
        : [
            math`${kernel}[o, c] = ${summed('m', math`${v}[o, m] ∗ ${w}[m, c]`)}`,
            math`${bias} = ${sumOf([d, c && summed('m', math`${v}[o, m] · ${c}[m]`)])}`,
          ];
    case 'F15':
      return [math`${kernel}[c, c] = ${over(math`1`, written(a.kind === 'pool' ? a.window : 'k'))}`];
    case 'F16':
      return [math`${kernel} = ${w}`, math`${bias} = ${sumOf([c])}`];
    case 'F23':
      return [math`${kernel}[o, c] = ${w}[o, c]`, math`${bias} = ${sumOf([c])}`];
  }
};

const isOne = ({ text }: Formula): boolean => text === '1';

const product = (a: Formula, b: Formula): Formula => (isOne(b) ? a : isOne(a) ? b : math`${a} · ${b}`);

const sumOf = (parts: readonly (Formula | undefined)[]): Formula => {
  const there = parts.flatMap((part) => part ?? []);
  const [first, ...others] = there;
  return first ? others.reduce((sum, part) => math`${sum} + ${part}`, first) : math`0`;
};
