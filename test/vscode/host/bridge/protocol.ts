/** A rectangle in pixels of the page, as a screenshot shows them. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which document an order is for: the workbench, or the visible webview whose document has that title. */
export interface Place {
  readonly webview?: string;
}

/** What a test in the extension host asks of the browser that shows the workbench. */
export type Order =
  | { readonly kind: 'screenshot'; readonly path: string; readonly clip?: Box; readonly selector?: string }
  | ({ readonly kind: 'text' | 'html' | 'boxes'; readonly selector: string } & Place)
  | ({ readonly kind: 'waitText'; readonly selector: string; readonly text: string; readonly timeout: number } & Place)
  | ({ readonly kind: 'waitGone'; readonly selector: string; readonly timeout: number } & Place)
  | ({ readonly kind: 'run'; readonly source: string } & Place)
  | ({ readonly kind: 'click'; readonly selector: string; readonly count: number; readonly right: boolean } & Place)
  | ({ readonly kind: 'hover' | 'focus'; readonly selector: string } & Place)
  | ({ readonly kind: 'fill'; readonly selector: string; readonly text: string } & Place)
  | { readonly kind: 'press'; readonly key: string }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'drag'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'wheel'; readonly at: Point; readonly by: Point; readonly control: boolean }
  | { readonly kind: 'webviews' }
  | { readonly kind: 'resize'; readonly width: number; readonly height: number }
  | { readonly kind: 'media'; readonly reducedMotion: boolean };

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The variable of the environment that tells the stand-in at which address the tests expect the bridge. */
export const BRIDGE_VARIABLE = 'VSCODE_HOST_BRIDGE';

/** What the tests print begins with this, so that the stand-in can tell it from VS Code's own log. */
export const OUTPUT_MARK = '[test]';
