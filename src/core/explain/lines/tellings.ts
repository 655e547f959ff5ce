import type { Words } from '../../ops';
import type { Call } from '../../syntax';
import { words } from '../words';
import { codeText } from './code';
import type { Scope } from './scope';

/** What is said of a call, of the name that it has. */
export type Telling = (s: Scope, call: Call, name: string) => Words | undefined;

/** The argument at a place or of a name, as the source says it. */
export const given = (s: Scope, { args }: Call, place: number, name?: string): string | undefined => {
  const named = args.find((arg) => arg.name === name && name !== undefined)?.value;
  const value = named ?? args.filter((arg) => arg.name === undefined && arg.star === 0)[place]?.value;
  return value && codeText(s, value, 48);
};

/** What a method is called on. */
export const owner = (s: Scope, { func }: Call): string | undefined =>
  func.kind === 'Attribute' ? codeText(s, func.value, 32) : undefined;

/** The same sentence of every call. */
export const always =
  (en: string, zh: string): Telling =>
  () =>
    words(en, zh);

/** A sentence about the first argument, `#`. */
export const about =
  (en: string, zh: string): Telling =>
  (s, call) => {
    const first = given(s, call, 0);
    return first === undefined
      ? undefined
      : words(
          en.replace('#', () => first),
          zh.replace('#', () => first),
        );
  };

/** A sentence about what a method is called on, `#`. */
export const ofOwner =
  (en: string, zh: string): Telling =>
  (s, call) => {
    const whose = owner(s, call);
    return whose === undefined
      ? undefined
      : words(
          en.replace('#', () => whose),
          zh.replace('#', () => whose),
        );
  };
