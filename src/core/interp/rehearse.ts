import type { ClassValue, ObjectValue, TensorValue, Value } from '../values';
import { type ClassRun, type Given, pass } from './alone';
import { attempt, undone } from './branch';
import { exhaustionOf } from './exhaustion';
import { callModule } from './layers';
import { type Arithmetic, type Machine, NO_ARGS } from './machine';
import { runClass } from './run-class';
import { newTrace, type Trace } from './trace';

/** A run with numbers: what is given, and who computes. */
export interface Rehearsing extends Given {
  readonly arithmetic: Arithmetic;
  /** The class as it ran before with the same arguments, without numbers. */
  readonly settled?: ClassRun | undefined;
  /** The tensor that goes in, by what `forward` asks of it; undefined where none can be made. */
  readonly input: (wanted: TensorValue) => TensorValue | undefined;
  /** After the constructor, before anything runs. */
  readonly made: (self: ObjectValue) => void;
  /** After `forward`, before the method is called. */
  readonly ran: (run: ClassRun) => void;
  /** After the second `forward`, before everything is undone. */
  readonly ranAgain: (trace: Trace) => void;
}

/** What came of calling `forward`, then a method without arguments, then `forward` again on the same input. */
export interface Rehearsal {
  readonly settled: ClassRun;
  readonly before: Value;
  /** What the method gave. */
  readonly answer: Value;
  /** What `forward` gives now; that of the module where the method gave one. Absent where it failed. */
  readonly after: Value | undefined;
  /** Whether it is proved that it fails. */
  readonly fails: boolean;
  /** The modules that ran before and after. */
  readonly ran: readonly [ReadonlySet<ObjectValue>, ReadonlySet<ObjectValue>];
}

/** Follows a class, and a method of it, with numbers; undefined where that cannot be done. What it changes is undone. */
export const rehearse = (
  m: Machine,
  cls: ClassValue,
  method: string | undefined,
  rehearsing: Rehearsing,
): Rehearsal | undefined => {
  try {
    return undone(m, () => follow(m, cls, method, rehearsing));
  } catch (thrown) {
    if (!exhaustionOf(thrown)) throw thrown;
    return undefined;
  } finally {
    m.arithmetic = null;
  }
};

const follow = (
  m: Machine,
  cls: ClassValue,
  name: string | undefined,
  rehearsing: Rehearsing,
): Rehearsal | undefined => {
  const settled = rehearsing.settled ?? runClass(m, cls, rehearsing);
  const [entry, more] = settled.entries;
  const wanted = entry?.value;
  const input = wanted?.kind === 'tensor' && !more ? rehearsing.input(wanted) : undefined;
  if (!entry || !input || settled.partial) return undefined;
  m.arithmetic = rehearsing.arithmetic;
  const run = pass(m, cls, settled.method, [{ name: entry.name, value: input }], rehearsing, {
    prepare: rehearsing.made,
  });
  const { self, output, partial, trace } = run;
  if (!self || !output || partial) return undefined;
  rehearsing.ran(run);
  if (name === undefined) return undefined;
  const site = cls.site?.node;
  m.trace = newTrace();
  const answered = attempt(() => m.call(m.getAttribute(self, name, site), NO_ARGS, site));
  if ('raised' in answered) return undefined;
  const answer = answered.value;
  m.trace = newTrace();
  const target = answer.kind === 'object' ? answer : self;
  const again = attempt(() => callModule(m, target, { positional: [input], keywords: new Map() }, site));
  rehearsing.ranAgain(m.trace);
  const layers = (events: typeof trace.events): ReadonlySet<ObjectValue> => new Set(events.map((e) => e.layer));
  return {
    settled,
    before: output,
    answer,
    after: 'value' in again ? again.value : undefined,
    // What fails before fails after, whatever the method does.
    fails: !hasFault(trace) && ('raised' in again ? again.raised.fault !== undefined : hasFault(m.trace)),
    ran: [layers(trace.events), layers(m.trace.events)],
  };
};

const hasFault = ({ ops }: Trace): boolean => ops.some((op) => op.fault);
