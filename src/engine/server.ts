import { type Analyzer, createAnalyzer, createParser, parseGiven, type Sources, Unwanted } from '../core';
import type { Request, Roots, Told, WorkingPort } from './protocol';
import { type Held, queries } from './queries';

/** Works at one end of a line: takes files and documents, and answers questions about them one after the other. */
export const serve = (port: WorkingPort): void => {
  const files = new Map<string, string>();
  const folders = new Set<string>();
  const held = new Map<number, Held>();
  let analyzer: Promise<Analyzer> | undefined;

  const sourcesOf = ({ place, roots }: Roots): Sources => ({
    roots,
    read: (path) => files.get(place + path),
    isFolder: (path) => folders.has(place + path),
  });
  const tell = (told: Told): void => {
    switch (told.type) {
      case 'parser':
        analyzer = createParser(told.runtime, told.grammar).then((parser) => createAnalyzer(parser, port.isWanted));
        return;
      case 'file':
        if (told.text === null) files.delete(told.name);
        else files.set(told.name, told.text);
        return;
      case 'folder':
        if (told.exists) folders.add(told.name);
        else folders.delete(told.name);
        return;
      case 'close':
        held.delete(told.held);
    }
  };
  const answer = async (request: Request): Promise<unknown> => {
    switch (request.type) {
      case 'analyze': {
        const made = await analyzer;
        if (!made) throw new Error('no parser was given');
        const { document, roots } = request;
        const again: Held['again'] = (text, given) => made.analyze({ ...document, text }, sourcesOf(roots), given);
        held.set(request.held, { analysis: again(document.text), again });
        return true;
      }
      case 'give': {
        const plain = held.get(request.of);
        if (!plain) return undefined;
        const { given } = parseGiven(plain.analysis, request.className, request.texts, 'en');
        const analysis = plain.again(plain.analysis.text, new Map([[request.className, given]]));
        held.set(request.held, { ...plain, analysis });
        return true;
      }
      case 'ask': {
        const about = held.get(request.held);
        // The other end has written down the arguments with the types of the query.
        const query = queries[request.query] as (held: Held, ...args: readonly unknown[]) => unknown;
        return about && query(about, ...request.args);
      }
    }
  };
  const take = async (request: Request): Promise<void> => {
    try {
      port.post({ answer: await answer(request) });
    } catch (error) {
      if (error instanceof Unwanted) port.post({ answer: undefined });
      else port.post({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  port.listen((message) => {
    if (message.type === 'analyze' || message.type === 'give' || message.type === 'ask') void take(message);
    else tell(message);
  });
};
