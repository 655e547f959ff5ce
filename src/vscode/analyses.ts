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
import { type Analysis, type Analyzer, type GivenByClass, type GivenTexts, parseGiven, type Sources } from '../core';
import { pathOf } from './convert';
import { earlierCells } from './notebooks';
import type { WorkspaceSources } from './sources';

/** One analysis per version of a document, shared by all features and made when it is first asked for. */
export interface Analyses extends Disposable {
  /**
   * For features that look at one place: what they read of it runs when they read it. Undefined where the document is
   * not analysed, where it failed (the log says why), or after a cancellation.
   */
  readonly of: (document: TextDocument, token?: CancellationToken) => Promise<Analysis | undefined>;
  /**
   * For features that look at all of a document: everything has run, part by part, with room for what a user does in
   * between. Undefined also where the document has changed meanwhile.
   */
  readonly whole: (document: TextDocument, token?: CancellationToken) => Promise<Analysis | undefined>;
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
  /** The same when all of it has run; made when it is first asked for. */
  whole?: Promise<Analysis | undefined>;
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
  const make = async (document: TextDocument, at: Pick<Known, 'version' | 'before'>, isFirst: boolean) => {
    const key = document.uri.toString();
    const text = document.getText();
    working.add(key);
    worked.fire(document.uri);
    try {
      const analyze = analysing(await analyzer(), document, at.before);
      const began = Date.now();
      let analysis = analyze(text, await files.of(document));
      // After a keystroke the modules that are imported are there, as a rule: those that are not are looked for later.
      for (let round = 0; isFirst && round < MOST_ROUNDS; round++) {
        if (!(await advance(analysis, () => known.get(key)?.version === at.version))) break;
        if (analysis.wanted.length === 0 || !(await files.load(document, analysis.wanted))) break;
        analysis = analyze(text, await files.of(document));
      }
      log.debug(`${document.uri.path}: ${analysis.classes.length} classes in ${Date.now() - began} ms`);
      return analysis;
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
    const analysis = make(document, { version, before }, !last);
    const next = { version, before, revision, analysis, given: new Map() };
    known.set(key, next);
    return next;
  };
  const finish = async (document: TextDocument, at: Known): Promise<Analysis | undefined> => {
    const isCurrent = (): boolean => known.get(document.uri.toString()) === at && document.version === at.version;
    try {
      const analysis = await at.analysis;
      if (!analysis || !(await advance(analysis, isCurrent))) return undefined;
      if (analysis.wanted.length === 0 || !(await files.load(document, analysis.wanted))) return analysis;
    } catch (error) {
      log.error(`${document.uri.path}: ${describe(error)}`);
      return undefined;
    }
    revision++;
    changed.fire();
    return whole(document, entry(document));
  };
  const whole = (document: TextDocument, at: Known): Promise<Analysis | undefined> => {
    at.whole ??= finish(document, at);
    return at.whole;
  };
  const withTexts = async (
    document: TextDocument,
    at: Known,
    className: string,
    texts: GivenTexts,
  ): Promise<Analysis | undefined> => {
    const plain = (await whole(document, at)) ?? (await at.analysis);
    if (!plain) return undefined;
    try {
      const { given } = parseGiven(plain, className, texts, 'en');
      const analyze = analysing(await analyzer(), document, at.before);
      return analyze(plain.text, await files.of(document), new Map([[className, given]]));
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
    whole: async (document, token) => {
      if (!isAnalysed(document)) return undefined;
      const analysis = await whole(document, entry(document));
      return token?.isCancellationRequested ? undefined : analysis;
    },
    given: async (document, className, texts) => {
      if (!isAnalysed(document)) return undefined;
      const at = entry(document);
      if (!saysAnything(texts)) return (await whole(document, at)) ?? at.analysis;
      const key = JSON.stringify([className, texts]);
      const made = at.given.get(key) ?? withTexts(document, at, className, texts);
      at.given.set(key, made);
      return made;
    },
    again: async (document) => {
      const [analyzing, sources] = await Promise.all([analyzer(), files.of(document)]);
      const analyze = analysing(analyzing, document, earlierCells(document));
      return (text) => analyze(text, sources);
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

/** Analyses texts in the place of a document. */
const analysing = ({ analyze }: Analyzer, document: TextDocument, before: string | undefined) => {
  const path = pathOf(document);
  return (text: string, sources: Sources, given?: GivenByClass): Analysis =>
    analyze({ path, text, ...(before !== undefined && { before }) }, sources, given);
};

/** How long parts of a document run in one go, in milliseconds: less than a frame. */
const GO = 10;

/** Runs all of a document, other work of the editor in between; false when that is not wanted any more. */
const advance = async (analysis: Analysis, isWanted: () => boolean): Promise<boolean> => {
  let began = Date.now();
  while (isWanted()) {
    if (!analysis.advance()) return true;
    if (Date.now() - began < GO) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    began = Date.now();
  }
  return false;
};
