import { symbolsOf } from '../dims';
import type { Choice } from '../values';
import type { Problem } from './trace';

/**
 * Whether the conditions under which a fault happens have words, and are about what a call is given: nobody can judge
 * what happens under others. In one turn of a loop of many it need not happen in the next, and of what type something
 * is that comes from outside the caller knows.
 */
export const isJudged = ({ certain, path }: Pick<Problem, 'certain' | 'path'>): boolean => {
  if (certain) return true;
  for (let at = path; at; at = at.outer) if (!at.assumed && !isAboutCall(at.choice)) return false;
  return true;
};

const isAboutCall = ({ key, text, relation }: Choice): boolean => {
  if (text === '' || key.startsWith('isinstance:')) return false;
  if (!relation) return true;
  const sizes = 'left' in relation ? [relation.left, relation.right] : [relation.divisor, relation.dividend];
  return sizes.flatMap(symbolsOf).every(({ role }) => role !== 'unknown');
};
