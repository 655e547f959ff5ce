import { readFileSync, writeFileSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parserOfSources } from '../src/cli/parser';
import { folderSources } from '../src/cli/sources';
import { pathOf } from '../src/core/features/kernel-names';
import { type Candidate, candidatesOf, type Ref } from '../src/core/fuse';
import { attempt, type ClassRun, createMachine, newModule, runModule } from '../src/core/interp';

interface Spec {
  readonly framework?: string;
  readonly entries: readonly {
    readonly id: string;
    readonly setup?: string;
    readonly model: string;
    readonly inputs: readonly string[];
  }[];
}

/** Layers that go into a reference, by name; the last one first. */
const layersOf = ({ region, plan }: Candidate, ref: Ref): readonly number[] => {
  if (ref.kind === 'identity') return [];
  if (ref.kind === 'layer') return region.layers[ref.id] ? [ref.id] : [];
  return (plan.steps[ref.id]?.inputs ?? []).flatMap((input) => layersOf({ region, plan } as Candidate, input));
};

/** Writes which pairs of layers fold in whole models; `compare-fx.py` holds it against what torch.fx folds. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      spec: { type: 'string', default: '' },
      root: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: 'out/fusion-models.json' },
      only: { type: 'string', default: '' },
    },
  });
  const spec: Spec = JSON.parse(readFileSync(values.spec, 'utf8'));
  const m = createMachine({
    sources: folderSources(values.root.map((r) => resolve(r))),
    parse: await parserOfSources((name) => readFileSync(join('node_modules', parse(name).name, name))),
  });
  const results = [];
  for (const entry of spec.entries.filter((e) => e.id.includes(values.only))) {
    m.restart();
    const text = [
      `import ${spec.framework ?? 'torch'}`,
      entry.setup ?? '',
      `model = (${entry.model})`,
      `inputs = [${entry.inputs.join(', ')}]`,
      'output = model(*inputs)',
      '',
    ].join('\n');
    const module = newModule(m, '__main__', '', text, false);
    attempt(() => runModule(m, module, true));
    const { vars } = module.scope;
    const [model, inputs] = [vars.get('model'), vars.get('inputs')];
    if (model?.kind !== 'object' || inputs?.kind !== 'list') continue;
    const run: ClassRun = {
      cls: model.cls,
      self: model,
      trace: m.trace,
      facts: m.facts,
      entries: inputs.items.map((value, i) => ({ name: `x${i}`, axes: [], open: false, value })),
      output: vars.get('output'),
      method: undefined,
      partial: undefined,
    } as unknown as ClassRun;
    const { candidates, obstacles, wires } = candidatesOf(run);
    const folded = candidates.flatMap((candidate) =>
      candidate.plan.steps.flatMap((step) => {
        if (!/^F[125]$/.test(step.rule)) return [];
        const [layer, norm] = step.inputs.map((ref) =>
          layersOf(candidate, ref).flatMap((id) => candidate.region.layers[id]?.node ?? []),
        );
        const name = norm?.[0];
        return (layer ?? []).flatMap((node) => (name ? [[pathOf(wires.graph, node), pathOf(wires.graph, name)]] : []));
      }),
    );
    const refused = obstacles.map((o) => [pathOf(wires.graph, o.layer), pathOf(wires.graph, o.norm), o.check.code]);
    const violated = candidates.flatMap((c) =>
      c.plan.refusals.flatMap((r) => [
        [
          r.rule,
          ...r.checks.filter((k) => k.verdict === 'violated').map((k) => k.code),
          ...r.inputs.map((ref) =>
            layersOf(c, ref)
              .map((id) => c.region.layers[id])
              .flatMap((l) => (l ? [pathOf(wires.graph, l.node)] : []))
              .join('+'),
          ),
        ],
      ]),
    );
    results.push({
      id: entry.id,
      layers: wires.graph.nodes.filter((n) => n.role === 'layer').length,
      folded,
      refused,
      violated,
    });
    console.log(entry.id, folded.length, refused.length, violated.length);
    writeFileSync(values.out, JSON.stringify(results));
  }
};

await main();
