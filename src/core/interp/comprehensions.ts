import type { Dim } from '../dims';
import { mul, sub } from '../dims';
import type { Comprehension, Expr } from '../syntax';
import { dict, iterator, keyOf, list, scope as newScope, type Scope, set, unknown, type Value } from '../values';
import { assign } from './assignment';
import { isStepwise, iterate, takenFrom } from './iteration';
import type { Machine } from './machine';
import { closureOf } from './names';
import { type Sequence, sequenceOf } from './parts';
import { truth } from './truth';

interface Collected {
  readonly items: { readonly key?: Value; readonly value: Value }[];
  /** How many there are, when that is not the number of `items`: each stands for many. */
  count: Dim | null;
}

/** A comprehension or generator expression. A generator runs at once: what it would give is the same. */
export const comprehend = (m: Machine, expr: Comprehension, outer: Scope): Value => {
  // The first source alone sees the names of a class body.
  const scope = newScope(closureOf(outer), 'comprehension', null);
  const [outermost] = expr.clauses;
  const source = outermost?.kind === 'for' ? m.evaluate(outermost.iter, outer) : unknown('no clause');
  const parted = expr.type === 'list' || expr.type === 'generator' ? inParts(m, expr, scope, source) : undefined;
  if (parted) {
    const { items, count, parts } = parted;
    return expr.type === 'list' ? list(items, count, parts) : iterator(items, count, parts);
  }
  const collected: Collected = { items: [], count: null };
  collect(m, expr, 0, scope, collected, source);
  const values = collected.items.map((item) => item.value);
  switch (expr.type) {
    case 'list':
      return list(values, collected.count);
    case 'generator':
      return iterator(values, collected.count);
    case 'set': {
      const result = set();
      result.open = collected.count !== null;
      for (const value of values) {
        const key = keyOf(value);
        if (key === undefined) result.open = true;
        else result.entries.set(key, value);
      }
      return result;
    }
    case 'dict': {
      const result = dict();
      result.open = collected.count !== null;
      for (const { key, value } of collected.items) {
        const id = key && keyOf(key);
        if (id === undefined || !key) result.open = true;
        else result.entries.set(id, { key, value });
      }
      return result;
    }
  }
};

/**
 * One element for each of an unknown number: the first by itself, where it sees something of its own (`i == 0`), or one
 * for each element of a part.
 */
const inParts = (m: Machine, expr: Comprehension, scope: Scope, source: Value): Sequence | undefined => {
  const [clause, ...others] = expr.clauses;
  if (clause?.kind !== 'for' || others.length > 0) return undefined;
  if (source.kind !== 'list' && source.kind !== 'range' && source.kind !== 'opaque' && source.kind !== 'object')
    return undefined;
  const { items, count, parts, first, later } = iterate(m, source, clause.iter);
  if (count === null || (!parts && !first)) return undefined;
  const one = (item: Value | undefined): Value => {
    assign(m, clause.target, item ?? unknown('an element of a sequence that is not known'), scope);
    return m.evaluate(expr.element, scope);
  };
  if (parts) return sequenceOf(parts.map((part) => ({ items: part.items.map(one), count: part.count })));
  return sequenceOf([
    { items: [one(first)], count: 1 },
    { items: [one(later ?? items[0])], count: sub(count, 1) },
  ]);
};

const NOTHING: Sequence = { items: [], count: null };

const collect = (m: Machine, expr: Comprehension, at: number, scope: Scope, into: Collected, source?: Value): void => {
  const clause = expr.clauses[at];
  if (!clause) {
    into.items.push({
      ...(expr.key && { key: m.evaluate(expr.key, scope) }),
      value: element(m, expr.element, scope),
    });
    return;
  }
  if (clause.kind === 'if') {
    const test = truth(m, m.evaluate(clause.test, scope));
    if (test.kind === 'known') {
      if (test.value) collect(m, expr, at + 1, scope, into);
      return;
    }
    // Whether the element is there is not known: the whole has an unknown length.
    collect(m, expr, at + 1, scope, into);
    into.count = m.context.unknownSize('how many elements pass the condition');
    return;
  }
  const given = source ?? m.evaluate(clause.iter, scope);
  // The element may take from the same iterator: `[(a, next(it)) for a in it]`.
  const stepwise = isStepwise(given) ? takenFrom(m, given) : undefined;
  const { items, count } = stepwise ? NOTHING : iterate(m, given, clause.iter);
  if (count !== null) into.count = into.count === null ? count : mul(into.count, count);
  const each = items.length > 0 || count === null ? items : [unknown('an element of a sequence that is not known')];
  for (const item of stepwise ?? each) {
    assign(m, clause.target, item, scope);
    collect(m, expr, at + 1, scope, into);
  }
};

const element = (m: Machine, expr: Expr, scope: Scope): Value => m.evaluate(expr, scope);
