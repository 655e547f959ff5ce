import { mmcvParts, mmengineBases } from './mmcv';
import {
  paddleDistributed,
  paddleFluid,
  paddleIncubate,
  paddleMethods,
  paddleModel,
  paddleRecurrent,
  paddleTransformer,
  paddleVision,
} from './paddle-library';
import {
  pythonBisection,
  pythonContainers,
  pythonContext,
  pythonDispatch,
  pythonHeaps,
  pythonIterators,
  pythonNamespaces,
  six,
  sixMoves,
} from './python';
import { timmLayers } from './timm';
import { torchAutograd, torchTrees } from './torch-library';
import { torchvisionOps } from './torchvision';

interface LibraryCode {
  /** Where users import its classes from. */
  readonly modules: readonly string[];
  readonly text: string;
}

/** Classes that a library builds out of its own layers, so that no row could hold them. */
export const libraryCode: readonly LibraryCode[] = [
  {
    modules: ['torchvision.ops', 'torchvision.ops.misc', 'torchvision.ops.feature_pyramid_network'],
    text: torchvisionOps,
  },
  { modules: ['torch.autograd', 'torch.autograd.function'], text: torchAutograd },
  { modules: ['contextvars'], text: pythonContext },
  { modules: ['functools'], text: pythonDispatch },
  { modules: ['itertools', 'more_itertools'], text: pythonIterators },
  { modules: ['collections'], text: pythonContainers },
  { modules: ['heapq'], text: pythonHeaps },
  { modules: ['bisect'], text: pythonBisection },
  { modules: ['types', 'argparse'], text: pythonNamespaces },
  { modules: ['six.moves'], text: sixMoves },
  { modules: ['six'], text: six },
  { modules: ['torch.utils._pytree'], text: torchTrees },
  { modules: ['timm.layers', 'timm.models.layers'], text: timmLayers },
  { modules: ['mmcv.cnn', 'mmcv.cnn.bricks'], text: mmcvParts },
  { modules: ['mmengine.model', 'mmcv.runner'], text: mmengineBases },
  { modules: ['paddle.hapi', 'paddle.hapi.model'], text: paddleModel },
  { modules: ['paddle.distributed', 'paddle.distributed.parallel'], text: paddleDistributed },
  { modules: ['paddle.nn.layer.transformer'], text: paddleTransformer },
  { modules: ['methods of paddle.nn'], text: paddleMethods },
  { modules: ['paddle.vision.ops'], text: paddleVision },
  { modules: ['paddle.nn', 'paddle.nn.layer.rnn'], text: paddleRecurrent },
  { modules: ['paddle.incubate.nn', 'paddle.incubate.nn.layer.fused_transformer'], text: paddleIncubate },
  { modules: ['paddle.fluid.dygraph', 'paddle.fluid.dygraph.nn'], text: paddleFluid },
];

/** Whether classes of a module are written out here. */
export const isWrittenOut = (module: string): boolean =>
  libraryCode.some(({ modules }) => modules.some((name) => name === module || name.startsWith(`${module}.`)));
