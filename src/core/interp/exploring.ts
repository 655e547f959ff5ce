import type { Node } from '../syntax';
import type { Choice, Value } from '../values';
import type { Path } from './machine';

/** A condition under which code runs that does not run as a rule. */
export type Case =
  | { readonly kind: 'condition'; readonly text: string; readonly holds: boolean }
  /** A method has been called before. */
  | { readonly kind: 'after'; readonly method: string };

/** What is supposed while code is explored that the ordinary run did not reach. */
export interface Exploring {
  /** How the choices that were opened turn out as a rule, by key. */
  readonly usual: Map<string, boolean>;
  /** Whether the module is in training. */
  readonly training: Value;
  /** The method whose effect is being prepared: for its own code having been called is no condition. */
  preparing: string | null;
  /** What holds on every way on which a node was reached. */
  readonly cases: Map<Node, readonly Case[]>;
}

const CALLED = 'called:';

/** The key of what decides whether the instance is in training mode, where that is open. */
export const TRAINING = 'opened:self.training';

/** Whether an argument is given that may be left out. */
export const givenChoice = (name: string): Choice => ({ key: `opened:${name}`, text: `${name} is not None` });

/** Whether a method has been called. */
export const calledChoice = (method: string): Choice => ({ key: `${CALLED}${method}`, text: '' });

/** A value as it is as a rule: alternatives that only an opened choice tells apart are told apart. */
export const asUsual = (exploring: Exploring, value: Value): Value => {
  let at = value;
  while (at.kind === 'either') {
    const holds = exploring.usual.get(at.condition.key);
    if (holds === undefined) break;
    at = holds ? at.yes : at.no;
  }
  if (at.kind !== 'tuple') return at;
  const { items } = at;
  const usual = items.map((item) => asUsual(exploring, item));
  return usual.some((item, i) => item !== items[i]) ? { ...at, items: usual } : at;
};

/**
 * Remembers under which conditions a node was reached: those that all ways to it have in
 * common, else those of the first.
 */
export const noteCases = (exploring: Exploring, node: Node, path: Path | null): void => {
  const known = exploring.cases.get(node);
  if (known?.length === 0) return;
  const cases = casesOf(exploring, path);
  const common = known?.filter((one) => cases.some((other) => isSame(one, other)));
  // Ways that have nothing in common but are all unusual: the first one tells how to get there.
  exploring.cases.set(node, known && common?.length === 0 && cases.length > 0 ? known : (common ?? cases));
};

/** The conditions of a path, outermost first, without those that hold as a rule. */
const casesOf = ({ usual, preparing }: Exploring, path: Path | null): readonly Case[] => {
  const cases: Case[] = [];
  for (let at = path; at; at = at.outer) {
    const { key, text } = at.choice;
    if (at.assumed || usual.get(key) === at.holds) continue;
    const method = key.startsWith(CALLED) ? key.slice(CALLED.length) : undefined;
    if (method !== undefined) {
      if (method !== preparing) cases.unshift({ kind: 'after', method });
    } else if (text !== '') cases.unshift({ kind: 'condition', text, holds: at.holds });
  }
  return cases;
};

const isSame = (a: Case, b: Case): boolean =>
  a.kind === 'after'
    ? b.kind === 'after' && a.method === b.method
    : b.kind === 'condition' && a.text === b.text && a.holds === b.holds;
