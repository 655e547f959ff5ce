import { assume, type Condition, type Dim, divides, type Facts, noFacts, parse, symbol } from '../../../src/core/dims';

const free = ['B', 'T', 'H', 'W', 'N', 'M'];
const rigid = ['C', 'dim', 'heads', 'head_dim', 'embed_dim', 'P', 'w', 'g', 'k', 's', 'p', 'inp', 'oup', 'n', 'kv'];

const named: ReadonlyMap<string, Dim> = new Map([
  ...free.map((name) => [name, symbol(name, name, 'free')] as const),
  ...rigid.map((name) => [name, symbol(name, name, 'rigid')] as const),
  ['U', symbol('U', 'U', 'unknown')],
]);

/** The size that a text in Python or math style stands for: `B T H W N M` are sizes of inputs, `U` is unknown. */
export const size = (text: string): Dim => {
  const found = parse(text, (name) => named.get(name));
  if (found === undefined) throw new Error(`not a size: ${text}`);
  return found;
};

/** `2 | H`, `H == W`, `1 <= H - 6` and so on. */
export const condition = (text: string): Condition => {
  const [, left = '', operator = '', right = ''] = /^(.*?) (\||!\||==|!=|<=|<) (.*)$/.exec(text) ?? [];
  switch (operator) {
    case '|':
      return divides(size(left), size(right));
    case '!|':
      return { kind: 'not-divides', divisor: size(left), dividend: size(right) };
    case '==':
      return { kind: 'eq', left: size(left), right: size(right) };
    case '!=':
      return { kind: 'ne', left: size(left), right: size(right) };
    case '<=':
      return { kind: 'le', left: size(left), right: size(right) };
    case '<':
      return { kind: 'lt', left: size(left), right: size(right) };
    default:
      throw new Error(`not a condition: ${text}`);
  }
};

/** The facts that conditions make, given in one text with commas between them. */
export const given = (text: string): Facts => {
  let facts: Facts = noFacts;
  for (const part of text === '' ? [] : text.split(/, (?![^(]*\))/)) {
    const next = assume(facts, condition(part));
    if (!next) throw new Error(`${part} contradicts what is before it`);
    facts = next;
  }
  return facts;
};
