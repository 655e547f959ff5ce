import { walk } from '../syntax';
import { type FunctionValue, NONE, type Value } from '../values';
import { attempt, resolve } from './branch';
import type { Flow, Machine } from './machine';
import { callMethodIfAny, classMember } from './protocols';
import { truth } from './truth';

/** The `__exit__` that code gives a context manager. */
const ownExit = (m: Machine, manager: Value): FunctionValue | undefined => {
  const held = resolve(m, manager);
  const exit = held.kind === 'object' ? classMember(held.cls, '__exit__')?.value : undefined;
  return exit?.kind === 'function' ? exit : undefined;
};

/** Whether code says what a context manager does when its body is left. */
export const leavesItself = (m: Machine, manager: Value): boolean => ownExit(m, manager) !== undefined;

/** Whether a manager may swallow what its body raises: it gives something back. */
const maySwallow = ({ node }: FunctionValue): boolean => {
  let found = false;
  walk(node, (inner) => {
    if (inner.kind === 'Return' && inner.value && !(inner.value.kind === 'Constant' && !inner.value.value))
      found = true;
    return undefined;
  });
  return found;
};

/** Runs the body of a `with` and lets its manager leave, which may swallow what the body raises. */
export const leaving = (m: Machine, manager: Value, body: () => Flow): Flow => {
  const exit = ownExit(m, manager);
  const isTry = exit !== undefined && maySwallow(exit);
  const leave = (...told: readonly Value[]): Value => {
    const held = resolve(m, manager);
    return (held.kind === 'object' && callMethodIfAny(m, held, '__exit__', ...told)) || NONE;
  };
  const { frame } = m;
  const result = attempt(() => {
    if (isTry) m.tries++;
    try {
      return body();
    } finally {
      if (isTry) m.tries--;
    }
  });
  if ('value' in result) {
    leave(NONE, NONE, NONE);
    return result.value;
  }
  m.frame = frame;
  const { exception } = result.raised;
  const swallows = truth(m, leave(exception.kind === 'object' ? exception.cls : NONE, exception, NONE));
  if (swallows.kind === 'known' && swallows.value) return undefined;
  throw result.raised;
};
