import { type Event, EventEmitter, type Memento, type Uri } from 'vscode';
import type { GivenTexts } from '../../core';

/** What readers have typed about classes; kept with the workspace. */
export interface TypedTexts {
  readonly of: (uri: Uri, className: string) => GivenTexts;
  readonly set: (uri: Uri, className: string, texts: GivenTexts) => void;
  readonly onDidChange: Event<void>;
}

export const typedTexts = (state: Memento): TypedTexts => {
  const changed = new EventEmitter<void>();
  const keyOf = (uri: Uri, className: string): string => `typed ${uri.toString()} ${className}`;
  return {
    of: (uri, className) => {
      const kept: unknown = state.get(keyOf(uri, className));
      const fields = typeof kept === 'object' && kept !== null ? kept : {};
      return {
        inputs: textsOf('inputs' in fields ? fields.inputs : undefined),
        args: textsOf('args' in fields ? fields.args : undefined),
      };
    },
    set: (uri, className, { inputs, args }) => {
      const said = { inputs: spoken(inputs), args: spoken(args) };
      const isEmpty = Object.keys(said.inputs).length + Object.keys(said.args).length === 0;
      void state.update(keyOf(uri, className), isEmpty ? undefined : said);
      changed.fire();
    },
    onDidChange: changed.event,
  };
};

type Texts = Readonly<Record<string, string>>;

const spoken = (texts: Texts = {}): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/** Another version may have written what was kept. */
const textsOf = (value: unknown): Texts =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    : {};
