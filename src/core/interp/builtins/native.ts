import type { Node } from '../../syntax';
import { unknown, type Value } from '../../values';
import type { Args, Machine } from '../machine';

/** One call of something that the interpreter itself carries out. */
export interface NativeCall {
  readonly m: Machine;
  readonly args: Args;
  readonly node: Node | undefined;
  /** The bound value (`items` of `items.append`), if any. */
  readonly self: Value | undefined;
  /** The n-th argument, by position or by the name given. */
  readonly at: (position: number, name?: string) => Value | undefined;
}

export type Native = (call: NativeCall) => Value;
export type NativeTable = Readonly<Record<string, Native>>;

/** Functions that give back their first argument. */
export const first: Native = ({ at }) => at(0) ?? unknown('nothing was given');
export const nothing: Native = () => ({ kind: 'none' });
export const unclear =
  (why: string): Native =>
  () =>
    unknown(why);
