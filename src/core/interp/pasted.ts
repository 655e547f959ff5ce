import { type FunctionDef, walk } from '../syntax';
import type { ClassValue } from '../values';

/**
 * Code from web pages has lost the underscores of `__init__`: `def init(self)` with `super().init()`. Its shapes are
 * those of what was meant; that it fails as it stands is a finding of its own.
 */
export const restoreConstructor = ({ attrs, mro }: ClassValue): void => {
  const init = attrs.get('init');
  const isPasted = init?.kind === 'function' && init.node.kind === 'FunctionDef' && callsSuper(init.node);
  if (isPasted && !attrs.has('__init__') && !mro.slice(1).some(hasInit)) attrs.set('__init__', init);
};

/** Whether a class has a method `init` that is one, and no constructor that has lost its underscores. */
export const hasInit = ({ attrs }: ClassValue): boolean =>
  attrs.has('init') && attrs.get('init') !== attrs.get('__init__');

const callsSuper = (node: FunctionDef): boolean => {
  let found = false;
  walk(node, (inner) => {
    if (inner.kind !== 'Attribute' || !/^(init|__init__)$/.test(inner.attr) || inner.value.kind !== 'Call')
      return !found;
    const { func } = inner.value;
    if (func.kind === 'Name' && func.id === 'super') found = true;
    return !found;
  });
  return found;
};
