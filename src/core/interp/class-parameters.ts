import { type Expr, isSyntax } from '../syntax';
import type { ClassValue, ModuleValue } from '../values';
import { handedNames } from './handed-classes';
import type { Machine } from './machine';
import { isModuleClass } from './natives';
import { classMember } from './protocols';

/**
 * The classes that the parameters of a constructor stand for which make layers, `block` of a ResNet: those that the file
 * itself hands to it, or that its annotation names (`Type[Union[BasicBlock, Bottleneck]]`). Without a word of the reader
 * the first of them is taken.
 */
export const classChoices = (m: Machine, cls: ClassValue): ReadonlyMap<string, readonly ClassValue[]> => {
  const { module, site } = cls;
  const choices = new Map<string, readonly ClassValue[]>();
  if (!module || !site || !isSyntax(site.node) || site.node.kind !== 'ClassDef') return choices;
  const init = cls.attrs.get('__init__');
  if (init?.kind !== 'function') return choices;
  for (const { name, annotation, default: usual } of init.node.params.slice(1)) {
    if (usual) continue;
    const names = handedNames(module.syntax, site.node).get(name) ?? namesOfTypes(annotation, false);
    const classes = [...new Set(names)].map((one) => layerClass(m, module, one));
    const found = classes.filter((one) => one !== undefined);
    if (found.length === classes.length && found.length > 0) choices.set(name, found);
  }
  return choices;
};

/** More ways to make an instance than these are not followed. */
const WAYS = 4;

/** Every way in which classes may be chosen for parameters, the usual one first. */
export const waysToChoose = (
  choices: ReadonlyMap<string, readonly ClassValue[]>,
): readonly ReadonlyMap<string, ClassValue>[] => {
  let ways: readonly ReadonlyMap<string, ClassValue>[] = [new Map()];
  for (const [name, classes] of choices)
    ways = ways.flatMap((way) => classes.map((one) => new Map([...way, [name, one]])));
  return ways.slice(0, WAYS);
};

/** A class of layers whose `forward` can be run. */
const layerClass = (m: Machine, module: ModuleValue, name: string): ClassValue | undefined => {
  const value = module.scope.vars.get(name) ?? m.lateName(module, name);
  if (value?.kind !== 'class' || !value.site || !isModuleClass(value)) return undefined;
  return classMember(value, 'forward')?.value.kind === 'function' ? value : undefined;
};

/** The classes that an annotation names as types: `Type[Union[A, B]]`, `type[A] | type[B]`. */
const namesOfTypes = (annotation: Expr | undefined, inType: boolean): readonly string[] => {
  switch (annotation?.kind) {
    case 'Name':
      return inType ? [annotation.id] : [];
    case 'BinOp':
      return [annotation.left, annotation.right].flatMap((part) => namesOfTypes(part, inType));
    case 'Subscript': {
      const { value, index } = annotation;
      const name = value.kind === 'Name' ? value.id : value.kind === 'Attribute' ? value.attr : '';
      const isType = /^[Tt]ype$/.test(name);
      if (!isType && name !== 'Union') return [];
      return (index.kind === 'Tuple' ? index.items : [index]).flatMap((part) => namesOfTypes(part, inType || isType));
    }
    default:
      return [];
  }
};
