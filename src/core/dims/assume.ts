import { bind } from './bind';
import { atMost, type Condition, conditionKey, divides, equal, readAlike } from './condition';
import { decide } from './decide';
import { define, restrict, type Step, withOther } from './define';
import { constantOf, type Dim, type Factor, factorDim, type Sym, same, soleFactor, symbolDim, termsOf } from './dim';
import { type Facts, knownBy } from './facts';
import { isolate } from './isolate';
import { rangeOf } from './range';
import { symbolsOf } from './substitute';
import { neg, rawAdd, rawMul } from './sum';
import { tiles } from './tiles';

/**
 * The facts with one condition more; the same facts when they imply it, `null` when they refute it. An equality that
 * can be solved for a symbol replaces that symbol everywhere: a free one first, then an unknown one. A rigid one is
 * only replaced by rigid ones, of two single symbols the one with the greater id. Of two free symbols the one on the
 * left of the equality stays.
 */
export const assume = (facts: Facts, condition: Condition): Facts | null => {
  const table = tableOf(facts);
  const key = conditionKey(condition);
  const known = table.get(key);
  if (known && readAlike(known.condition, condition)) return known.result;
  const result = assumed(facts, condition);
  table.set(key, { condition, result });
  if (++count > mostKept) {
    tables = new WeakMap();
    count = 0;
  }
  return result;
};

/** What was assumed before. The same facts are one object then, with all that was decided under them. */
type Table = Map<string, { readonly condition: Condition; readonly result: Facts | null }>;

let tables = new WeakMap<Facts, Table>();
let count = 0;
const mostKept = 1000;

const tableOf = (facts: Facts): Table => {
  const known = tables.get(facts) ?? new Map();
  tables.set(facts, known);
  return known;
};

const assumed = (facts: Facts, condition: Condition): Facts | null => {
  let state = facts;
  const queue: Condition[] = [condition];
  // Leaving conditions out loses knowledge but stays right, so the number of consequences may be bounded.
  for (let steps = 0; steps < 256; steps++) {
    const next = queue.shift();
    if (!next) break;
    const known = decide(state, next);
    if (known === false) return null;
    if (known) continue;
    const step = learn(state, next);
    state = step.facts;
    queue.push(...step.more);
  }
  return state;
};

const learn = (facts: Facts, condition: Condition): Step => {
  const c = isolate(facts, condition);
  // A rest by 0 is an error of its own: nothing follows from it.
  if ('divisor' in c && c.divisor === 0) return { facts, more: [] };
  switch (c.kind) {
    case 'eq': {
      const parts = tiles(c.right, knownBy(facts));
      return parts ? { facts, more: parts } : bind(facts, condition, c.right);
    }
    case 'ne':
      return learnUnequal(facts, c.right);
    case 'le':
      return learnNatural(facts, c.right);
    case 'divides':
      return learnMultiple(facts, c.divisor, c.dividend);
    case 'not-divides':
      if (c.divisor === 2) return { facts, more: [divides(2, rawAdd(c.dividend, -1))] };
      return { facts: withOther(facts, { ...c, kind: 'not-divides' }), more: [] };
  }
};

const learnUnequal = (facts: Facts, d: Dim): Step => {
  const more = [d, neg(d)].filter((side) => decide(facts, atMost(0, side))).map((side) => atMost(1, side));
  return { facts: withOther(facts, { kind: 'ne', left: 0, right: d }), more };
};

/** Learns `d >= 0`. */
const learnNatural = (facts: Facts, d: Dim): Step => {
  const differs = facts.others.some((c) => c.kind === 'ne' && (same(c.right, d) || same(c.right, neg(d))));
  if (differs) return { facts, more: [atMost(1, d)] };
  if (decide(facts, atMost(d, 0))) return { facts, more: [equal(d, 0)] };
  const constant = constantOf(d);
  const [above, below] = [soleFactor(rawAdd(d, -constant)), soleFactor(rawAdd(neg(d), constant))];
  if (above) return learnBound(restrict(facts, above, -constant, Infinity), above);
  if (below) return learnBound(restrict(facts, below, -Infinity, constant), below);
  return { facts: withOther(facts, { kind: 'le', left: 0, right: d }), more: positiveFactors(facts, d) };
};

const learnBound = (facts: Facts, factor: Factor): Step => {
  const d = factorDim(factor);
  const [low, high] = rangeOf(d, knownBy(facts));
  if (low === high) return { facts, more: [equal(d, low)] };
  const more = facts.others.flatMap((c) => (c.kind === 'le' ? positiveFactors(facts, c.right) : []));
  if (factor.kind === 'min' && low > -Infinity) more.push(...factor.args.map((arg) => atMost(low, arg)));
  if (factor.kind === 'max' && high < Infinity) more.push(...factor.args.map((arg) => atMost(arg, high)));
  return { facts, more };
};

/** A product that is at least 1 has no factor 0; when no two of them may be negative, each is at least 1. */
const positiveFactors = (facts: Facts, d: Dim): readonly Condition[] => {
  const [term, more] = termsOf(d);
  if (!term || more || term.coefficient < 0 || constantOf(d) >= 0) return [];
  const known = knownBy(facts);
  const { powers } = term.monomial;
  const open = powers.filter(({ factor }) => rangeOf(factorDim(factor), known)[0] < 0);
  if (open.length > 1 || open.some(({ exponent }) => exponent > 1)) return [];
  return powers.map(({ factor }) => atMost(1, factorDim(factor)));
};

/** Learns that a number divides `s + r`, or a product divides `s`, by writing the symbol as a multiple. */
const learnMultiple = (facts: Facts, divisor: Dim, dividend: Dim): Step => {
  const constant = constantOf(dividend);
  const factor = soleFactor(rawAdd(dividend, -constant));
  const isNumber = typeof divisor === 'number';
  const isProduct = termsOf(divisor).length === 1 && constantOf(divisor) === 0 && constant === 0;
  const isInside = (sym: Sym) => symbolsOf(divisor).some(({ id }) => id === sym.id);
  if (factor?.kind !== 'symbol' || isInside(factor.sym) || !(isNumber || isProduct)) {
    const positive = isNumber && decide(facts, atMost(1, dividend)) ? [atMost(divisor, dividend)] : [];
    return { facts: withOther(facts, { kind: 'divides', divisor, dividend }), more: positive };
  }
  const { sym } = factor;
  const isPositive = rangeOf(divisor, knownBy(facts))[0] >= 1;
  const id = `${sym.id}÷${typeof divisor === 'number' ? divisor : divisor.key}`;
  const q: Sym = { id, name: `${sym.name}÷`, role: isPositive && sym.role !== 'rigid' ? 'unknown' : 'rigid' };
  const value = rawAdd(rawMul(divisor, symbolDim(q)), -constant);
  return define(facts, sym, value, { id: q.id, dividend, divisor });
};
