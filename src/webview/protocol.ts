import type { DiagramModel, GivenTexts, KernelModel, Labels, PanelModel, Place } from '../core';

/**
 * What the page and the extension say to each other. The page is one element `<body data-view="panel">`,
 * `<body data-view="diagram">` or `<body data-view="kernel">` that holds an empty `<main id="view">`; its script and style sheet are `webview.js` and
 * `webview.css`. The page says `ready` before it is told anything.
 */
export type View = 'panel' | 'diagram' | 'kernel';

/** Numbers the requests of one page from 1 on; an answer names the last request that the extension had seen. */
export type Sequence = number;

export type ToPage =
  /** The panel of the class at the cursor; without a model there is none there. */
  | {
      readonly type: 'panel';
      readonly answers: Sequence;
      readonly model: PanelModel | null;
      readonly labels: Labels;
      /** Whether the panel stays with its class when the cursor leaves it. */
      readonly pinned: boolean;
    }
  | {
      readonly type: 'diagram';
      readonly answers: Sequence;
      readonly model: DiagramModel | null;
      readonly labels: Labels;
    }
  /** What folds in a class; without a model there is no such class, and `empty` says so. */
  | {
      readonly type: 'kernel';
      readonly answers: Sequence;
      readonly model: KernelModel | null;
      readonly empty: string;
    }
  /** Make a picture of a drawing: only the page can. */
  | { readonly type: 'paint'; readonly svg: string; readonly width: number; readonly height: number }
  /** Where the cursor of the editor is: what stands there is lit. */
  | { readonly type: 'cursor'; readonly place: Place | null };

export type FromPage =
  | { readonly type: 'ready'; readonly view: View }
  /** What the reader has typed about a class; empty texts take back. */
  | {
      readonly type: 'give';
      readonly sequence: Sequence;
      readonly className: string;
      readonly texts: Required<GivenTexts>;
    }
  /** Which containers of the diagram are to be open, and which way data flows. */
  | {
      readonly type: 'arrange';
      readonly sequence: Sequence;
      readonly className: string;
      readonly open: readonly string[] | 'all' | null;
      readonly direction: 'down' | 'right';
    }
  /** Which layers, which pair of channels, and with which numbers the preview is to show. */
  | {
      readonly type: 'fold';
      readonly sequence: Sequence;
      readonly className: string;
      /** null: the most telling ones. */
      readonly region: number | null;
      readonly output: number;
      readonly input: number;
      readonly edits: readonly KernelEdit[];
    }
  /** Show a place in the editor. */
  | { readonly type: 'reveal'; readonly place: Place }
  /** Show a span of the document that the class is in. */
  | { readonly type: 'revealSpan'; readonly start: number; readonly end: number }
  /** Open the other view of a class. */
  | { readonly type: 'show'; readonly view: View; readonly className: string }
  | { readonly type: 'pin'; readonly pinned: boolean }
  /** Put the table of layers on the clipboard. */
  | { readonly type: 'copy'; readonly className: string; readonly format: CopyFormat }
  /** Save the diagram as it stands. */
  | { readonly type: 'export'; readonly className: string; readonly format: ExportFormat }
  /** The picture that was asked for, in base64. */
  | { readonly type: 'picture'; readonly className: string; readonly png: string };

/** A number of a layer that the reader has changed. */
export interface KernelEdit {
  readonly layer: number;
  readonly part: 'weight' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance';
  readonly index: number;
  readonly value: number;
}

/** `python`: the method that folds the layers of a class. */
export type CopyFormat = 'markdown' | 'csv' | 'text' | 'python';
export type ExportFormat = 'svg' | 'png' | 'mermaid' | 'json';

/** What a page keeps while it is hidden, and what the extension is given to restore it. */
export interface PageState {
  readonly view: View;
  readonly className?: string;
  /** The ids of the open containers of the diagram, or of the folded steps of the panel. */
  readonly ids?: readonly string[];
  readonly direction?: 'down' | 'right';
  readonly camera?: { readonly x: number; readonly y: number; readonly scale: number };
}
