import { oncePer } from '../once';
import type { Words } from '../ops';
import { join, text, words } from './words';

/** Steps one after the other, with repetitions told as such: `(A → B) × 2 → C`. */
export const chain = (steps: readonly Words[]): Words =>
  join(
    grouped(steps).map(({ said }) => said),
    ' → ',
    ' → ',
  );

/** How many steps a chain names: those of a repetition are named once. */
export const stepCount = (steps: readonly Words[]): number =>
  grouped(steps).reduce((sum, { length }) => sum + length, 0);

/** A step, or several that are repeated, with the number of steps that are named. */
interface Group {
  readonly said: Words;
  readonly length: number;
}

/** Repetitions are told once, short ones first: `A A B A A B` is `(A × 2 → B) × 2`. */
const grouped = oncePer((steps: readonly Words[]): readonly Group[] => {
  let groups: readonly Group[] = steps.map((said) => ({ said, length: 1 }));
  for (let size = 1; size * 2 <= groups.length; ) {
    const shorter = withRepeats(groups, size);
    size = shorter.length < groups.length ? 1 : size + 1;
    groups = shorter;
  }
  return groups;
});

const withRepeats = (groups: readonly Group[], size: number): readonly Group[] => {
  const result: Group[] = [];
  for (let at = 0; at < groups.length; ) {
    const count = repeatsAt(groups, at, size);
    const first = count > 1 ? at + shiftAt(groups, at, size, count) : at + 1;
    result.push(...groups.slice(at, first));
    if (count > 1) result.push(times(groups.slice(first, first + size), count));
    at = count > 1 ? first + count * size : first;
  }
  return result;
};

const repeatsAt = (groups: readonly Group[], at: number, size: number): number => {
  const part = groups.slice(at, at + size);
  let count = 1;
  while (isSame(part, groups.slice(at + count * size, at + (count + 1) * size))) count++;
  return count;
};

/** A repetition begins with a layer rather than with what follows one, where it can as well. */
const shiftAt = (groups: readonly Group[], at: number, size: number, count: number): number => {
  for (let shift = 0; shift < size && repeatsAt(groups, at + shift, size) >= count; shift++)
    if (!FOLLOWING.test(groups[at + shift]?.said.en ?? '')) return shift;
  return 0;
};

const FOLLOWING = /^(?!linear|.*convolution).*(LU\d?$|norm|swish|mish|sigmoid|tanh|dropout|pooling)/i;

const isSame = (a: readonly Group[], b: readonly Group[]): boolean =>
  a.length === b.length && a.every(({ said }, i) => said.zh === b[i]?.said.zh);

const times = (part: readonly Group[], count: number): Group => {
  const once = join(
    part.map(({ said }) => said),
    ' → ',
    ' → ',
  );
  const said = / [→+×] /.test(once.en)
    ? words(`(${once.en}) × ${count}`, `（${once.zh}）× ${count}`)
    : text`${once} × ${count}`;
  return { said, length: part.reduce((sum, { length }) => sum + length, 0) };
};

/** Several steps in brackets, as one side of a sum. */
export const bracketed = (steps: Words): Words =>
  /,| [→+×] /.test(steps.en) ? words(`(${steps.en})`, `（${steps.zh}）`) : steps;
