import { same } from '../dims';
import { type Candidate, type Candidates, candidatesOf, type Operator, type Tree } from '../fuse';
import type { Analysis } from './analysis';
import { type Dialect, PADDLE, TORCH } from './deploy-dialect';
import { type Change, changesOf } from './deploy-places';
import { holderOf, presenceOf, type Slot, slotOf } from './deploy-slots';
import { guardOf, hostOf, layersBehind, stepCode, type Writing } from './deploy-steps';
import { foldingRun } from './kernel-run';

/** Python that does in the model what the plan says. */
export interface DeployCode {
  /** A method of the class: `def fuse(self): …`, indented by four spaces; `forward` stays as it is. */
  readonly method: string;
  /** Regions that fold but for which no code is written, by expression. */
  readonly left: readonly string[];
}

/** The method that folds the layers of a class; undefined where nothing folds for which code can be written. */
export const deployCode = (analysis: Analysis, className: string, name = 'fuse'): DeployCode | undefined => {
  const unit = analysis.classes.find(({ name }) => name === className);
  if (!unit) return undefined;
  const { candidates, wires } = candidatesOf(foldingRun(unit));
  const dialect = unit.run.cls.mro.some((c) => c.path === 'paddle.nn.Layer') ? PADDLE : TORCH;
  const parts: (readonly string[])[] = [];
  const left: string[] = [];
  const seen = new Set<string>();
  const uses = new Set<string>();
  for (const candidate of candidates) {
    if (candidate.plan.steps.length === 0) continue;
    const own = new Set<string>();
    const writing = writingOf(candidate, wires, dialect, own);
    const title = candidate.region.layers.map((_, id) => writing.name(id)).join(', ');
    // A block that runs several times is folded once.
    if (seen.has(title)) continue;
    seen.add(title);
    const region = regionCode(writing, wires);
    if (!region) left.push(title);
    else {
      parts.push(region);
      for (const helper of own) uses.add(helper);
    }
  }
  if (parts.length === 0) return undefined;
  return { method: methodOf(dialect, name, parts, uses), left };
};

type Wires = Candidates['wires'];

/** What the code of a region is written with. */
export const writingOf = (candidate: Candidate, wires: Wires, dialect: Dialect, uses: Set<string>): Writing => {
  const { layers } = candidate.region;
  const holders = layers.map((layer) => holderOf(wires.graph, layer));
  return {
    candidate,
    dialect,
    uses,
    name: (id) => holders[id] ?? '?',
    presence: (id) => {
      const layer = layers[id];
      return layer && presenceOf(wires.graph, layer);
    },
  };
};

/** Whether all numbers of a region can be read from its modules, and it can be said when they are there. */
export const isWritable = ({ candidate, name, presence }: Writing): boolean =>
  candidate.region.layers.every(
    ({ operator }, id) => (operator.op === 'border' || name(id) !== '?') && presence(id) !== null,
  );

/** The statements that fold one region; undefined where a rule, a size or its place cannot be written. */
const regionCode = (writing: Writing, wires: Wires): readonly string[] | undefined => {
  const { plan } = writing.candidate;
  if (!isWritable(writing)) return undefined;
  const lines = plan.steps.map((step, at) => stepCode(writing, step, at + 1));
  if (lines.some((l) => l === undefined)) return undefined;
  const parts = plan.rest.kind === 'chain' ? plan.rest.parts : [plan.rest];
  const placed = parts.map((part) => placedPart(writing, wires, part));
  if (placed.some((p) => p === undefined)) return undefined;
  return [...lines, ...placed].flatMap((l) => l ?? []);
};

/** Puts one of the layers that are left into its place; a layer that no rule has touched stays. */
const placedPart = (writing: Writing, wires: Wires, part: Tree): readonly string[] | undefined => {
  const { candidate } = writing;
  if (part.kind !== 'one') return undefined;
  if (part.ref.kind !== 'step') return [];
  const made = newLayer(writing, part.operator, part.ref.id + 1);
  const { layers } = candidate.region;
  const tree = treeOf(candidate, new Set(layersBehind(candidate, part.ref)));
  const folded = tree ? layersIn(tree).flatMap((id) => layers[id] ?? []) : [];
  const slot = (id: number): Slot | undefined => slotOf(folded, wires, layers[id]);
  const changes = tree && changesOf({ ...candidate.region, tree }, slot);
  if (made === undefined) return undefined;
  if (changes) return placing(writing, changes, made);
  return candidate.plan.rest === part && isWhole(candidate, wires) ? replacing(writing, made) : undefined;
};

const layersIn = (tree: Tree): readonly number[] =>
  tree.kind === 'one' ? (tree.ref.kind === 'layer' ? [tree.ref.id] : []) : tree.parts.flatMap(layersIn);

/** Chains in a chain are one. */
const flat = (tree: Tree): readonly Tree[] => (tree.kind === 'chain' ? tree.parts.flatMap(flat) : [tree]);

