import type { Check } from './check';
import type { Numbers, Operator } from './operator';

/** The numbers of the rules are those of the documentation. */
export type RuleId =
  | 'F1'
  | 'F2'
  | 'F3'
  | 'F4'
  | 'F5'
  | 'F6'
  | 'F7'
  | 'F8'
  | 'F8g'
  | 'F9'
  | 'F10'
  | 'F11'
  | 'F12'
  | 'F13'
  | 'F14'
  | 'F15'
  | 'F16'
  | 'F18'
  | 'F19'
  | 'F23'
  | 'F24';

/** A way to write one or several operators as one: legal where no check is violated. */
export interface Attempt {
  readonly rule: RuleId;
  readonly result: Operator;
  readonly checks: readonly Check[];
  /** The numbers of the result from those of the operators, in order; every size must be a number. */
  readonly compute: (inputs: readonly Numbers[]) => Numbers;
}
