import type { Case } from '../interp';
import type { Words } from '../ops';
import { join, words } from './words';

/** Under which conditions something happens: `when alpha`; undefined where it always does. */
export const whenWords = (cases: readonly Case[]): Words | undefined => {
  const chosen = new Set(cases.flatMap((one) => (one.kind === 'condition' && one.holds ? subjectOf(one.text) : [])));
  const told = cases.filter(
    (one) => one.kind !== 'condition' || one.holds || !subjectOf(one.text).some((subject) => chosen.has(subject)),
  );
  const conditions = told.flatMap((one) => (one.kind === 'condition' ? [conditionWords(one)] : []));
  const before = told.flatMap((one) => (one.kind === 'after' ? [one.method] : []));
  const parts = [
    ...(conditions.length > 0
      ? [join([words('when ', ''), join(conditions, ' and ', ' 且 '), words('', ' 时')], '', '')]
      : []),
    ...before.map((method) => words(`after ${method}()`, `调用 ${method}() 之后`)),
  ];
  return parts.length === 0 ? undefined : join(parts, ', ', '，');
};

/** What an equality is about: that it is one thing says that it is no other. */
const subjectOf = (text: string): readonly string[] => (text.includes(' == ') ? text.split(' == ', 1) : []);

const conditionWords = ({ text, holds }: Extract<Case, { readonly kind: 'condition' }>): Words => {
  if (text === 'self.training') return holds ? words('training', '训练') : words('not training', '推理');
  if (holds) return words(text, text);
  const denied = /^[\w.]+$/.test(text) ? `not ${text}` : `not (${text})`;
  return words(denied, denied);
};
