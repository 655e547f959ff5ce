import { type ClassDef, isSyntax, walk } from '../syntax';
import { nearest } from '../text';
import type { ClassValue, ModuleValue, ObjectValue } from '../values';
import { isModuleClass } from './natives';

/** Code that gives an object attributes whose names cannot be read off. */
const BY_NAME =
  /\bsetattr\s*\(|\bvars\s*\(|__dict__|__getattr(?:ibute)?__|__setattr__|\b(?:add_module|add_sublayer|register_\w+|add_parameter)\s*\(\s*[^'"\s)]/;

/**
 * Whether the code fails when it gets to an attribute that an instance does not have. What a class lacks may be set
 * from outside, so a name that is written anywhere in its files, be it as a text, proves nothing. A class may be half
 * of another too: a name that resembles no other is missing only in a class that is made to work by itself.
 */
export const isMissing = ({ cls, attrs, open }: ObjectValue, name: string): boolean => {
  if (open || name.startsWith('_') || UNMODELLED.has(name) || !isModuleClass(cls)) return false;
  const own = cls.mro.filter(({ module }) => module !== undefined);
  if (own.length === 0 || own.some((c) => c.open)) return false;
  const meant = nearest(name, [...attrs.keys(), ...own.flatMap((c) => [...c.attrs.keys()])]);
  if (meant === undefined && !(isWhole(cls) && OWN.has(libraryRoot(cls)))) return false;
  const written = new RegExp(
    `\\.${name}\\s*(?::[^=\\n]*)?=(?!=)|['"]${name}['"]|\\.${name}\\s*,|^\\s*${name}\\s*[:=]`,
    'm',
  );
  return own.every(({ module }) => {
    const text = module?.syntax.text ?? '';
    return !BY_NAME.test(text) && !written.test(text);
  });
};

/** The bases of which it is known what their instances have. */
const OWN: ReadonlySet<string> = new Set(['torch.nn.Module', 'paddle.nn.Layer']);

/** Members of these that have no meaning to the interpreter. */
const UNMODELLED: ReadonlySet<string> = new Set([
  'T_destination',
  'backward',
  'call_super_init',
  'create_tensor',
  'create_variable',
  'dump_patches',
  'float16',
  'full',
  'get_extra_state',
  'get_sublayer',
  'ipu',
  'mtia',
  'register_full_backward_pre_hook',
  'register_load_state_dict_pre_hook',
  'register_state_dict_hook',
  'register_state_dict_post_hook',
  'set_extra_state',
  'set_sublayer',
  'set_submodule',
  'sharded_state_dict',
  'to_static_state_dict',
]);

const libraryRoot = ({ mro }: ClassValue): string => mro.find(({ path }) => path !== undefined)?.path ?? '';

/** Names and bodies of classes that wait for others to complete them. */
const HALF = /base|abstract|mixin|meta|interface|template/i;
const LEFT_TO_OTHERS = /NotImplemented|abstractmethod|\bABC\b/;

/** Whether a class is made to work by itself: it has its own constructor and `forward`, and nothing here completes it. */
const isWhole = ({ attrs, name, module, site }: ClassValue): boolean => {
  const node = site?.node;
  if (!module || !node || !isSyntax(node) || node.kind !== 'ClassDef' || node.decorators.length > 0) return false;
  if (!attrs.has('__init__') || !attrs.has('forward') || HALF.test(name)) return false;
  const text = module.syntax.chunks.find(({ chunk }) => chunk.stmt === node)?.chunk.text;
  return text !== undefined && !LEFT_TO_OTHERS.test(text) && !hasHeirs(module, node);
};

const hasHeirs = ({ syntax }: ModuleValue, { name }: ClassDef): boolean => {
  let found = false;
  for (const { chunk } of syntax.chunks)
    walk(chunk.stmt, (node) => {
      if (node.kind === 'ClassDef')
        found ||= node.bases.some(({ value }) => value.kind === 'Name' && value.id === name);
      return !found;
    });
  return found;
};
