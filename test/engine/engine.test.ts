import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAnalyzer, createParser } from '../../src/core';
import { createEngine, type Engine, type Opened } from '../../src/engine';
import type { AskingPort, Reply, Request, Told } from '../../src/engine/protocol';
import { type Answer, type Asked, type Held, type Query, queries } from '../../src/engine/queries';
import { serve } from '../../src/engine/server';

const ROOTS = { place: 'file://', roots: ['/work'] };
const always = (): boolean => true;
const wasm = (file: string): Uint8Array => new Uint8Array(readFileSync(join('node_modules', file)));
const RUNTIME = wasm('web-tree-sitter/web-tree-sitter.wasm');
const GRAMMAR = wasm('tree-sitter-python/tree-sitter-python.wasm');

/** An engine at the end of a real line, so that what is said is copied as between two threads. */
const engines: Engine[] = [];
const realEngine = (isWanted = always): Engine => {
  const engine = createEngine(
    async () => {
      const { port1: near, port2: far } = new MessageChannel();
      serve({ post: (reply) => far.postMessage(reply), listen: (take) => far.on('message', take), isWanted });
      const port: AskingPort = {
        post: (message) => near.postMessage(message),
        listen: (take) => near.on('message', take),
        onGone: () => undefined,
        giveUp: () => undefined,
        close: () => near.close(),
      };
      port.post({ type: 'parser', runtime: RUNTIME, grammar: GRAMMAR });
      return port;
    },
    (reason) => {
      throw new Error(reason);
    },
  );
  engines.push(engine);
  return engine;
};
afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
});

const opened = async (engine: Engine, text: string, path = '/work/net.py'): Promise<Opened> => {
  const made = await engine.analyze({ path, text }, ROOTS, always);
  if (!made) throw new Error('not analysed');
  return made;
};

describe('an engine at the other end of a line', () => {
  const text = readFileSync(join('examples', 'mistakes.py'), 'utf8');
  const [className, all] = ['DigitClassifier', { start: 0, end: text.length }];
  const options = { language: 'both', level: 'full' } as const;
  const ASKED: { readonly [Q in Query]: Asked<Q> } = {
    advance: [],
    wanted: [],
    classNames: [],
    classAt: [text.indexOf('def forward')],
    hover: [text.indexOf('nn.') + 4, 'en'],
    hints: [all, { position: 'assignments', style: '[]', language: 'en' }],
    hintComment: [text.indexOf('return '), { language: 'en' }],
    lenses: ['en'],
    problems: ['en'],
    fixes: [all, 'en'],
    refactorings: [all, 'en'],
    annotate: [options],
    refreshComments: [options],
    panel: [className, 'en', {}],
    diagram: [className, 'en', {}],
    kernelView: [className, 'en', {}],
    deployCode: [className],
    summary: [className],
    shapesOfClasses: [],
  };

  test.each(Object.keys(queries) as Query[])('answers %s as the analysis itself does', async (query) => {
    const { analyze } = createAnalyzer(await createParser(RUNTIME, GRAMMAR));
    const again = (source: string) =>
      analyze({ path: '/work/net.py', text: source }, { roots: [], read: () => undefined });
    const itself = queries[query] as (held: Held, ...args: readonly unknown[]) => unknown;
    const net = await opened(realEngine(), text);
    while (await net.ask('advance'));
    const said = itself({ analysis: again(text), again }, ...ASKED[query]);
    expect(await ask(net, query, ASKED[query])).toEqual(query === 'advance' ? false : said);
  });

  test('takes sizes for one class, and keeps the analysis without them', async () => {
    const source =
      'from torch import nn\n\n\nclass A(nn.Module):\n    def forward(self, x):\n        return x.flatten(1)\n';
    const net = await opened(realEngine(), source);
    const given = await net.given('A', { inputs: { x: '2, 3, 4' } });
    const last = async (one: Opened | undefined) => JSON.stringify(await one?.ask('shapesOfClasses'));
    expect(await last(given)).toContain('[2, 12]');
    expect(await last(net)).not.toContain('[2, 12]');
  });

  test('finds what was shared, also after it has changed', async () => {
    const engine = realEngine();
    const part = (width: number): string =>
      `from torch import nn\n\n\nclass Part(nn.Linear):\n    def __init__(self):\n        super().__init__(4, ${width})\n`;
    const source =
      'from torch import nn\nfrom part import Part\n\n\nclass A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.part = Part()\n\n    def forward(self, x):\n        y = self.part(x)\n        return y\n';
    const shapes = async () => JSON.stringify(await (await opened(engine, source)).ask('shapesOfClasses'));
    engine.share({ type: 'file', name: 'file:///work/part.py', text: part(7) });
    expect(await shapes()).toContain('7]');
    engine.share({ type: 'file', name: 'file:///work/part.py', text: part(9) });
    expect(await shapes()).toContain('9]');
    engine.share({ type: 'file', name: 'file:///work/part.py', text: null });
    expect(await (await opened(engine, source)).ask('wanted')).toEqual(['part']);
  });

  test('says nothing of what was closed but what it had been asked, and of what was abandoned nothing at all', async () => {
    const engine = realEngine();
    const net = await opened(engine, text);
    const other = await opened(engine, text);
    const [early, wasted] = [net.ask('classNames'), other.ask('classNames')];
    net.close();
    other.abandon();
    expect(await early).toContain('DigitClassifier');
    expect([await wasted, await net.ask('classNames')]).toEqual([undefined, undefined]);
  });

  test('answers nothing where nobody wants the answer any more, and the next question as if it had not been put', async () => {
    const alone = await opened(realEngine(), text);
    let isWanted = true;
    const engine = realEngine(() => isWanted);
    const net = await opened(engine, text);
    isWanted = false;
    expect(await net.ask('shapesOfClasses')).toBeUndefined();
    isWanted = true;
    const shapes = await alone.ask('shapesOfClasses');
    expect(await net.ask('shapesOfClasses')).toEqual(shapes);
    expect(await (await opened(engine, text)).ask('shapesOfClasses')).toEqual(shapes);
  });

  test('hands on what a question throws', async () => {
    const net = await opened(realEngine(), text);
    await expect(ask(net, 'hints', [undefined, undefined] as never)).rejects.toThrow(/undefined/);
    expect(await net.ask('classNames')).toContain('DigitClassifier');
  });
});

