/** How often a name stands in a text as a whole word; names of Python may be in any script. */
export const mentions = (text: string, name: string): number =>
  [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'gu'))].length;
