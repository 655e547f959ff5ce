import type { Node } from '../../syntax';
import type { OpaqueValue, Value } from '../../values';
import { newModule, runModule } from '../imports';
import { libraryOfModule } from '../library-of';
import { type Args, type Machine, NO_ARGS } from '../machine';
import { HELPERS, isAssumed } from './assumed';
import { KEPT, keepingLayer, keepsShape } from './kept';
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

/**
 * The layer that a parameter makes that keeps the shape by convention (`norm_layer(64)`), or what it does to a tensor;
 * undefined where its name says nothing, or nothing is taken for granted now.
 */
export const callKept = (m: Machine, callee: OpaqueValue, args: Args, node: Node | undefined): Value | undefined => {
  const [first] = args.positional;
  const withTensor = first?.kind === 'tensor';
  if (m.strict || !m.frame || !keepsShape(callee, withTensor)) return undefined;
  if (first && !withTensor && isUnclear(first)) return undefined;
  const name = callee.path.slice(callee.path.lastIndexOf('.') + 1);
  const library = libraryOfModule(m.frame.module) === 'paddle' ? 'paddle' : 'torch';
  const made = memberOf(m, `${KEPT}${name} of ${library}>`, keepingLayer(name, library), name);
  if (!made) return undefined;
  if (!withTensor) return m.call(made, args, node);
  return m.call(m.call(made, NO_ARGS, undefined), args, node);
};

/** Whether an argument may be a tensor, for all that is known of it. */
const isUnclear = (value: Value): boolean =>
  value.kind === 'unknown' ||
  (value.kind === 'either' && [value.yes, value.no].some((side) => side.kind === 'tensor' || isUnclear(side)));

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
