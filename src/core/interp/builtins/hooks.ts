import { dict, keyOf, NONE, type ObjectValue, touch, type Value } from '../../values';
import { addHook, type HookTable } from '../hooks';
import { nativeClass } from '../natives';
import { newObject } from '../objects';
import type { Native, NativeCall, NativeTable } from './native';

const HANDLE = 'torch.utils.hooks.RemovableHandle';

/** `register_forward_hook` and its like: a handle that takes the hook away again. Hooks of the backward pass never run. */
export const registerHook =
  (table?: HookTable) =>
  (self: ObjectValue, { m, at }: NativeCall): Value => {
    const handle = newObject(m, nativeClass(m, HANDLE), undefined);
    const hook = at(0, 'hook');
    if (!table || !hook) return handle;
    const { hooks, id } = addHook(m, self, table, hook, at(99, 'with_kwargs') ?? { kind: 'bool', value: false });
    handle.attrs.set('hooks', hooks);
    handle.attrs.set('id', id);
    return handle;
  };

const remove: Native = ({ m, self }) => {
  if (self?.kind !== 'object') return NONE;
  const [hooks, id] = [self.attrs.get('hooks') ?? dict(), self.attrs.get('id') ?? NONE];
  if (hooks.kind !== 'dict') return NONE;
  touch(m.journal, hooks);
  hooks.entries.delete(keyOf(id) ?? '');
  return NONE;
};

/** The handles of hooks, which are context managers too. */
export const hookHandles: NativeTable = {
  [`${HANDLE}.remove`]: remove,
  [`${HANDLE}.__enter__`]: ({ self }) => self ?? NONE,
  [`${HANDLE}.__exit__`]: remove,
};
