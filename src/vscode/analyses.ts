import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type LogOutputChannel,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { type Analysis, type Analyzer, type GivenTexts, parseGiven } from '../core';
import { pathOf } from './convert';
import { earlierCells } from './notebooks';
import type { WorkspaceSources } from './sources';

/** One analysis per version of a document, shared by all features and made when it is first asked for. */
export interface Analyses extends Disposable {
  /** Undefined where the document is not analysed, where it failed (the log says why), or after a cancellation. */
  readonly of: (document: TextDocument, token?: CancellationToken) => Promise<Analysis | undefined>;
  /** The analysis with what a reader has said of one class. */
  readonly given: (document: TextDocument, className: string, texts: GivenTexts) => Promise<Analysis | undefined>;
  /** Analyses other texts in the place of a document, with what has been loaded for it. */
  readonly again: (document: TextDocument) => Promise<(text: string) => Analysis>;
  /** What is imported has changed, so that answers differ although no document did. */
  readonly onDidChange: Event<void>;
  /** An analysis began or ended. */
  readonly onDidWork: Event<Uri>;
  readonly isWorking: (uri: Uri) => boolean;
}

/** Above this many lines a document is left alone. */
export const MOST_LINES = 20_000;

/** How often imports of imports are followed. */
const MOST_ROUNDS = 6;

interface Known {
  readonly version: number;
  /** Of a cell: the text of the cells before it. */
  readonly before: string | undefined;
  readonly revision: number;
  readonly analysis: Promise<Analysis | undefined>;
  readonly given: Map<string, Promise<Analysis | undefined>>;
}

export const isAnalysed = (document: TextDocument): boolean =>
  document.languageId === 'python' && document.lineCount <= MOST_LINES;

/** `sources` makes the files of the workspace; it is told what to call when one of them changes. */
export const createAnalyses = (
  analyzer: () => Promise<Analyzer>,
  sources: (changed: () => void) => WorkspaceSources,
  log: LogOutputChannel,
): Analyses & { readonly sources: WorkspaceSources } => {
  const known = new Map<string, Known>();
  const changed = new EventEmitter<void>();
  const worked = new EventEmitter<Uri>();
  const working = new Set<string>();
  let revision = 0;
  const files = sources(() => {
    revision++;
    changed.fire();
  });
  const make = async (document: TextDocument, before: string | undefined): Promise<Analysis | undefined> => {
    const key = document.uri.toString();
    working.add(key);
    worked.fire(document.uri);
    try {
      return await analyse(await analyzer(), files, document, before, log);
    } catch (error) {
      log.error(`${document.uri.path}: ${describe(error)}`);
      return undefined;
    } finally {
      working.delete(key);
      worked.fire(document.uri);
    }
  };
  const entry = (document: TextDocument): Known => {
    const key = document.uri.toString();
    const last = known.get(key);
    const { version } = document;
    const before = earlierCells(document);
    if (last?.version === version && last.revision === revision && last.before === before) return last;
    const next = { version, before, revision, analysis: make(document, before), given: new Map() };
    known.set(key, next);
    return next;
  };
  const withTexts = async (
    document: TextDocument,
    { analysis, before }: Known,
    className: string,
    texts: GivenTexts,
  ): Promise<Analysis | undefined> => {
    const plain = await analysis;
    if (!plain) return undefined;
    try {
      const { given } = parseGiven(plain, className, texts, 'en');
      const { path, text } = plain;
      const source = { path, text, ...(before !== undefined && { before }) };
      return (await analyzer()).analyze(source, await files.of(document), new Map([[className, given]]));
    } catch (error) {
      log.error(`${document.uri.path}: ${describe(error)}`);
      return plain;
    }
  };
  const closing = workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString()));
  return {
    sources: files,
    of: async (document, token) => {
      if (!isAnalysed(document)) return undefined;
      const analysis = await entry(document).analysis;
      return token?.isCancellationRequested ? undefined : analysis;
    },
    given: async (document, className, texts) => {
      if (!isAnalysed(document)) return undefined;
      const at = entry(document);
      if (!saysAnything(texts)) return at.analysis;
      const key = JSON.stringify([className, texts]);
      const made = at.given.get(key) ?? withTexts(document, at, className, texts);
      at.given.set(key, made);
      return made;
    },
    again: async (document) => {
      const [{ analyze }, sources] = await Promise.all([analyzer(), files.of(document)]);
      const before = earlierCells(document);
      return (text) => analyze({ path: pathOf(document), text, ...(before !== undefined && { before }) }, sources);
    },
    onDidChange: changed.event,
    onDidWork: worked.event,
    isWorking: (uri) => working.has(uri.toString()),
    dispose: () => {
      for (const one of [closing, files, changed, worked]) one.dispose();
    },
  };
};

const saysAnything = ({ inputs = {}, args = {} }: GivenTexts): boolean =>
  [...Object.values(inputs), ...Object.values(args)].some((text) => text.trim() !== '');

/** What the log says of something that was thrown. */
export const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

const analyse = async (
  analyzer: Analyzer,
  files: WorkspaceSources,
  document: TextDocument,
  before: string | undefined,
  log: LogOutputChannel,
): Promise<Analysis> => {
  const path = pathOf(document);
  const source = { path, text: document.getText(), ...(before !== undefined && { before }) };
  const began = Date.now();
  let analysis = analyzer.analyze(source, await files.of(document));
  for (let round = 0; round < MOST_ROUNDS && analysis.wanted.length > 0; round++) {
    if (!(await files.load(document, analysis.wanted))) break;
    analysis = analyzer.analyze(source, await files.of(document));
  }
  log.debug(`${path}: ${analysis.classes.length} classes in ${Date.now() - began} ms`);
  return analysis;
};
