import { Uri, type Webview } from 'vscode';
import type { Language } from '../../core';
import type { View } from '../../webview/protocol';

/** The only folder that pages may load from. */
export const pageFolder = (extensionUri: Uri): Uri => Uri.joinPath(extensionUri, 'dist');

/** The page of a view: nothing but its script and its style sheet can run in it or be loaded by it. */
export const pageHtml = (
  webview: Webview,
  extensionUri: Uri,
  view: View,
  title: string,
  language: Language,
): string => {
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(pageFolder(extensionUri), name)).toString();
  const nonce = crypto.randomUUID();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${language === 'en' ? 'en' : 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${file('webview.css')}">
</head>
<body data-view="${view}"><main id="view"></main><script nonce="${nonce}" src="${file('webview.js')}"></script></body>
</html>`;
};
