import type { Dim } from '../dims';
import { mul } from '../dims';
import type { Comprehension, Expr } from '../syntax';
import { dict, iterator, keyOf, list, scope as newScope, type Scope, set, unknown, type Value } from '../values';
import { assign } from './assignment';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { truth } from './truth';

interface Collected {
  readonly items: { readonly key?: Value; readonly value: Value }[];
  /** How many there are, when that is not the number of `items`: each stands for many. */
  count: Dim | null;
}

/** A comprehension or generator expression. A generator runs at once: what it would give is the same. */
export const comprehend = (m: Machine, expr: Comprehension, outer: Scope): Value => {
  const scope = newScope(outer, 'comprehension', null);
  const collected: Collected = { items: [], count: null };
  collect(m, expr, 0, scope, collected);
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

const collect = (m: Machine, expr: Comprehension, at: number, scope: Scope, into: Collected): void => {
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
  const { items, count } = iterate(m, m.evaluate(clause.iter, scope), clause.iter);
  if (count !== null) into.count = into.count === null ? count : mul(into.count, count);
  for (const item of items.length > 0 || count === null
    ? items
    : [unknown('an element of a sequence that is not known')]) {
    assign(m, clause.target, item, scope);
    collect(m, expr, at + 1, scope, into);
  }
};

const element = (m: Machine, expr: Expr, scope: Scope): Value => m.evaluate(expr, scope);
