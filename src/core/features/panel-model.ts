import type { Labels, Language } from '../explain';
import type { LayerFamily, Place } from '../graph';
import type { Span } from '../text';

/** The format's version; it grows when a field changes its meaning or goes. */
export const PANEL_VERSION = 1;

/** What the shape panel shows of one class. */
export interface PanelModel {
  readonly version: typeof PANEL_VERSION;
  readonly className: string;
  readonly framework: 'PyTorch' | 'PaddlePaddle';
  readonly language: Language;
  /** What the class is, in a few words; absent where nobody can tell. */
  readonly meaning?: string;
  /** How many of its layers fold away; absent where none does. */
  readonly folding?: string;
  /** How the inputs are known. */
  readonly known: string;
  /** Where the class stands. */
  readonly span: Span;
  readonly inputs: readonly PanelField[];
  readonly parameters: readonly PanelField[];
  readonly steps: readonly PanelStep[];
  readonly totals: readonly PanelFact[];
  /** What must hold for the code to run, and what was supposed. */
  readonly conditions: readonly string[];
  readonly assumptions: readonly string[];
  readonly problems: readonly PanelProblem[];
  /** Why the count of operations may differ from other tools. */
  readonly note: string;
  readonly labels: Labels;
}

/** A text that the reader may change: the shape of an input, or an argument of the constructor. */
export interface PanelField {
  readonly name: string;
  /** What counts now. */
  readonly text: string;
  /** Whether the reader gave it; else it follows from the code. */
  readonly given: boolean;
  /** What is wrong with the text; absent where nothing is. */
  readonly message?: string;
  /** What stands when nothing is given: the symbols of the code, or the default. */
  readonly placeholder: string;
  readonly presets: readonly { readonly label: string; readonly text: string }[];
  readonly span?: Span;
}

export interface PanelFact {
  readonly label: string;
  readonly value: string;
}

export interface PanelProblem {
  readonly text: string;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly span: Span;
}

/** One row: a statement of `forward`, or a call in it. */
export interface PanelStep {
  /** Unique in the model; stays the same while the code does. */
  readonly id: string;
  /** What is called: the attribute, the function, the sign; empty for a statement of several calls. */
  readonly title: string;
  /** The class and what matters of its arguments. */
  readonly detail: string;
  /** The statement, where it is the row's own. */
  readonly code: string;
  readonly family: LayerFamily;
  readonly icon: string;
  readonly input: string;
  readonly output: string;
  readonly parameters: string;
  readonly flops: string;
  readonly activations: string;
  /** The arithmetic behind the shape and the parameters, one line each. */
  readonly arithmetic: readonly string[];
  readonly repeat: string;
  readonly stale: boolean;
  readonly condition?: string;
  readonly fault?: string;
  readonly place?: Place;
  readonly definition?: Place;
  readonly children: readonly PanelStep[];
}
