import type { Expr, Lambda, Node, Parameter, Parameters } from '../ast';
import { childOf, kindAt, nameAt, operand, partsOf, placeOf, type Reading, refused } from './reading';

/** The parameters of a function or lambda; as in Python's `ast` a place runs from the name to the annotation. */
export const parameters = (r: Reading, row: number): Parameters => {
  const list: Parameter[] = [];
  let form: Parameter['form'] = 'ordinary';
  for (const part of partsOf(r, row)) {
    const kind = kindAt(r, part);
    if (kind === 'keyword_separator') form = 'keyword-only';
    else if (kind === 'positional_separator') list.forEach(makePositional);
    else {
      const parameter = parameterAt(r, part, form);
      if (parameter) list.push(parameter);
      if (parameter?.form === 'var-positional') form = 'keyword-only';
    }
  }
  return list;
};

const makePositional = (parameter: Parameter, index: number, list: Parameter[]): void => {
  list[index] = { ...parameter, form: 'positional-only' };
};

const parameterAt = (r: Reading, row: number, form: Parameter['form']): Parameter | undefined => {
  const kind = kindAt(r, row);
  const parts = kind === 'identifier' ? [row] : partsOf(r, row);
  switch (kind) {
    case 'identifier':
      return named(r, row, row, { form });
    case 'list_splat_pattern':
      return named(r, parts[0], row, { form: 'var-positional' });
    case 'dictionary_splat_pattern':
      return named(r, parts[0], row, { form: 'var-keyword' });
    case 'default_parameter':
      return named(r, parts[0], row, { form, default: operand(r, parts[1], row) });
    case 'typed_default_parameter':
      return named(r, parts[0], row, { form, type: parts[1], default: operand(r, parts[2], row) });
    case 'typed_parameter':
      return typed(r, row, form);
    default:
      refused(r, row);
      return undefined;
  }
};

const typed = (r: Reading, row: number, form: Parameter['form']): Parameter | undefined => {
  const [inner, type] = partsOf(r, row);
  const starred = inner !== undefined && kindAt(r, inner) !== 'identifier';
  const stars =
    inner !== undefined && kindAt(r, inner) === 'dictionary_splat_pattern' ? 'var-keyword' : 'var-positional';
  const name = starred ? partsOf(r, inner)[0] : inner;
  return named(r, name, row, { form: starred ? stars : form, type });
};

interface Details {
  readonly form: Parameter['form'];
  readonly type?: number | undefined;
  readonly default?: Expr;
}

const named = (r: Reading, name: number | undefined, row: number, details: Details): Parameter | undefined => {
  if (name === undefined || kindAt(r, name) !== 'identifier') {
    refused(r, row);
    return undefined;
  }
  const annotation = details.type === undefined ? undefined : r.expr(r, details.type);
  const { start, end }: Node = placeOf(r, name);
  return {
    start,
    end: details.type === undefined ? end : placeOf(r, details.type).end,
    name: nameAt(r, name),
    ...(annotation && { annotation }),
    ...(details.default && { default: details.default }),
    form: details.form,
  };
};

export const lambda = (r: Reading, row: number): Lambda => {
  const list = childOf(r, row, 'lambda_parameters');
  const yields = r.state.yields;
  const params = list === undefined ? [] : parameters(r, list);
  const body = operand(r, partsOf(r, row).at(-1), row);
  r.state.yields = yields;
  return { kind: 'Lambda', ...placeOf(r, row), params, body };
};
