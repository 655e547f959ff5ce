import { Uri, type Webview } from 'vscode';
import type { Language } from '../../core';
import type { View } from '../../webview/protocol';
import { page } from '../webview/page';

/** The only folder that pages may load from. */
export const pageFolder = (extensionUri: Uri): Uri => Uri.joinPath(extensionUri, 'dist');

/** The icon of our editor tabs. */
export const tabIcon = (extensionUri: Uri): Uri => Uri.joinPath(extensionUri, 'media', 'icon.png');

/** The page of a view in one webview. */
export const pageHtml = (
  webview: Webview,
  extensionUri: Uri,
  view: View,
  title: string,
  language: Language,
): string => {
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(pageFolder(extensionUri), name)).toString();
  return page({
    view,
    title,
    script: file('webview.js'),
    style: file('webview.css'),
    source: webview.cspSource,
    nonce: crypto.randomUUID(),
    language: language === 'en' ? 'en' : 'zh-CN',
  });
};
