import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { noFacts } from '../src/core/dims';
import { evaluateSteps, fold } from '../src/core/fuse';
import { type Random, uniform } from '../src/core/fuse/random';
import { filled } from '../src/core/fuse/tensor';
import { KINDS } from './fusion/kinds';
import { type Draft, type Layer, pick } from './fusion/layers';

/** Writes random layers with what we say of folding them; `check-fusion.py` holds it against PyTorch. */
const main = (): void => {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'out/trials.jsonl' },
    },
  });
  const random = uniform(Number(values.seed));
  const lines: string[] = [];
  while (lines.length < Number(values.count)) {
    const kind = pick(random, KINDS);
    lines.push(JSON.stringify(trial(random, kind)));
  }
  writeFileSync(values.out, `${lines.join('\n')}\n`);
};

const shown = ({ operator, numbers, norm: n }: Layer): object => ({
  ...operator,
  weight: { shape: numbers.weight.shape, data: [...numbers.weight.data] },
  bias: [...numbers.bias.data],
  ...(n && {
    norm: {
      gamma: [...n.gamma.data],
      beta: [...n.beta.data],
      mean: [...n.mean.data],
      variance: [...n.variance.data],
      epsilon: n.epsilon,
    },
  }),
});

const trial = (random: Random, kind: (random: Random) => Draft): object => {
  const draft = kind(random);
  const plan = fold({ facts: noFacts }, draft.tree, draft.fixed ? draft.sizes[0] : undefined);
  const numbersOf = evaluateSteps(
    plan.steps,
    (id) => draft.layers[id]?.numbers ?? { weight: filled([1], () => 1), bias: filled([1], () => 0) },
  );
  const { rest } = plan;
  const legal = rest.kind === 'one' && plan.refusals.length === 0;
  const refused = plan.refusals.at(-1);
  return {
    kind: kind.name,
    layers: draft.layers.map(shown),
    parallel: draft.tree.kind === 'sum' && draft.tree.parts.length > 1,
    sizes: draft.sizes,
    channels: draft.channels,
    rows: draft.rows,
    seed: Math.floor(random() * 1e9),
    legal,
    rules: plan.steps.map((s) => s.rule),
    form: legal ? shown({ operator: rest.operator, numbers: numbersOf(rest.ref) }) : refused?.result,
    why: plan.refusals.map((r) => [r.rule, ...r.checks.filter((c) => c.verdict !== 'holds').map((c) => c.code)]),
  };
};

main();
