import { nearest } from '../text';
import type { ObjectValue } from '../values';
import { isModuleClass } from './natives';

/** Code that gives an object attributes whose names cannot be read off. */
const BY_NAME =
  /\bsetattr\s*\(|\bvars\s*\(|__dict__|__getattr(?:ibute)?__|__setattr__|\b(?:add_module|add_sublayer|register_\w+|add_parameter)\s*\(\s*[^'"\s)]/;

/**
 * Whether an attribute that an instance does not have is another one, misspelt: the code fails when it gets there. A
 * class may be half of another, and what it lacks may be set from outside, so a name that resembles no other proves
 * nothing; nor does one that is written anywhere in these files, be it as a text.
 */
export const isMisspelt = ({ cls, attrs, open }: ObjectValue, name: string): boolean => {
  if (open || name.startsWith('_') || !isModuleClass(cls)) return false;
  const own = cls.mro.filter(({ module }) => module !== undefined);
  if (own.length === 0 || own.some((c) => c.open)) return false;
  const meant = nearest(name, [...attrs.keys(), ...own.flatMap((c) => [...c.attrs.keys()])]);
  if (meant === undefined) return false;
  const written = new RegExp(
    `\\.${name}\\s*(?::[^=\\n]*)?=(?!=)|['"]${name}['"]|\\.${name}\\s*,|^\\s*${name}\\s*[:=]`,
    'm',
  );
  return own.every(({ module }) => {
    const text = module?.syntax.text ?? '';
    return !BY_NAME.test(text) && !written.test(text);
  });
};
