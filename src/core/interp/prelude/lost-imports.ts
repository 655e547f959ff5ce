import { oncePer } from '../../once';
import type { ModuleValue, Value } from '../../values';
import { importModule } from '../imports';
import type { Machine } from '../machine';

/** What everybody calls these modules; pasted code has often lost the lines that import them. */
const TORCH: Readonly<Record<string, string>> = {
  torch: 'torch',
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  optim: 'torch.optim',
  np: 'numpy',
  math: 'math',
  einops: 'einops',
};

const PADDLE: Readonly<Record<string, string>> = {
  ...TORCH,
  paddle: 'paddle',
  nn: 'paddle.nn',
  F: 'paddle.nn.functional',
};

/** The module that a name means that nothing in the file binds; undefined for all but a few names. */
export const lostImport = (m: Machine, name: string): Value | undefined => {
  const user = m.frame?.module;
  if (!user || !Object.hasOwn(PADDLE, name)) return undefined;
  const path = (isForPaddle(user.syntax) ? PADDLE : TORCH)[name];
  const found = path === undefined ? undefined : importModule(m, path);
  if (!found) return undefined;
  m.trace.assumed.add(name);
  return found;
};

/** Whether a file speaks of Paddle, by names that PyTorch does not have. */
const isForPaddle = oncePer(({ chunks }: ModuleValue['syntax']) =>
  chunks.some(({ chunk }) => /\bpaddle\b|\bnn\.(Layer|LayerList|\w+[123]D)\b/.test(chunk.text)),
);
