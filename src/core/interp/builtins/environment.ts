import { FALSE, NONE, str, unknown } from '../../values';
import { resolve } from '../branch';
import type { Native, NativeTable } from './native';

const never: Native = () => FALSE;

const DEVICE = "paddle.get_device() == 'cpu'";

/** The device is a CPU or a GPU: one condition, however often code asks. */
const device: Native = () => ({
  kind: 'either',
  condition: { key: DEVICE, text: DEVICE },
  yes: str('cpu'),
  no: str('gpu:0'),
});

/**
 * What code asks about where it runs: it is neither compiled nor exported, on no device that only few have, and in one
 * process.
 */
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
  'torch.xpu.is_current_stream_capturing': never,
  'torch.cuda.is_available': () => unknown('whether a GPU is there'),
  'torch.backends.mps.is_available': never,
  'torch.mps.is_available': never,
  'torch.xpu.is_available': never,
  'torch.device()': ({ m, at }) => {
    const name = resolve(m, at(0, 'type') ?? NONE);
    return { kind: 'device', ...(name.kind === 'str' && name.value === 'meta' && { meta: true }) };
  },
  'paddle.get_device': device,
  'paddle.device.get_device': device,
  'torch.get_default_device': () => ({ kind: 'device' }),
};
