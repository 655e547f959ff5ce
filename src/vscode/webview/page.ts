import type { View } from '../../webview/protocol';

/** What a page of the webview is made of. */
export interface PageParts {
  readonly view: View;
  /** The addresses of `webview.js` and `webview.css`, as the webview may load them. */
  readonly script: string;
  readonly style: string;
  /** Where the webview may load from (`webview.cspSource`), and what allows its one script. */
  readonly source: string;
  readonly nonce: string;
  /** The language of the texts, as HTML names it: `en`, `zh-CN`. */
  readonly language: string;
  readonly title: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);

/** The HTML of a view: one script by its nonce, one style sheet, and nothing from anywhere else; pictures are painted from data. */
export const page = ({ view, script, style, source, nonce, language, title }: PageParts): string => `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${escaped(source)}; img-src data:; script-src 'nonce-${escaped(nonce)}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(style)}">
<title>${escaped(title)}</title>
</head>
<body data-view="${view}">
<main id="view"></main>
<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
</body>
</html>
`;
