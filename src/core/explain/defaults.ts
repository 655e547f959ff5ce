import type { Family, Words } from '../ops';
import type { Call, Expr, Parameter } from '../syntax';
import type { Value } from '../values';
import { layerCall } from './arguments';
import type { Context } from './context';
import { expressionsIn } from './walk';
import { plain, words } from './words';

/** The arguments of a window that decide what it does to the spatial sizes. */
const WINDOW = ['kernel_size', 'stride', 'padding', 'dilation', 'output_padding'] as const;

/**
 * The defaults that what is said of a window rests on: ` (stride=1)` behind `keeps H and W` where the layer is made with
 * the constructor's own `stride`. Empty where numbers of the call decide.
 */
export const defaultsNote = (cx: Context, layer: Family, expr: Call): Words => {
  const call = layerCall(cx.r, layer, expr);
  return restingOn(
    cx,
    WINDOW.map((name) => call.arg(name)).filter((arg) => arg !== undefined),
  );
};

/** The parameters at their defaults that some expressions are computed from: ` (stride=1)`. */
export const restingOn = (cx: Context, given: readonly Expr[]): Words => {
  const names = given.flatMap(expressionsIn).map((inner) => (inner.kind === 'Name' ? inner.id : undefined));
  const params = cx.fn?.params.filter((param) => names.includes(param.name) && hasDefault(cx, param)) ?? [];
  if (params.length === 0) return plain('');
  const said = params.map(({ name, default: value }) => `${name}=${value && cx.source(value)}`);
  return words(` (${said.join(', ')})`, `（${said.join('、')} 时）`);
};

/** Whether every run seen here had a parameter at its default. */
export const hasDefault = ({ r }: Context, param: Parameter): boolean => {
  const fallback = param.default;
  const seen = r.values(param);
  const same = (value: Value): boolean => {
    if (fallback?.kind === 'Constant')
      return fallback.value === null ? value.kind === 'none' : value.kind === 'bool' && value.value === fallback.value;
    if (fallback?.kind === 'Str') return value.kind === 'str' && value.value === fallback.value;
    return (
      fallback?.kind === 'Num' && (value.kind === 'int' || value.kind === 'float') && value.value === fallback.value
    );
  };
  return seen.length > 0 && seen.every(same);
};