/** The part of a region's tree that some of its layers make. */
const treeOf = ({ region }: Candidate, ids: ReadonlySet<number>): Tree | undefined => {
  const all = layersIn(region.tree);
  if (all.every((id) => ids.has(id) || isSilent(region, id))) return region.tree;
  if (region.tree.kind !== 'chain') return undefined;
  const parts = flat(region.tree).filter((part) => layersIn(part).some((id) => ids.has(id)));
  return parts.every((part) => layersIn(part).every((id) => ids.has(id))) ? { kind: 'chain', parts } : undefined;
};

/** Whether a layer changes nothing and goes into no step. */
const isSilent = ({ layers }: Candidate['region'], id: number): boolean => {
  const operator = layers[id]?.operator;
  return operator?.op === 'diagonal' && operator.role === 'identity';
};

/** Whether a region is all that `forward` does. */
const isWhole = ({ region }: Candidate, { graph, from }: Wires): boolean =>
  graph.nodes.filter((n) => n.role === 'input').length === 1 &&
  graph.nodes[region.source]?.role === 'input' &&
  from(region.root).every(({ to }) => graph.nodes[to]?.role === 'output') &&
  graph.nodes.every((n) => (n.role !== 'layer' && n.role !== 'op' && n.role !== 'merge') || region.nodes.has(n.id)) &&
  region.layers.every((l) => l.ways.length === 0);

/** The new layer is all that is left of `forward`. */
const replacing = ({ candidate, name }: Writing, made: string): readonly string[] => {
  const owners = candidate.region.layers.flatMap((l, id) =>
    l.role === 'sign' ? [] : (/^self\.\w+/.exec(name(id))?.[0] ?? []),
  );
  return [`self.fused = ${made}`, `del ${[...new Set(owners)].join(', ')}`, 'self.forward = self.fused.forward'];
};

/** Puts the new layer into its place, and what hands on or gives nothing into the others. */
export const placing = (writing: Writing, changes: readonly Change[], made: string): readonly string[] =>
  changes.flatMap(({ slot: { name, rest }, fate, layer }) => {
    const guard = guardOf(writing, { kind: 'layer', id: layer });
    if (fate === 'nothing') writing.uses.add('Nothing');
    const own = { fused: [made], identity: [], nothing: ['Nothing()'] }[fate];
    const [only, ...more] = [...own, ...rest];
    const value = more.length > 0 ? `nn.Sequential(${[only, ...more].join(', ')})` : (only ?? 'nn.Identity()');
    return guard === undefined ? [`${name} = ${value}`] : [`if ${guard}:`, `    ${name} = ${value}`];
  });

/** The new layer, with the weight and bias of a step. */
export const newLayer = (writing: Writing, operator: Operator, number: number): string | undefined => {
  const { candidate, dialect, name, uses } = writing;
  const [k, b] = [`k${number}`, `b${number}`];
  uses.add('filled');
  if (operator.op === 'linear') {
    const [outputs, inputs] = dialect.linearAxis === 0 ? [0, 1] : [1, 0];
    return `filled(nn.Linear(${k}.shape[${inputs}], ${k}.shape[${outputs}]), ${k}, ${b})`;
  }
  if (operator.op === 'transposed') {
    const like = candidate.region.layers.findIndex((l) => l.operator.op === 'transposed');
    const field = (of: string): string => `${name(like)}.${dialect.field(of)}`;
    const kind = dialect.transposed[operator.axes.length - 1];
    if (like < 0 || kind === undefined) return undefined;
    const window = ['stride', 'padding', 'output_padding'].map((of) => `${of}=${field(of)}`).join(', ');
    const isGrouped = !same(operator.groups, 1);
    const outputs = isGrouped ? `${k}.shape[1] * ${field('groups')}` : `${k}.shape[1]`;
    const groups = isGrouped ? `, groups=${field('groups')}` : '';
    const size = `${k}.shape[0], ${outputs}, list(${k}.shape[2:])`;
    return `filled(${kind}(${size}, ${window}, dilation=${field('dilation')}${groups}), ${k}, ${b})`;
  }
  const host = operator.op === 'conv' ? hostOf(writing, operator) : undefined;
  const kind = operator.op === 'conv' ? dialect.conv[operator.axes.length - 1] : undefined;
  if (host === undefined || kind === undefined) return undefined;
  const fields = ['in_channels', 'out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups'];
  const given = fields.map((of) => `${host}.${dialect.field(of)}`).join(', ');
  return `filled(${kind}(${given}, padding_mode=${host}.${dialect.field('padding_mode')}), ${k}, ${b})`;
};

const methodOf = (
  dialect: Dialect,
  name: string,
  parts: readonly (readonly string[])[],
  uses: ReadonlySet<string>,
): string => {
  const helpers = dialect.helpers.flatMap(({ name, code }) => (uses.has(name) ? [...code, ''] : []));
  const body = parts.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
  const inner = [...helpers, ...body, 'return self'].map((line) => (line === '' ? '' : `        ${line}`));
  return [`    ${dialect.decorator}`, `    def ${name}(self):`, ...inner, ''].join('\n');
};
