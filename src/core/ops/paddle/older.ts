import { splitTop } from '../grammar';
import type { LayerEntry, Table } from '../rows';

/** Arguments that Paddle 2 took by their place and Paddle 3 takes by their name alone, in their order. */
const byPlace: Readonly<Record<string, string>> = {
  Conv1D: 'padding_mode weight_attr bias_attr data_format',
  Conv2D: 'padding_mode weight_attr bias_attr data_format',
  Conv3D: 'padding_mode weight_attr bias_attr data_format',
  LayerNorm: 'weight_attr bias_attr name',
  GroupNorm: 'weight_attr bias_attr data_format name',
};

/** The layers whose arguments had other places in Paddle 2: which of the two runs the code, nobody knows. */
export const olderOrders = (from: readonly Table[]): readonly Table[] =>
  from.flatMap((table) => {
    const layers = table.layers.flatMap(([text, entry]): readonly (readonly [string, LayerEntry])[] => {
      const names = byPlace[text.slice(0, text.indexOf('('))];
      const { aliases: _, ...rest } = entry;
      return names === undefined ? [] : [[inOrder(text, names.split(' ')), { ...rest, eg: [] }]];
    });
    return layers.length === 0 ? [] : [{ ...table, functions: [], layers }];
  });

/** The same signature with these arguments in front of the star. */
const inOrder = (text: string, names: readonly string[]): string => {
  const open = text.indexOf('(') + 1;
  const params = splitTop(text.slice(open, -1));
  const star = params.indexOf('*');
  const keywords = params.slice(star + 1);
  const nameOf = (param: string): string => param.slice(0, param.indexOf(':'));
  const moved = names.flatMap((name) => keywords.filter((param) => nameOf(param) === name));
  const left = keywords.filter((param) => !moved.includes(param));
  return `${text.slice(0, open)}${[...params.slice(0, star), ...moved, '*', ...left].join(', ')})`;
};
