import type { Document, GivenTexts } from '../core';
import type { AskingPort, Reply, Request, Roots, Told } from './protocol';
import type { Answer, Asked, Query } from './queries';

/** An analysis that the engine holds until it is closed. */
export interface Opened {
  readonly path: string;
  readonly text: string;
  /** Rejects where a question fails; undefined also where the analysis is closed. */
  readonly ask: <Q extends Query>(query: Q, ...args: Asked<Q>) => Promise<Answer<Q> | undefined>;
  /** The same document with what a reader has said of one class. */
  readonly given: (className: string, texts: GivenTexts) => Promise<Opened | undefined>;
  /** Lets it go when what has been asked is answered. */
  readonly close: () => void;
  /** The same, and what has been asked needs no answer any more. */
  readonly abandon: () => void;
}

/** Files and folders that documents import; they stay known when the engine begins again. */
export type Shared = Extract<Told, { readonly type: 'file' | 'folder' }>;

export interface Engine {
  /** Undefined where it is not wanted any more when its turn comes, and for a text with which the engine broke down before. */
  readonly analyze: (document: Document, roots: Roots, isWanted: () => boolean) => Promise<Opened | undefined>;
  readonly share: (shared: Shared) => void;
  readonly dispose: () => void;
}

/** How long the answer to what nobody wants any more is waited for, in milliseconds: what it found would be lost. */
const PATIENCE = 250;

/** A line to an engine that has just begun and knows nothing but its parser. */
export type Connect = () => Promise<AskingPort>;

interface Waiting {
  readonly request: Request;
  readonly document: Document;
  readonly isWanted: () => boolean;
  readonly settle: (reply: Reply) => void;
}

/**
 * The engine at the other end of a line, which is opened when it is first needed. One question is under way at a time;
 * one whose answer nobody wants any more does not keep the next ones waiting for long. An engine that is gone begins anew
 * with the next question: it answers `undefined` for all that was opened before, and the text with which it broke down is
 * not put to it again. `broke` is told why.
 */
export const createEngine = (connect: Connect, broke: (reason: string) => void): Engine => {
  const shared = new Map<string, Shared>();
  const broken = new Set<string>();
  const queue: Waiting[] = [];
  let line: Promise<AskingPort> | undefined;
  let current: Waiting | undefined;
  let numbers = 0;

  const finish = (reply: Reply): void => {
    const done = current;
    current = undefined;
    done?.settle(reply);
    void next();
  };
  const open = async (): Promise<AskingPort> => {
    const port = await connect();
    port.listen(finish);
    port.onGone((reason) => {
      line = undefined;
      if (current) broken.add(identity(current.document));
      broke(reason);
      finish({ answer: undefined });
    });
    for (const one of shared.values()) port.post(one);
    return port;
  };
  const next = async (): Promise<void> => {
    if (current || queue.length === 0) return;
    const asked = queue.shift();
    current = asked;
    if (asked && !asked.isWanted()) return finish({ answer: undefined });
    line ??= open();
    try {
      const port = await line;
      // An engine that went away meanwhile has had its answer.
      if (asked && current === asked) port.post(asked.request);
    } catch (error) {
      line = undefined;
      finish({ error: String(error) });
    }
  };
  /** Asks the engine to stop where nobody wants the answer any more on which the others wait. */
  const hurry = (): void => {
    const asked = current;
    if (!asked || asked.isWanted()) return;
    setTimeout(() => {
      if (current === asked) void line?.then((port) => port.giveUp()).catch(() => undefined);
    }, PATIENCE);
  };
  const put = (document: Document, request: Request, isWanted: () => boolean): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const settle = (reply: Reply): void =>
        'error' in reply ? reject(new Error(reply.error)) : resolve(reply.answer);
      queue.push({ request, document, isWanted, settle });
      hurry();
      void next();
    });
  /** To an engine that has not begun there is nothing to tell. */
  const tell = (told: Told): void => void line?.then((port) => port.post(told)).catch(() => undefined);

  const opened = (document: Document, held: number): Opened => {
    let isWanted = true;
    let isClosed = false;
    let questions = 0;
    const question = async <T>(put: () => Promise<T>): Promise<T> => {
      questions++;
      try {
        return await put();
      } finally {
        questions--;
        if (isClosed && questions === 0) tell({ type: 'close', held });
      }
    };
    const close = (): void => {
      isClosed = true;
      if (questions === 0) tell({ type: 'close', held });
    };
    return {
      path: document.path,
      text: document.text,
      ask: <Q extends Query>(query: Q, ...args: Asked<Q>) =>
        question(() => put(document, { type: 'ask', held, query, args }, () => isWanted)) as Promise<
          Answer<Q> | undefined
        >,
      given: (className, texts) =>
        question(() =>
          hold(
            document,
            (own) => ({ type: 'give', held: own, of: held, className, texts }),
            () => isWanted,
          ),
        ),
      close,
      abandon: () => {
        isWanted = false;
        hurry();
        close();
      },
    };
  };
  const hold = async (
    document: Document,
    request: (held: number) => Request,
    isWanted: () => boolean,
  ): Promise<Opened | undefined> => {
    if (broken.has(identity(document))) return undefined;
    numbers++;
    const held = numbers;
    return (await put(document, request(held), isWanted)) === true ? opened(document, held) : undefined;
  };
  return {
    analyze: (document, roots, isWanted) =>
      hold(document, (held) => ({ type: 'analyze', held, document, roots }), isWanted),
    share: (one) => {
      const isGone = one.type === 'file' ? one.text === null : !one.exists;
      const key = `${one.type} ${one.name}`;
      if (isGone) shared.delete(key);
      else shared.set(key, one);
      tell(one);
    },
    dispose: () => {
      queue.length = 0;
      void line?.then((port) => port.close()).catch(() => undefined);
    },
  };
};

const identity = ({ path, text }: Document): string => `${path}\n${text}`;
