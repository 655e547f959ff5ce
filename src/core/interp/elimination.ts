import { type Condition, printCondition, symbolsOf } from '../dims';
import { batchFirst } from '../ops';
import { type ClassRun, type Entry, type Given, settled } from './alone';
import { entryTensor } from './entries';
import { filled } from './entry-shapes';
import type { Machine } from './machine';
import { unconditional } from './path';
import { listedEntry } from './ranks';

/** Inputs of more axes are not thought of. */
const MOST = 5;

/** A run that took more steps than this is not done again for each rank. */
const CHEAP = 3000;

/**
 * The rank of inputs that nothing tells, by elimination: where the code runs with one number of axes alone (any other
 * one runs into a fault, or would force sizes of the constructor to be equal), the input has so many. `emb.chunk(6,
 * dim=1)` of what a layer made, whose pieces meet the features of that layer, is `[B, 6·d]`.
 */
export const byElimination = (m: Machine, run: ClassRun, given: Given): ClassRun => {
  let best = run;
  for (const { name } of run.entries) {
    const entry = best.entries.find((one) => one.name === name);
    if (!entry || !isOpen(entry) || m.asked.has(name) || mayBeList(name, best)) continue;
    if (best.steps > CHEAP || faulty(best)) break;
    const usual = forced(best);
    let only: ClassRun | undefined;
    let count = 0;
    for (let rank = 1; rank <= MOST && count < 2; rank++) {
      const tried = ofRank(entry, rank);
      if (!tried) continue;
      const entries = best.entries.map((one) => (one === entry ? tried : one));
      const other = settled(m, best.cls, best.method, entries, given);
      if (faulty(other) || [...forced(other)].some((condition) => !usual.has(condition))) continue;
      only = other;
      count++;
    }
    if (only && count === 1) best = { ...only, supposed: new Set([...only.supposed, name]) };
  }
  return best;
};

const isOpen = ({ value }: Entry): boolean => value.kind === 'tensor' && value.shape.rest !== undefined;

/** Whether the code takes single elements of an input, which may be a list then. */
const mayBeList = (name: string, { trace }: ClassRun): boolean =>
  trace.ops.some((op) => op.name === '[]' && listedEntry(op.args) === name);

const faulty = ({ trace, partial }: ClassRun): boolean => trace.problems.length > 0 || partial !== undefined;

const ofRank = (entry: Entry, rank: number): Entry | undefined => {
  const { name, value } = entry;
  if (value.kind !== 'tensor' || rank < value.shape.dims.length) return undefined;
  const { dims } = filled(name, value.shape, { axes: batchFirst(rank - value.shape.dims.length) });
  return { ...entry, value: entryTensor(value.lib, name, dims) };
};

/** What a run asks of the sizes of the constructor that is no choice of whoever calls it: that some be equal. */
const forced = ({ trace: { requirements, assumptions } }: ClassRun): ReadonlySet<string> =>
  new Set(
    [...requirements, ...assumptions].flatMap(({ condition, path }) =>
      unconditional(path) && isEquality(condition) ? [printCondition(condition)] : [],
    ),
  );

const isEquality = (condition: Condition): boolean =>
  condition.kind === 'eq' && [condition.left, condition.right].flatMap(symbolsOf).every(({ role }) => role === 'rigid');
