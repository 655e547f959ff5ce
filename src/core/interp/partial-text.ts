import { str, unknown, type Value } from '../values';

/** What stands for a part of a text that nobody knows. */
export const HOLE = '\0';

/** A text, parts of which may be holes. */
export const textValue = (text: string): Value =>
  text.includes(HOLE) ? { ...unknown('a text that is put together when the code runs'), text } : str(text);

/** A text without holes. */
export const whole = (text: string): string | undefined => (text.includes(HOLE) ? undefined : text);

/** Whether a value is a text, known at least in part. */
export const isText = (value: Value): boolean =>
  value.kind === 'str' || (value.kind === 'unknown' && value.text !== undefined);

/** What is known of a value that is a text if something is added to it or to which it is added; undefined of others. */
export const partialText = (value: Value): string | undefined => {
  switch (value.kind) {
    case 'str':
      return value.value;
    case 'unknown':
      return value.text ?? HOLE;
    case 'opaque':
      return HOLE;
    default:
      return undefined;
  }
};

/** Whether there is a text that two texts with holes may both be. */
export const mayBeSame = (a: string, b: string): boolean => {
  const [first, second] = [a.split(HOLE), b.split(HOLE)];
  if (first.length === 1 && second.length === 1) return a === b;
  const [[startA = ''], [startB = '']] = [first, second];
  const [endA = '', endB = ''] = [first.at(-1), second.at(-1)];
  if (first.length > 1 && second.length > 1)
    return (startA.startsWith(startB) || startB.startsWith(startA)) && (endA.endsWith(endB) || endB.endsWith(endA));
  const [open, closed] = first.length > 1 ? [first, b] : [second, a];
  return new RegExp(`^${open.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's').test(
    closed,
  );
};
