import type { Words } from '../ops';
import { join, text, words } from './words';

/** Steps one after the other, with repetitions told as such: `(A → B) × 2`. */
export const chain = (steps: readonly Words[]): Words => {
  const n = steps.length;
  for (let size = 1; size * 2 <= n; size++) {
    if (n % size !== 0 || !steps.every((step, i) => step.zh === steps[i % size]?.zh)) continue;
    const once = join(steps.slice(0, size), ' → ', ' → ');
    return size === 1
      ? text`${once} × ${n / size}`
      : words(`(${once.en}) × ${n / size}`, `（${once.zh}）× ${n / size}`);
  }
  return join(runs(steps), ' → ', ' → ');
};

/** `A → A → B` is `A × 2 → B`. */
export const runs = (steps: readonly Words[]): readonly Words[] => {
  const found: { readonly step: Words; count: number }[] = [];
  for (const step of steps) {
    const last = found.at(-1);
    if (last?.step.zh === step.zh) last.count++;
    else found.push({ step, count: 1 });
  }
  return found.map(({ step, count }) => (count === 1 ? step : times(step, count)));
};

const times = (step: Words, count: number): Words =>
  / [→+×] /.test(step.en) ? words(`(${step.en}) × ${count}`, `（${step.zh}）× ${count}`) : text`${step} × ${count}`;
