import type { Value } from '../../values';
import { libraryOfModule } from '../call-alone';
import { newModule, runModule } from '../imports';
import type { Machine } from '../machine';
import { HELPERS, isAssumed } from './assumed';
import { libraryCode } from './libraries';
import { paddleHelpers } from './paddle';
import { torchHelpers } from './torch';

export { lostImport } from './lost-imports';

/** What a helper that is used but found nowhere is by convention; undefined for all but a few names. */
export const assumeHelper = (m: Machine, name: string): Value | undefined => {
  const user = m.frame?.module;
  if (!user || isAssumed(user)) return undefined;
  const library = libraryOfModule(user) === 'paddle' ? 'paddle' : 'torch';
  const text = library === 'paddle' ? paddleHelpers : torchHelpers;
  // Most names are no helpers: the module is not even read for them.
  if (!new RegExp(`^(?:class|def) ${name}\\b|^${name} =`, 'm').test(text)) return undefined;
  return memberOf(m, HELPERS[library], text, name);
};

/** A class of a library that is made of its layers, at the path that users import it from. */
export const writtenOut = (m: Machine, path: string): Value | undefined => {
  const dot = path.lastIndexOf('.');
  const name = path.slice(dot + 1);
  const home = libraryCode.find(({ modules }) => modules.includes(path.slice(0, dot)));
  if (!home || !new RegExp(`^(?:class|def) ${name}\\b|^${name} =`, 'm').test(home.text)) return undefined;
  return memberOf(m, `<${home.modules[0]}>`, home.text, name);
};

const memberOf = (m: Machine, home: string, text: string, name: string): Value | undefined => {
  const known = m.modules.get(home);
  const module = known ?? newModule(m, home, home, text, false);
  if (!known) {
    m.modules.set(home, module);
    runModule(m, module);
  }
  return module.scope.vars.get(name);
};
