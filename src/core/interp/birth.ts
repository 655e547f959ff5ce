import { births, type HeapValue } from '../values';
import type { Machine } from './machine';

/** When something was made: what came after it is new. */
export interface Birth {
  readonly id: number;
  readonly other: number;
}

export const birth = (m: Machine): Birth => ({ id: m.nextId, other: births.next });

/** Whether something was made since then; classes, which everybody can read, never count as new. */
export const isNew = (value: HeapValue, start: Birth): boolean =>
  value.kind === 'object' ? value.id >= start.id : value.kind !== 'class' && value.born >= start.other;
