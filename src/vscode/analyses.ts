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
import type { GivenTexts } from '../core';
import { type Connect, createEngine, type Opened } from '../engine';
import { pathOf } from './convert';
import { earlierCells } from './notebooks';
import { type WorkspaceSources, workspaceSources } from './sources';

/** One analysis per version of a document, shared by all features and made when it is first asked for. */
export interface Analyses extends Disposable {
  /**
   * For features that look at one place: what they read of it runs when they read it. Undefined where the document is
   * not analysed, where it failed (the log says why), or after a cancellation.
   */
  readonly of: (document: TextDocument, token?: CancellationToken) => Promise<Opened | undefined>;
  /**
   * For features that look at all of a document: everything has run, part by part, with room for what a user does in
   * between. Undefined also where the document has changed meanwhile.
   */
  readonly whole: (document: TextDocument, token?: CancellationToken) => Promise<Opened | undefined>;
  /** The analysis with what a reader has said of one class. */
  readonly given: (document: TextDocument, className: string, texts: GivenTexts) => Promise<Opened | undefined>;
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
  readonly opened: Promise<Opened | undefined>;
  /** The same when all of it has run; made when it is first asked for. */
  whole?: Promise<Opened | undefined>;
  readonly given: Map<string, Promise<Opened | undefined>>;
}

export const isAnalysed = (document: TextDocument): boolean =>
  document.languageId === 'python' && document.lineCount <= MOST_LINES;

/** `connect` starts the engine that the documents are put to. */
export const createAnalyses = (
  connect: Connect,
  log: LogOutputChannel,
): Analyses & { readonly sources: WorkspaceSources } => {
  const known = new Map<string, Known>();
  const changed = new EventEmitter<void>();
  const worked = new EventEmitter<Uri>();
  const working = new Set<string>();
  let revision = 0;
  const begin = (): void => {
    revision++;
    changed.fire();
  };
  const engine = createEngine(connect, (reason) => {
    log.error(`the engine begins again: ${reason}`);
    begin();
  });
  const files = workspaceSources(engine.share, begin);
  const make = async (document: TextDocument, at: Pick<Known, 'version' | 'before'>, isFirst: boolean) => {
    const key = document.uri.toString();
    const text = {
      path: pathOf(document),
      text: document.getText(),
      ...(at.before !== undefined && { before: at.before }),
    };
    const isCurrent = (): boolean => known.get(key)?.version === at.version;
    working.add(key);
    worked.fire(document.uri);
    try {
      const began = Date.now();
      let opened = await engine.analyze(text, await files.of(document), isCurrent);
      // After a keystroke the modules that are imported are there, as a rule: those that are not are looked for later.
      for (let round = 0; isFirst && round < MOST_ROUNDS; round++) {
        if (!opened || !(await advance(opened, isCurrent))) break;
        const wanted = await opened.ask('wanted');
        if (!wanted || wanted.length === 0 || !(await files.load(document, wanted))) break;
        opened.close();
        opened = await engine.analyze(text, await files.of(document), isCurrent);
      }
      log.debug(`${document.uri.path}: analysed in ${Date.now() - began} ms`);
      return opened;
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
    const opened = make(document, { version, before }, !last);
    const next = { version, before, revision, opened, given: new Map() };
    known.set(key, next);
    if (last) void close(last, last.version === version);
    return next;
  };
  const finish = async (document: TextDocument, at: Known): Promise<Opened | undefined> => {
    const isCurrent = (): boolean => known.get(document.uri.toString()) === at && document.version === at.version;
    try {
      const opened = await at.opened;
      if (!opened || !(await advance(opened, isCurrent))) return undefined;
      const wanted = await opened.ask('wanted');
      if (!wanted) return undefined;
      if (wanted.length === 0 || !(await files.load(document, wanted))) return opened;
    } catch (error) {
      log.error(`${document.uri.path}: ${describe(error)}`);
      return undefined;
    }
    begin();
    return whole(document, entry(document));
  };
  const whole = (document: TextDocument, at: Known): Promise<Opened | undefined> => {
    at.whole ??= finish(document, at);
    return at.whole;
  };
  const withTexts = async (
    document: TextDocument,
    at: Known,
    className: string,
    texts: GivenTexts,
  ): Promise<Opened | undefined> => {
    const plain = (await whole(document, at)) ?? (await at.opened);
    try {
      return await plain?.given(className, texts);
    } catch (error) {
      log.error(`${document.uri.path}: ${describe(error)}`);
      return plain;
    }
  };
  const closing = workspace.onDidCloseTextDocument(({ uri }) => {
    const last = known.get(uri.toString());
    known.delete(uri.toString());
    if (last) void close(last, false);
  });
  return {
    sources: files,
    of: async (document, token) => {
      if (!isAnalysed(document)) return undefined;
      const opened = await entry(document).opened;
      return token?.isCancellationRequested ? undefined : opened;
    },
    whole: async (document, token) => {
      if (!isAnalysed(document)) return undefined;
      const opened = await whole(document, entry(document));
      return token?.isCancellationRequested ? undefined : opened;
    },
    given: async (document, className, texts) => {
      if (!isAnalysed(document)) return undefined;
      const at = entry(document);
      if (!saysAnything(texts)) return (await whole(document, at)) ?? at.opened;
      const key = JSON.stringify([className, texts]);
      const made = at.given.get(key) ?? withTexts(document, at, className, texts);
      at.given.set(key, made);
      return made;
    },
    onDidChange: changed.event,
    onDidWork: worked.event,
    isWorking: (uri) => working.has(uri.toString()),
    dispose: () => {
      for (const one of [closing, files, changed, worked, engine]) one.dispose();
    },
  };
};

/** Lets go of what another version has taken the place of; who still waits for it may ask, while the text is the same. */
const close = async ({ opened, given }: Known, isSameText: boolean): Promise<void> => {
  for (const one of await Promise.all([opened, ...given.values()])) {
    if (isSameText) setTimeout(() => one?.close());
    else one?.abandon();
  }
};

const saysAnything = ({ inputs = {}, args = {} }: GivenTexts): boolean =>
  [...Object.values(inputs), ...Object.values(args)].some((text) => text.trim() !== '');

/** What the log says of something that was thrown. */
export const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Runs all of a document, other questions in between; false when that is not wanted any more. */
const advance = async (opened: Opened, isWanted: () => boolean): Promise<boolean> => {
  while (isWanted()) {
    const isLeft = await opened.ask('advance');
    if (!isLeft) return isLeft === false;
  }
  return false;
};
