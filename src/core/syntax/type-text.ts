import type { Expr } from './ast';

/** Types stand in texts and comments, at no place of the code. */
const NOWHERE = { start: 0, end: 0 } as const;

/**
 * A type that stands in a text or a comment (`"Optional[Tensor]"`, `# type: List[Tensor]`) as the expression that it would
 * be as an annotation; undefined where it is anything else.
 */
export const readType = (text: string): Expr | undefined => {
  const tokens = text.match(/[A-Za-z_][\w.]*|\.\.\.|\S/g) ?? [];
  let at = 0;
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const list = (): Expr | undefined => {
    const items = [];
    do {
      const item = union();
      if (!item) return undefined;
      items.push(item);
    } while (take(','));
    const [only, ...others] = items;
    return others.length === 0 ? only : { kind: 'Tuple', items, ...NOWHERE };
  };
  const union = (): Expr | undefined => {
    let left = single();
    while (left && take('|')) {
      const right = single();
      left = right && { kind: 'BinOp', op: '|', left, right, ...NOWHERE };
    }
    return left;
  };
  const single = (): Expr | undefined => {
    const token = tokens[at++] ?? '';
    const value = token === '...' ? constant('...') : token === 'None' ? constant(null) : dotted(token);
    if (!value || !take('[')) return value;
    const index = list();
    return index && take(']') ? { kind: 'Subscript', value, index, ...NOWHERE } : undefined;
  };
  const type = union();
  return at === tokens.length ? type : undefined;
};

const constant = (value: null | '...'): Expr => ({ kind: 'Constant', value, ...NOWHERE });

const dotted = (token: string): Expr | undefined => {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(token)) return undefined;
  const [first = '', ...others] = token.split('.');
  return others.reduce<Expr>((value, attr) => ({ kind: 'Attribute', value, attr, attrStart: 0, ...NOWHERE }), {
    kind: 'Name',
    id: first,
    ...NOWHERE,
  });
};

/**
 * The types of parameters that a comment lists as older code writes them: `# type: (Tensor, List[Tensor]) -> Tensor`, or
 * the one that it gives to the parameter in front of it: `x,  # type: Tensor`.
 */
export const readTypeComment = (
  comment: string,
): { readonly all: readonly Expr[] } | { readonly one: Expr } | undefined => {
  const [, type] = /^#[ \t]*type:[ \t]*(.*?)[ \t]*$/.exec(comment) ?? [];
  if (type === undefined || /^ignore\b/.test(type)) return undefined;
  const [, listed] = /^\((.*)\)[ \t]*->/.exec(type) ?? [];
  if (listed === undefined) {
    const one = readType(type);
    return one && { one };
  }
  const pack = readType(`tuple[${listed}]`);
  const index = pack?.kind === 'Subscript' ? pack.index : undefined;
  return index && { all: index.kind === 'Tuple' ? index.items : [index] };
};
