import { type Condition, gap } from './condition';
import { decide } from './decide';
import { type Dim, factorDim, type Sym, termsOf } from './dim';
import type { Facts } from './facts';
import { reduce } from './reduce';
import { rawAdd, scale } from './sum';

/** The facts with one condition more; `null` when it contradicts them. */
export const assume = (facts: Facts, c: Condition): Facts | null => {
  const known = decide(facts, c);
  if (known !== undefined) return known ? facts : null;
  if (c.kind === 'eq') return bind(facts, c) ?? { ...facts, others: [...facts.others, c] };
  return { ...facts, others: [...facts.others, c] };
};

const bind = (facts: Facts, c: { readonly left: Dim; readonly right: Dim }): Facts | undefined => {
  const d = reduce(facts, gap(c));
  for (const { coefficient, monomial } of termsOf(d)) {
    const [power, more] = monomial.powers;
    if (Math.abs(coefficient) !== 1 || more || power?.exponent !== 1 || power.factor.kind !== 'symbol') continue;
    if (power.factor.sym.role !== 'free') continue;
    return define(facts, power.factor.sym, rawAdd(scale(d, -coefficient), factorDim(power.factor)));
  }
  return undefined;
};

const define = (facts: Facts, sym: Sym, value: Dim): Facts => {
  const only = { ...facts, symbols: new Map([[sym.id, value]]) };
  const symbols = new Map<string, Dim>();
  for (const [id, old] of facts.symbols) symbols.set(id, reduce(only, old));
  symbols.set(sym.id, value);
  return { ...facts, symbols };
};
