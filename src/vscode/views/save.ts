import { ColorThemeKind, Uri, window, workspace } from 'vscode';
import { type DiagramModel, diagramMermaid, diagramSvg } from '../../core';
import type { ExportFormat } from '../../webview/protocol';
import { openDocument } from './subject';

/** What a diagram is saved as without the page: all but the picture, which only a page can paint. */
export const exported = (model: DiagramModel, format: Exclude<ExportFormat, 'png'>): string => {
  switch (format) {
    case 'svg':
      return diagramSvg(model, 'auto');
    case 'mermaid':
      return diagramMermaid(model);
    case 'json':
      return `${JSON.stringify(model, undefined, 2)}\n`;
  }
};

/** The drawing of a diagram in the brightness of the window, to be painted. */
export const toPaint = (
  model: DiagramModel,
): { readonly svg: string; readonly width: number; readonly height: number } => {
  const { kind } = window.activeColorTheme;
  const isLight = kind === ColorThemeKind.Light || kind === ColorThemeKind.HighContrastLight;
  return { svg: diagramSvg(model, isLight ? 'light' : 'dark'), width: model.width, height: model.height };
};

const EXTENSIONS = { svg: 'svg', png: 'png', mermaid: 'mmd', json: 'json' } as const satisfies Record<
  ExportFormat,
  string
>;

/** Asks where to, beside the document at first, and writes; nothing is written when the reader thinks better of it. */
export const save = async (
  about: Uri,
  className: string,
  format: ExportFormat,
  content: string | Uint8Array,
): Promise<void> => {
  const extension = EXTENSIONS[format];
  const folder = openDocument(about)?.isUntitled ? workspace.workspaceFolders?.[0]?.uri : Uri.joinPath(about, '..');
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder.with({ fragment: '', query: '' }), `${className}.${extension}`) }),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!target) return;
  await workspace.fs.writeFile(target, typeof content === 'string' ? new TextEncoder().encode(content) : content);
};

/** The bytes of a text in base64. */
export const decoded = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
