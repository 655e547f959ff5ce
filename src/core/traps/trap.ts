import type { Dim } from '../dims';
import type { ClassRun } from '../interp';
import type { Library } from '../ops';
import type { Shape } from '../shapes';
import type { Call, ClassDef, Node, SyntaxNode } from '../syntax';
import type { TextEdit } from '../text';

/** What is wrong, by code, with the data that its text needs. Codes are kebab-case, shown to users, never renamed. */
export interface TrapData {
  // What pasted code has lost.
  readonly 'lost-underscores': { readonly written: string; readonly meant: string };
  readonly 'misspelt-method': { readonly written: string; readonly meant: string };
  readonly 'missing-super-init': { readonly name: string };
  readonly 'missing-base': { readonly name: string; readonly base: string };
  // Registration and state.
  readonly 'unregistered-layers': { readonly name: string; readonly container: string };
  readonly 'unregistered-tensor': { readonly name: string };
  readonly 'layer-in-forward': { readonly layer: string };
  readonly 'untrained-layer': { readonly layer: string };
  readonly 'layer-replaced': { readonly name: string };
  readonly 'hidden-layer': { readonly name: string };
  readonly 'unused-layer': { readonly name: string };
  readonly 'forward-returns-none': { readonly name: string };
  readonly 'shared-batchnorm': { readonly name: string };
  // Meaning.
  readonly 'dropout-always': { readonly op: string };
  readonly 'softmax-dim': { readonly op: string; readonly axis: number | string; readonly shape: Shape };
  readonly 'softmax-over-batch': { readonly op: string; readonly shape: Shape };
  readonly 'softmax-before-loss': { readonly softmax: string; readonly loss: string };
  readonly 'attention-axis': { readonly axis: number; readonly shape: Shape };
  readonly 'inplace-reused': { readonly op: string; readonly shape: Shape };
  readonly 'tensor-truth': { readonly name: string };
  readonly 'bias-before-norm': { readonly norm: string; readonly bias: string };
  readonly 'rnn-dropout': { readonly layer: string };
  readonly 'batch-first': { readonly layer: string; readonly shape: Shape };
  readonly 'time-first': { readonly layer: string; readonly shape: Shape; readonly mend: string };
  // Shapes that run and mean something else.
  readonly 'reshape-scrambles': { readonly from: Shape; readonly to: Shape };
  readonly 'view-of-moved': { readonly from: Shape; readonly to: Shape };
  readonly 'batch-in-view': { readonly shape: Shape; readonly size: Dim; readonly product: Dim };
  readonly 'squeeze-all': { readonly shape: Shape; readonly axis: Dim };
  readonly 'even-kernel-grows': { readonly kernel: number; readonly padding: number };
  readonly 'cat-joins-batch': { readonly op: string; readonly shape: Shape };
  readonly 'one-value-norm': { readonly shape: Shape };
}

export type TrapCode = keyof TrapData;

/** A place that the trap is also about. */
export interface Related {
  readonly node: Node;
  /** Where its chunk begins, if that is another one. */
  readonly chunk?: number;
  readonly what: 'first-use' | 'made-here' | 'changed-here' | 'hides';
}

/**
 * Code that fails (`problem`: proved), fails for all sizes but special ones (`warning`), or runs and is hardly what was
 * meant (`hint`). Places are relative to the chunk of the class.
 */
export interface Trap<C extends TrapCode = TrapCode> {
  readonly code: C;
  readonly data: TrapData[C];
  readonly kind: 'problem' | 'warning' | 'hint';
  readonly node: Node;
  readonly related: readonly Related[];
  /** What mends it; empty where that is for the author to decide. */
  readonly edits: readonly TextEdit[];
}

/** A class as the finders see it: its code, and the run of it alone. */
export interface Subject {
  readonly run: ClassRun;
  readonly node: ClassDef;
  readonly lib: Library;
  /** The statements and expressions that stand in the class itself, each by itself: what runs elsewhere is not among them. */
  readonly own: ReadonlyMap<Node, SyntaxNode>;
  /** The source of a node. */
  readonly source: (node: Node) => string;
  /** The source of the whole file: what else may use a name. */
  readonly file: string;
}

/** A finder looks for one kind of trap, or for a few with the same evidence. */
export type Finder = (subject: Subject) => readonly Trap[];

/** The call of the class itself that stands at a place. */
export const ownCall = ({ own }: Subject, node: Node | undefined): Call | undefined => {
  const found = node && own.get(node);
  return found?.kind === 'Call' ? found : undefined;
};

interface Extras {
  readonly related?: readonly Related[];
  readonly edits?: readonly TextEdit[];
}

export const hint = <C extends TrapCode>(code: C, node: Node, data: TrapData[C], extras: Extras = {}): Trap<C> => ({
  code,
  data,
  kind: 'hint',
  node,
  related: extras.related ?? [],
  edits: extras.edits ?? [],
});

export const problem = <C extends TrapCode>(code: C, node: Node, data: TrapData[C], extras: Extras = {}): Trap<C> => ({
  ...hint(code, node, data, extras),
  kind: 'problem',
});

export const warning = <C extends TrapCode>(code: C, node: Node, data: TrapData[C], extras: Extras = {}): Trap<C> => ({
  ...hint(code, node, data, extras),
  kind: 'warning',
});
