import { type FunctionDef, walk } from '../syntax';
import type { ClassValue } from '../values';

/**
 * Code from web pages has lost the underscores of `__init__`: `def init(self)` with `super().init()`. Its shapes are
 * those of what was meant; that it fails as it stands is a finding of its own.
 */
export const restoreConstructor = ({ attrs }: ClassValue): void => {
  const init = attrs.get('init');
  if (init?.kind === 'function' && init.node.kind === 'FunctionDef' && !attrs.has('__init__') && callsSuper(init.node))
    attrs.set('__init__', init);
};

const callsSuper = (node: FunctionDef): boolean => {
  let found = false;
  walk(node, (inner) => {
    if (inner.kind !== 'Attribute' || inner.attr !== 'init' || inner.value.kind !== 'Call') return !found;
    const { func } = inner.value;
    if (func.kind === 'Name' && func.id === 'super') found = true;
    return !found;
  });
  return found;
};
