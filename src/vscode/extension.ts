import { commands, type Disposable, type ExtensionContext, window } from 'vscode';
import type { AskingPort } from '../engine';
import { createAnalyses, describe } from './analyses';
import { commentCommands } from './comments';
import { registerDiagnostics } from './diagnostics';
import { withParser } from './engine';
import { openExample, openPage } from './files';
import { registerFixes } from './fixes';
import { commentPreview } from './preview';
import { registerProviders } from './providers';
import { registerStatus } from './status';
import { registerTools } from './tools';
import { diagrams } from './views/diagram';
import { kernels } from './views/kernel';
import { viewCommands } from './views/open';
import { shapePanel } from './views/panel';
import { typedTexts } from './views/typed';

/** Starts the extension; where its engine works is all that differs between the desktop and the browser. */
export const start = (context: ExtensionContext, startEngine: () => AskingPort): void => {
  const { extensionUri, workspaceState, subscriptions } = context;
  const log = window.createOutputChannel('TensorScribe', { log: true });
  const analyses = createAnalyses(withParser(extensionUri, startEngine), log);
  const typed = typedTexts(workspaceState);
  const fail = (error: unknown): void => log.error(describe(error));
  const parts = { extensionUri, analyses, sources: analyses.sources, typed, fail };
  const panel = shapePanel(parts);
  const layers = diagrams(parts, workspaceState);
  const fused = kernels(parts, workspaceState);
  const preview = commentPreview(analyses);
  const comments = commentCommands(analyses, log, preview.show);
  const views = viewCommands(analyses, panel, layers, fused);
  subscriptions.push(
    log,
    analyses,
    ...registerProviders(analyses),
    ...registerDiagnostics(analyses),
    registerFixes(analyses),
    ...registerTools(analyses),
    ...registerStatus(analyses),
    ...preview.subscriptions,
    ...panel.subscriptions,
    ...layers.subscriptions,
    ...fused.subscriptions,
    ...registerCommands(
      {
        'tensorscribe.annotateModule': () => comments.annotateModule(),
        'tensorscribe.annotateClass': comments.annotateClass,
        'tensorscribe.refreshComments': () => comments.refreshComments(),
        'tensorscribe.removeComments': () => comments.removeComments(),
        'tensorscribe.previewComments': () => comments.previewComments(),
        'tensorscribe.openShapePanel': views.openShapePanel,
        'tensorscribe.openShapesTab': views.openShapesTab,
        'tensorscribe.openDiagram': views.openDiagram,
        'tensorscribe.openKernels': views.openKernels,
        'tensorscribe.openExample': () => openExample(extensionUri),
        'tensorscribe.explainProblem': (code: unknown) => openPage(extensionUri, code),
        'tensorscribe.showLog': async () => log.show(),
      },
      fail,
    ),
  );
  log.info(`TensorScribe ${context.extension.packageJSON.version} is active`);
};

type Command = (...given: never[]) => Promise<void>;

const registerCommands = (
  all: Readonly<Record<string, Command>>,
  fail: (error: unknown) => void,
): readonly Disposable[] =>
  Object.entries(all).map(([id, act]) =>
    commands.registerCommand(id, (...given: never[]) => act(...given).catch(fail)),
  );
