import type { Arg, DType, Family, LayerState, Outcome } from '../../../src/core/ops';
import { callLayer, callOp, makeLayer, settleLazy } from '../../../src/core/ops';
import { splitTop } from '../../../src/core/ops/grammar';
import { context, tensor } from './context';

/** Runs an example of a row, `(8, 10), (4, 10) -> (8, 4)` or `Linear(10, 4): (8, 10) -> (8, 4)`. */
export const runExample = (family: Family, eg: string): { readonly got: string; readonly want: string } => {
  const arrow = eg.lastIndexOf('->');
  const want = eg.slice(arrow + 2).trim();
  const left = eg.slice(0, arrow).trim();
  return {
    got:
      family.kind === 'layer' ? runLayer(family, left) : show(callOp(family, readCall(family, left), context(false))),
    want,
  };
};

const runLayer = (family: Family, left: string): string => {
  const colon = left.indexOf('):');
  const open = left.indexOf('(');
  const cx = context(false);
  const made = makeLayer(family, readArgs(left.slice(open + 1, colon), kindsOf(family)), cx);
  if (made.fault) return `!${made.fault.code}`;
  const { layer } = made;
  if (!layer) return 'no layer';
  const args = readArgs(left.slice(colon + 2), (_, text, keyword) =>
    keyword === undefined && /^\(?\d|^\(\)|^\[/.test(text) ? 'Tensor' : 'any',
  );
  const settling = settleLazy(family, fieldOf(layer), args, cx);
  if (settling?.fault) return `!${settling.fault.code}`;
  return show(callLayer(family, fieldOf(settling?.layer ?? layer), args, cx));
};

/** What an instance has under a name: its tensors and its fields. */
const fieldOf = ({ family, params, fields }: LayerState): ((name: string) => Arg | undefined) => {
  const owned = new Map<string, Arg>(
    params.map((p) => [
      p.name,
      { kind: 'tensor', lib: family.lib, shape: p.shape, ...(p.dtype && { dtype: p.dtype }), layout: 'contiguous' },
    ]),
  );
  return (name) => owned.get(name) ?? fields.get(name) ?? (name === 'training' ? evaluating : undefined);
};

const evaluating: Arg = { kind: 'bool', value: false };

/** The arguments of a call as an example writes them. */
export const readCall = (family: Family, left: string) => readArgs(left, kindsOf(family));

const kindsOf = (family: Family) => {
  const params = family.rows.map((row) => row.signature.params);
  return (i: number, text: string, keyword?: string): string => {
    const kinds = params.map(
      (list) =>
        (keyword
          ? list.find((p) => p.name === keyword)
          : (list.find((p, at) => at <= i && p.kind.endsWith('*')) ?? list[i])
        )?.kind ?? 'any',
    );
    const tensors = kinds.some(
      (k) =>
        k.startsWith('Tensor') ||
        k === 'operand' ||
        k === 'any*' ||
        (k === 'any' && /^\([\d, ]*\):\w+$/.test(text)) ||
        (k === 'any' && family.kind === 'function' && /^\[?\(/.test(text) && i === 0),
    );
    return tensors ? 'Tensor' : 'any';
  };
};

const readArgs = (text: string, kindOf: (i: number, text: string, keyword?: string) => string) => {
  const positional: Arg[] = [];
  const keywords = new Map<string, Arg>();
  for (const part of splitTop(text)) {
    const named = /^(\w+)=(.*)$/.exec(part);
    if (named) keywords.set(named[1] ?? '', readValue(named[2] ?? '', kindOf(-1, named[2] ?? '', named[1])));
    else positional.push(readValue(part, kindOf(positional.length, part)));
  }
  return { positional, keywords };
};

/** Reads one value; brackets are tensors where a tensor is wanted. */
const readValue = (text: string, kind: string): Arg => {
  if (kind === 'Tensor' && text.startsWith('(')) {
    const [sizes = '', dtype] = text.split(':');
    const parts = splitTop(sizes.slice(1, -1));
    if (parts.some((p) => p.startsWith('('))) return { kind: 'tuple', items: parts.map((p) => readValue(p, kind)) };
    return tensor(parts.map(Number), readType(dtype));
  }
  if (text.startsWith('['))
    return { kind: 'sequence', items: splitTop(text.slice(1, -1)).map((t) => readValue(t, kind)) };
  if (text.startsWith('('))
    return { kind: 'tuple', items: splitTop(text.slice(1, -1)).map((t) => readValue(t, 'any')) };
  if (text === 'None') return { kind: 'none' };
  if (text === 'True' || text === 'False') return { kind: 'bool', value: text === 'True' };
  if (/^-?\d+$/.test(text)) return { kind: 'int', value: Number(text) };
  if (/^-?[\d.e+-]+$/.test(text)) return { kind: 'float', value: Number(text) };
  const type = readType(text);
  if (text === type) return { kind: 'dtype', name: type };
  return { kind: 'str', value: text.replaceAll(/^['"]|['"]$/g, '') };
};

const types: readonly DType[] = ['float64', 'int64', 'int32', 'bool', 'complex64', 'float16', 'uint8'];
const readType = (text: string | undefined): DType => types.find((t) => t === text) ?? 'float32';

/** An outcome as an example writes it. */
const show = (outcome: Outcome): string => (outcome.fault ? `!${outcome.fault.code}` : showArg(outcome.value));

const showArg = (arg: Arg): string => {
  switch (arg.kind) {
    case 'tensor':
      return arg.shape.rest
        ? `[…] ${arg.shape.dims.length}`
        : `(${arg.shape.dims.map((d) => (typeof d === 'number' ? d : '?')).join(', ')})`;
    case 'tuple':
    case 'sequence':
      return `(${arg.items.map(showArg).join(', ')})`;
    case 'int':
      return typeof arg.value === 'number' ? `${arg.value}` : '?';
    case 'bool':
      return arg.value ? 'True' : 'False';
    case 'none':
      return 'None';
    default:
      return arg.kind;
  }
};