const ask = <Q extends Query>(net: Opened, query: Q, args: Asked<Q>): Promise<Answer<Q> | undefined> =>
  net.ask(query, ...args);

describe('the line to an engine', () => {
  interface Line {
    readonly sent: (Told | Request)[];
    readonly answer: (reply: Reply) => void;
    readonly break: (reason: string) => void;
    /** How many messages had been sent each time when it was told to give up. */
    readonly givenUp: number[];
  }
  /** Lines that the test answers on by itself. */
  const byHand = () => {
    const lines: Line[] = [];
    const reasons: string[] = [];
    const engine = createEngine(
      async () => {
        const sent: (Told | Request)[] = [];
        const givenUp: number[] = [];
        let take: (reply: Reply) => void = () => undefined;
        let gone: (reason: string) => void = () => undefined;
        lines.push({ sent, answer: (reply) => take(reply), break: (reason) => gone(reason), givenUp });
        return {
          post: (message) => sent.push(message),
          listen: (told) => {
            take = told;
          },
          onGone: (told) => {
            gone = told;
          },
          giveUp: () => givenUp.push(sent.length),
          close: () => undefined,
        };
      },
      (reason) => reasons.push(reason),
    );
    return { engine, lines, reasons };
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  const kinds = (line: Line | undefined) => line?.sent.map(({ type }) => type);

  test('asks one thing at a time, and nothing that nobody wants any more', async () => {
    const { engine, lines } = byHand();
    let isWanted = true;
    const first = engine.analyze({ path: '/a.py', text: 'a' }, ROOTS, always);
    const second = engine.analyze({ path: '/a.py', text: 'ab' }, ROOTS, () => isWanted);
    const third = engine.analyze({ path: '/a.py', text: 'abc' }, ROOTS, always);
    await settled();
    expect(kinds(lines[0])).toEqual(['analyze']);
    isWanted = false;
    lines[0]?.answer({ answer: true });
    await settled();
    expect(kinds(lines[0])).toEqual(['analyze', 'analyze']);
    expect(lines[0]?.sent[1]).toMatchObject({ document: { text: 'abc' } });
    lines[0]?.answer({ answer: true });
    expect([(await first)?.text, await second, (await third)?.text]).toEqual(['a', undefined, 'abc']);
  });

  test('has given up what nobody wants any more when others wait for it, unless it is over soon', async () => {
    const { engine, lines } = byHand();
    const making = engine.analyze({ path: '/a.py', text: 'a' }, ROOTS, always);
    await settled();
    lines[0]?.answer({ answer: true });
    const made = await making;
    vi.useFakeTimers();
    try {
      const long = made?.ask('classNames');
      await vi.advanceTimersByTimeAsync(10_000);
      expect(lines[0]?.givenUp).toEqual([]);
      made?.abandon();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(lines[0]?.givenUp).toEqual([2]);
      lines[0]?.answer({ answer: undefined });
      expect(await long).toBeUndefined();
      let isWanted = true;
      void engine.analyze({ path: '/a.py', text: 'ab' }, ROOTS, () => isWanted);
      await vi.advanceTimersByTimeAsync(0);
      isWanted = false;
      void engine.analyze({ path: '/a.py', text: 'abc' }, ROOTS, always);
      lines[0]?.answer({ answer: true });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(lines[0]?.givenUp).toEqual([2]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('begins again where the engine broke down, knows what was shared, and spares it that text', async () => {
    const { engine, lines, reasons } = byHand();
    engine.share({ type: 'file', name: 'file:///b.py', text: 'b' });
    const bad = engine.analyze({ path: '/a.py', text: 'bad' }, ROOTS, always);
    const good = engine.analyze({ path: '/a.py', text: 'good' }, ROOTS, always);
    await settled();
    lines[0]?.break('out of memory');
    expect(await bad).toBeUndefined();
    await settled();
    expect(reasons).toEqual(['out of memory']);
    expect(kinds(lines[1])).toEqual(['file', 'analyze']);
    lines[1]?.answer({ answer: true });
    expect((await good)?.text).toBe('good');
    expect(await engine.analyze({ path: '/a.py', text: 'bad' }, ROOTS, always)).toBeUndefined();
  });
});
