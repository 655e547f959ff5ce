import type { Home } from '../ops';
import { isSyntax, type Node } from '../syntax';
import type { TensorValue } from '../values';
import { entryTensor } from './entries';
import type { Machine } from './machine';
import { RESULT } from './ranks';

/**
 * What a call of something unknown (`self.stem(x)`) in the class that runs has given, as the use of it tells what it is;
 * undefined where the call is made several times, for each may give something else.
 */
export const resultEntry = (m: Machine, node: Node | undefined, lib: Home): TensorValue | undefined => {
  const name = node && m.repeated && isOwn(m) ? nameOf(node) : undefined;
  if (!node || !m.repeated || name === undefined) return undefined;
  if (m.trace.results.has(node) || m.trace.repeat !== null) m.repeated.add(node);
  m.trace.results.set(node, name);
  if (m.repeated.has(node)) {
    m.inner.delete(name);
    return undefined;
  }
  const tensor = m.inner.get(name) ?? entryTensor(lib, name, [], 0);
  m.inner.set(name, tensor);
  return tensor;
};

/** Whether the code that runs is that of the class itself, and of nothing that it holds. */
const isOwn = ({ frame, trace: { events, running } }: Machine): boolean => {
  const self = frame?.self;
  if (self?.kind !== 'object' || events[running]?.layer !== self) return false;
  for (let at = frame; at?.self; at = at.caller) if (at.self !== self) return false;
  return true;
};

const nameOf = (node: Node): string | undefined => {
  if (!isSyntax(node) || node.kind !== 'Call') return undefined;
  const names: string[] = [];
  let at = node.func;
  for (; at.kind === 'Attribute'; at = at.value) names.unshift(at.attr);
  if (at.kind !== 'Name') return undefined;
  return `${[at.id, ...names].join('.')}${RESULT}${node.start}`;
};
