import type { Node } from '../syntax';
import { fingerprint, newTrace, type Trace } from './trace';

/** The trace of code whose parts were run one after the other. `sources` is what all of them share. */
export const mergeTraces = (parts: readonly Trace[], sources: Trace['sources']): Trace => {
  const whole: Trace = { ...newTrace(), sources };
  for (const part of parts) {
    append(whole, part);
    mergeValues(whole.values, part.values);
    mergeOutcomes(whole.decisions, part.decisions);
    mergeOutcomes(whole.loops, part.loops);
    for (const [node, value] of part.stores) whole.stores.set(node, value);
    for (const [id, name] of part.names) whole.names.set(id, name);
    for (const [id, entries] of part.ranks) whole.ranks.set(id, entries);
    for (const name of part.assumed) whole.assumed.add(name);
    for (const name of part.kept) whole.kept.add(name);
    for (const [key, size] of part.sizes) whole.sizes.set(key, size);
    for (const node of part.unsure) whole.unsure.add(node);
  }
  return whole;
};

const append = (whole: Trace, part: Trace): void => {
  const first = whole.events.length;
  const parentOf = (parent: number): number => (parent < 0 ? parent : parent + first);
  whole.events.push(...part.events.map((event) => ({ ...event, parent: parentOf(event.parent) })));
  whole.ops.push(...part.ops.map((op) => ({ ...op, parent: parentOf(op.parent), at: op.at + first })));
  whole.problems.push(...part.problems);
  whole.requirements.push(...part.requirements);
  whole.assumptions.push(...part.assumptions);
  whole.demands.push(...part.demands);
};

const mergeValues = (whole: Trace['values'], part: Trace['values']): void => {
  for (const [node, values] of part) {
    const known = whole.get(node);
    if (!known) {
      whole.set(node, values);
      continue;
    }
    const seen = new Set(known.map(fingerprint));
    whole.set(node, [...known, ...values.filter((value) => !seen.has(fingerprint(value)))]);
  }
};

/** What came out differently is not known. */
const mergeOutcomes = <T>(whole: Map<Node, T | undefined>, part: ReadonlyMap<Node, T | undefined>): void => {
  for (const [node, outcome] of part)
    whole.set(node, whole.has(node) && whole.get(node) !== outcome ? undefined : outcome);
};
