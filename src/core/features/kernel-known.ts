import { same } from '../dims';
import { averageWords, type Language, namedKernelWords, reader, say } from '../explain';
import { candidatesOf, type KnownKernel, knownKernels, mapOf } from '../fuse';
import type { GraphNode } from '../graph';
import type { Words } from '../ops';
import type { SyntaxNode } from '../syntax';
import type { Value } from '../values';
import type { Analysis, ClassUnit } from './analysis';
import type { FusionKnown } from './kernel-model';

/** What is known of the kernel of a layer, or of the convolution that is called; undefined where nothing is. */
export const kernelWords = (
  unit: ClassUnit,
  value: Value | undefined,
  call: SyntaxNode | undefined,
): Words | undefined => {
  if (value?.kind === 'object') {
    const { wires } = candidatesOf(unit.run);
    const average = wires.graph.nodes.find((n) => n.module === value);
    const said = average && averageOf(unit, average);
    if (said) return said;
    if (!value.cls.layer && !value.cls.mro.some((c) => c.layer)) return undefined;
    return first(knownKernels(unit.run, unit.again).filter((k) => k.layer && k.layer.site?.node === value.site?.node));
  }
  return call && first(knownKernels(unit.run, unit.again).filter((k) => !k.layer && k.node === call));
};

const first = ([only]: readonly KnownKernel[]): Words | undefined => only && namedKernelWords(only);

/** An average pooling as a convolution of each channel. */
const averageOf = ({ run }: ClassUnit, node: GraphNode): Words | undefined => {
  const map = mapOf(candidatesOf(run).wires, node);
  if (map?.op !== 'average' || map.ceil) return undefined;
  const r = reader(run);
  const window = map.divisor === undefined ? map.axes.map((a) => r.dim(a.kernel)).join('·') : r.dim(map.divisor);
  const unpadded = map.axes.every((a) => same(a.before, 0) && same(a.after, 0));
  return averageWords(window, map.countsPadding || map.divisor !== undefined || unpadded);
};

/** The kernels of a class that have a name, with their numbers. */
export const knownOf = (analysis: Analysis, unit: ClassUnit, language: Language): readonly FusionKnown[] =>
  knownKernels(unit.run, unit.again).flatMap((one): readonly FusionKnown[] => {
    const said = namedKernelWords(one);
    if (!said) return [];
    const path = unit.run.cls.module?.path;
    const name = one.node ? analysis.text.slice(unit.start + one.node.start, unit.start + one.node.end) : '';
    return [
      {
        name: name.replace(/\s+/g, ' ').slice(0, 60),
        text: say(said, language),
        kernels: one.kernels.map(({ shape, data }) => {
          const width = shape.at(-1) ?? 1;
          return Array.from({ length: data.length / width }, (_, i) => [...data.slice(i * width, (i + 1) * width)]);
        }),
        ...(one.node &&
          path !== undefined && {
            place: { path, start: unit.start + one.node.start, end: unit.start + one.node.end },
          }),
      },
    ];
  });
