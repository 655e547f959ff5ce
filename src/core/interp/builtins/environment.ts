import { FALSE, NONE, unknown } from '../../values';
import { resolve } from '../branch';
import type { Native, NativeTable } from './native';

const never: Native = () => FALSE;

/** What code asks about where it runs: it is neither compiled nor exported, and on no device that only few have. */
export const environment: NativeTable = {
  'torch.jit.is_scripting': never,
  'torch.jit.is_tracing': never,
  'torch._C._get_tracing_state': () => NONE,
  'torch.compiler.is_compiling': never,
  'torch.compiler.is_dynamo_compiling': never,
  'torch.compiler.is_exporting': never,
  'torch._dynamo.is_compiling': never,
  'torch.onnx.is_in_onnx_export': never,
  'torch.cuda.is_current_stream_capturing': never,
  'torch.cuda.is_available': () => unknown('whether a GPU is there'),
  'torch.backends.mps.is_available': never,
  'torch.mps.is_available': never,
  'torch.xpu.is_available': never,
  'torch.device()': ({ m, at }) => {
    const name = resolve(m, at(0, 'type') ?? NONE);
    return { kind: 'device', ...(name.kind === 'str' && name.value === 'meta' && { meta: true }) };
  },
  'torch.get_default_device': () => ({ kind: 'device' }),
};
