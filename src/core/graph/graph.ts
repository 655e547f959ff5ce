import type { Condition, Dim } from '../dims';
import type { OpCall } from '../interp';
import type { Fault } from '../ops';
import type { Shape } from '../shapes';
import type { Span } from '../text';
import type { ObjectValue } from '../values';

/** What kind of work a node does; it decides the hue. */
export type LayerFamily =
  | 'convolution'
  | 'normalisation'
  | 'activation'
  | 'pooling'
  | 'linear'
  | 'merge'
  | 'reshape'
  | 'other';

/** A place in a file, absolute. */
export interface Place extends Span {
  readonly path: string;
}

/** A condition that nobody has decided, as it must be for a node to run or for data to take a way. */
export interface Case {
  readonly key: string;
  /** The source of the condition. */
  readonly text: string;
  readonly holds: boolean;
  /** The relation between sizes that it is, where it is one. */
  readonly relation?: Condition;
}

/** `layer` and `op` do something; a `container` is a module that calls others; a `merge` joins tensors (`+`, `cat`). */
export type Role = 'input' | 'output' | 'container' | 'layer' | 'op' | 'merge';

/** One call: of a layer, an op, or a module that holds further calls. Nodes stand in the order of execution. */
export interface GraphNode {
  /** Its index in `LayerGraph.nodes`. */
  readonly id: number;
  /** The container that it lies in; the root has none. */
  readonly parent: number | undefined;
  /** Nodes from `id + 1` up to here, exclusive, lie inside. */
  readonly end: number;
  readonly role: Role;
  /** The attribute (`conv1`, `blocks.0`), the function (`cat`), the sign (`+`), the name of an input. */
  readonly name: string;
  /** The class of a module; empty for an op. */
  readonly type: string;
  readonly family: LayerFamily;
  /** The instance that was called. */
  readonly module: ObjectValue | undefined;
  /** The op that was called, where its arguments are not yet in the name. */
  readonly op: OpCall | undefined;
  /** The op that ran: what a library layer is, or the op itself. */
  readonly ran: OpCall | undefined;
  readonly inputs: readonly Shape[];
  /** More than one set where undecided conditions lead to different shapes. */
  readonly outputs: readonly Shape[];
  readonly call: Place | undefined;
  readonly definition: Place | undefined;
  /** Multiply–adds × 2 of this call, with all that lies inside; undefined where something of it is not known. */
  readonly flops: Dim | undefined;
  /** How often it runs where it stands for all turns of a loop, or null. */
  readonly repeat: Dim | null;
  readonly cases: readonly Case[];
  readonly fault: Fault | undefined;
  /** It comes after a fault: drawn, but what it would get is not known. */
  readonly stale: boolean;
  /** Whether anything uses what it gives. */
  readonly used: boolean;
}

/** A tensor goes from one call to another. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** Its place among what the call was given; the first one where it was given several times. */
  readonly slot: number;
  readonly shape: Shape | undefined;
  /** When it takes this way. */
  readonly cases: readonly Case[];
  /** The call that it goes to cannot take it. */
  readonly fault: boolean;
}

/** What one run of a class calls, and how tensors go between the calls. Node 0 is the class itself. */
export interface LayerGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
