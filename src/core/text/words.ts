/** How often a name stands in a text as a whole word; names of Python may be in any script. */
export const mentions = (text: string, name: string): number =>
  [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'gu'))].length;

/** The name, or with the first number from 2 on behind it that makes it a word that does not stand in the text. */
export const unusedName = (wanted: string, text: string): string => {
  let name = wanted;
  for (let i = 2; mentions(text, name) > 0; i++) name = `${wanted}${i}`;
  return name;
};
