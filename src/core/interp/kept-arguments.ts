import { type ObjectValue, unknown, type Value } from '../values';

/** Arguments that Paddle's layers keep as they came, behind an underscore. */
const KEPT: ReadonlySet<string> = new Set([
  '_act',
  '_approximate',
  '_axis',
  '_bias_attr',
  '_data_format',
  '_data_layout',
  '_embedding_dim',
  '_epsilon',
  '_groups',
  '_in_channels',
  '_momentum',
  '_name',
  '_negative_slope',
  '_num_channels',
  '_num_embeddings',
  '_num_groups',
  '_num_parameters',
  '_out_channels',
  '_output_size',
  '_padding_idx',
  '_param_attr',
  '_use_global_stats',
  '_weight_attr',
]);

/** `conv._groups`: what a layer of Paddle was made with. Undefined for a name that none keeps. */
export const keptArgument = (self: ObjectValue, name: string): Value | undefined => {
  if (!KEPT.has(name)) return undefined;
  const argument = name === '_param_attr' ? 'weight_attr' : name.slice(1);
  return self.attrs.get(argument) ?? unknown(`.${name} of a layer`);
};
