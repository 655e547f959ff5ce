import type { Labels, Language } from '../explain';
import type { LayerFamily, Place } from '../graph';

/** The format's version; it grows when a field changes its meaning or goes. */
export const DIAGRAM_VERSION = 1;

/** A layer diagram with everything placed: what the page, the SVG and the JSON file hold. Sizes are CSS pixels. */
export interface DiagramModel {
  readonly version: typeof DIAGRAM_VERSION;
  readonly className: string;
  readonly framework: 'PyTorch' | 'PaddlePaddle';
  readonly language: Language;
  readonly direction: 'down' | 'right';
  readonly width: number;
  readonly height: number;
  /** Containers before what lies in them. */
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  /** The ids of the containers that are open. */
  readonly open: readonly string[];
  /** The ids of all containers that can be opened, whether they show or not. */
  readonly containers: readonly string[];
  /** Everything that a search can find, in what is folded too. */
  readonly index: readonly DiagramEntry[];
  /** The families that occur, with their names. */
  readonly legend: readonly { readonly family: LayerFamily; readonly name: string; readonly icon: string }[];
  /** What is worth saying of the whole: parameters, operations, what could not be followed. */
  readonly facts: readonly DiagramFact[];
  readonly labels: Labels;
}

export interface DiagramFact {
  readonly label: string;
  readonly value: string;
}

/** A box as a search finds it. */
export interface DiagramEntry {
  readonly id: string;
  /** Its title, its class and its arguments. */
  readonly text: string;
  /** The containers that must be open for it to show, outermost first. */
  readonly above: readonly string[];
}

/** A box; `x` and `y` are its top left corner. */
export interface DiagramNode {
  /** Stays the same when others are opened or folded: the path of names from the class down. */
  readonly id: string;
  /** The open container that it lies in; absent directly in the class. */
  readonly parent?: string;
  readonly shape: 'box' | 'pill' | 'circle' | 'end' | 'container';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly subtitle: string;
  /** A third line: what a folded container holds. */
  readonly note: string;
  readonly family: LayerFamily;
  /** A line drawing on a field of 16 × 16, as path data. */
  readonly icon: string;
  /** Whether it can be opened (when it is no `container`) or folded. */
  readonly folds: boolean;
  /** `×6`, for a run of equal blocks. */
  readonly repeat: string;
  readonly stale: boolean;
  /** What is wrong here, in words. */
  readonly fault?: string;
  /** The condition under which it runs. */
  readonly condition?: string;
  readonly facts: readonly DiagramFact[];
  /** Where it is called, and where the layer is made. */
  readonly call?: Place;
  readonly definition?: Place;
}

/** A line; `path` is SVG path data. An edge that crosses containers is several lines of one `source` and `target`. */
export interface DiagramEdge {
  readonly source: string;
  readonly target: string;
  readonly path: string;
  /** Its stroke grows a little with the number of elements. */
  readonly width: number;
  /** Whether it ends at the box that it leads to. */
  readonly arrow: boolean;
  /** Centred on `x`, `y`. */
  readonly label?: { readonly text: string; readonly x: number; readonly y: number; readonly width: number };
  /** Whether it lies in an open container. */
  readonly inside: boolean;
  readonly condition?: string;
  readonly fault: boolean;
  readonly stale: boolean;
}
