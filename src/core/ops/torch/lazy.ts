import type { LayerEntry, Lazy, Table } from '../rows';
import { convLayers } from './conv';
import { linearLayers } from './linear';
import { batchNormLayers, normLayers } from './norm';

/** The layers that have a lazy twin, with the size that it waits for and the axis of the input that tells it. */
const twins: Readonly<Record<string, Lazy>> = {
  Linear: { size: 'in_features', axis: -1 },
  Conv1d: { size: 'in_channels', axis: -2 },
  Conv2d: { size: 'in_channels', axis: -3 },
  Conv3d: { size: 'in_channels', axis: -4 },
  ConvTranspose1d: { size: 'in_channels', axis: -2 },
  ConvTranspose2d: { size: 'in_channels', axis: -3 },
  ConvTranspose3d: { size: 'in_channels', axis: -4 },
  BatchNorm1d: { size: 'num_features', axis: 1 },
  BatchNorm2d: { size: 'num_features', axis: 1 },
  BatchNorm3d: { size: 'num_features', axis: 1 },
  InstanceNorm1d: { size: 'num_features', axis: -2 },
  InstanceNorm2d: { size: 'num_features', axis: -3 },
  InstanceNorm3d: { size: 'num_features', axis: -4 },
};

const rows = [convLayers, linearLayers, batchNormLayers, normLayers].flatMap(({ layers }) =>
  layers.flatMap(([text, entry]): readonly (readonly [string, LayerEntry])[] => {
    const name = text.slice(0, text.indexOf('('));
    const lazy = twins[name];
    return lazy ? [[shorter(text, lazy), lazily(entry, name, lazy)]] : [];
  }),
);

/** Layers that take the number of their inputs from the first input. */
export const lazyLayers: Table = { lib: 'torch', owners: ['torch.nn'], python: true, functions: [], layers: rows };

/** `Linear(in_features: int, out_features: int)` → `LazyLinear(out_features: int)` */
function shorter(text: string, { size }: Lazy): string {
  const own = text.replace(new RegExp(`\\(${size}: \\w+(, )?`), '(');
  // Lazy instance norms have weights and statistics unless told otherwise: their defaults are those of BatchNorm.
  return `Lazy${own.replace(/(affine|track_running_stats): bool = False/g, '$1: bool = True')}`;
}

function lazily(entry: LayerEntry, name: string, lazy: Lazy): LayerEntry {
  const { aliases: _, remarks = [], eg, ...rest } = entry;
  const examples = (typeof eg === 'string' ? [eg] : eg).flatMap((example) => lazyExample(example));
  return {
    ...rest,
    lazy,
    remarks: [
      ...(name.startsWith('InstanceNorm') ? [] : remarks),
      {
        en: `${name} that takes ${lazy.size} from its first input; until then it has no parameters.`,
        zh: `与 ${name} 相同，但 ${lazy.size} 由第一次输入推断；首次调用前尚无参数。`,
      },
    ],
    eg: examples,
  };
}

/** `Linear(10, 4): (8, 10) -> (8, 4)` → `LazyLinear(4): …`; what fails for the size that is left out is no example. */
function lazyExample(example: string): readonly string[] {
  return /-> !/.test(example) ? [] : [`Lazy${example.replace(/\(\d+(, )?/, '(')}`];
}
