import type { Formula, KernelLabels } from '../explain';
import type { Edit } from '../fuse';
import type { Place } from '../graph';

/** What of a class folds, as plain data: for the command line, the hover, the lens and the preview. */
export interface FusionReport {
  readonly version: 1;
  readonly className: string;
  readonly framework: 'PyTorch' | 'PaddlePaddle';
  readonly language: 'en' | 'zh-cn';
  /** One sentence: how many layers fold away, and what that saves. */
  readonly headline: string;
  readonly layers: number;
  readonly folded: number;
  readonly regions: readonly FusionRegion[];
  /** Layers that look as if they folded, and why they do not. */
  readonly kept: readonly KeptPair[];
  /** What the class's own folding code comes to on the same numbers. */
  readonly written: readonly FusionWritten[];
  readonly known: readonly FusionKnown[];
}

/** A convolution whose kernel the code itself says. */
export interface FusionKnown {
  /** The call, as it is written. */
  readonly name: string;
  readonly text: string;
  readonly kernels: readonly (readonly (readonly number[])[])[];
  readonly place?: Place;
}

/** A method of the author's that folds, compared with our folding. */
export interface FusionWritten {
  readonly method: string;
  readonly outcome: 'agrees' | 'differs' | 'unknown';
  readonly text: string;
  readonly place?: Place;
}

/** Layers between two tensors, and how they become fewer. */
export interface FusionRegion {
  /** Its place in `regions`. */
  readonly id: number;
  /** `self.conv1 + self.bn1`. */
  readonly title: string;
  /** What is left: one line an operator. */
  readonly result: readonly string[];
  readonly layers: readonly FusionLayer[];
  /** The branches as they are added, as text: `conv3·bn3 + conv1·bn1 + x`. */
  readonly expression: string;
  /** The undecided conditions under which all its branches are there. */
  readonly condition?: string;
  readonly steps: readonly FusionStep[];
  readonly refusals: readonly FusionStep[];
  readonly costs: readonly FusionCost[];
  /** Absent where no example is worked out. */
  readonly difference?: string;
}

export interface FusionLayer {
  readonly name: string;
  /** `3×3 convolution, 64→128, stride 2, padding 1`. */
  readonly setting: string;
  readonly condition?: string;
  readonly call?: Place;
  readonly definition?: Place;
}

/** One rule, applied or refused. */
export interface FusionStep {
  /** `F1`. */
  readonly rule: string;
  readonly title: string;
  /** What goes in: names of layers, `K1` for the result of the first step. */
  readonly inputs: readonly string[];
  /** `K1`; empty for what is refused. */
  readonly output: string;
  readonly setting: string;
  readonly formulas: readonly Formula[];
  readonly checks: readonly FusionCheck[];
}

export interface FusionCheck {
  readonly code: string;
  readonly verdict: 'holds' | 'violated' | 'depends';
  readonly text: string;
  readonly remedy?: string;
  /** The line of code that decides it. */
  readonly place?: Place;
}

export interface FusionCost {
  readonly what: 'layers' | 'parameters' | 'flops' | 'traffic';
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** `−4.1 %`; empty where it cannot be told. */
  readonly change: string;
}

export interface KeptPair {
  readonly layer: string;
  readonly norm: string;
  readonly reason: string;
  readonly remedy?: string;
  readonly place?: Place;
}

/** The preview of one region with numbers. */
export interface KernelModel {
  readonly version: 1;
  readonly className: string;
  readonly framework: 'PyTorch' | 'PaddlePaddle';
  readonly language: 'en' | 'zh-cn';
  readonly labels: KernelLabels;
  readonly headline: string;
  /** All regions, to choose from. */
  readonly choices: readonly { readonly id: number; readonly title: string; readonly result: string }[];
  readonly kept: readonly KeptPair[];
  readonly written: readonly FusionWritten[];
  readonly known: readonly FusionKnown[];
  /** Whether there is code that does it. */
  readonly hasCode: boolean;
  /** Absent where nothing folds. */
  readonly region?: FusionRegion;
  /** Absent where no example is worked out. */
  readonly example?: KernelExample;
}

export interface KernelExample {
  /** How many output and input channels the example has, and which pair the pictures show. */
  readonly outputs: number;
  readonly inputs: number;
  readonly output: number;
  readonly input: number;
  /** In the order of the region's layers. */
  readonly layers: readonly KernelPicture[];
  /** In the order of the region's steps. */
  readonly steps: readonly KernelPicture[];
  /** What is left: the last of the steps, or several. */
  readonly results: readonly KernelPicture[];
  readonly difference: string;
  /** The largest weight of all pictures: full colour. */
  readonly scale: number;
  readonly edited: boolean;
  /** Where a refused rule would go wrong: how far the outputs differ at every place. */
  readonly wrong?: { readonly rule: string; readonly rows: readonly (readonly number[])[] };
}

/** The numbers of a layer or of a step's result for one pair of channels. */
export interface KernelPicture {
  readonly name: string;
  readonly setting: string;
  /** Rows of numbers: a kernel, or a row of named numbers. */
  readonly rows: readonly (readonly KernelCell[])[];
  /** Numbers beside the kernel: the bias; scale and shift of a normalisation. */
  readonly numbers: readonly (KernelCell & { readonly label: string })[];
}

export interface KernelCell {
  readonly value: number;
  /** What to say to change it; absent where it follows from others. */
  readonly edit?: Pick<Edit, 'layer' | 'part' | 'index'>;
}
