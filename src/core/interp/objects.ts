import type { Node } from '../syntax';
import type { ClassValue, ObjectValue } from '../values';
import type { Machine } from './machine';

/** A new instance without attributes. */
export const newObject = (m: Machine, cls: ClassValue, node: Node | undefined): ObjectValue => ({
  kind: 'object',
  cls,
  id: m.nextId++,
  attrs: new Map(),
  open: false,
  count: null,
  ...(node && m.frame && { site: { module: m.frame.module, node } }),
});
