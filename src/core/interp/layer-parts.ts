import { type Family, findFamily } from '../ops';
import { bool, int, NONE, type ObjectValue, type Value } from '../values';
import { isMethodOfModule } from './layer-attributes';
import { initLayer } from './layers';
import type { Machine } from './machine';
import { isModuleClass, layerOf, nativeClass } from './natives';
import { newObject } from './objects';
import { classMember } from './protocols';

/**
 * Whether a layer that an instance keeps cannot be reached by its name: what the class has under that name comes first,
 * `double` as well as a `conv = None` in its body.
 */
export const isHidden = (self: ObjectValue, name: string, held: Value): boolean => {
  if (held.kind !== 'object' || !isModuleClass(held.cls) || !isModuleClass(self.cls)) return false;
  const member = classMember(self.cls, name)?.value;
  // A property may give the layer out.
  if (member?.kind === 'descriptor') return member.type !== 'property' && member.type !== 'cached';
  return member !== undefined || isMethodOfModule(self.cls, name);
};

/**
 * A part of a library layer, which keeps the parameters of its parts under dotted names: `attention.q_proj` is a linear
 * layer, `block.norm1` a norm, made where the code asks for it.
 */
export const layerPart = (m: Machine, self: ObjectValue, name: string): Value | undefined => {
  const family = layerOf(self.cls);
  if (family && BLOCK.test(family.path)) {
    if (/^dropout\d?$/.test(name)) return made(m, 'paddle.nn.Dropout', []);
    if (/^(self|cross)_attn$/.test(name)) return attentionOf(m, self, name);
  }
  const weight = self.attrs.get(`${name}.weight`);
  if (weight?.kind !== 'tensor' || weight.lib === 'numpy' || weight.shape.rest) return undefined;
  const [rows, columns, ...more] = weight.shape.dims;
  if (rows === undefined || more.length > 0) return undefined;
  const sizes = columns === undefined ? [rows] : weight.lib === 'paddle' ? [rows, columns] : [columns, rows];
  const bias = self.attrs.get(`${name}.bias`);
  const noBias = [weight.lib === 'paddle' ? 'bias_attr' : 'bias', bool(false)] as const;
  const path = `${weight.lib}.nn.${columns === undefined ? 'LayerNorm' : 'Linear'}`;
  const part = made(m, path, sizes.map(int), bias ? [] : [noBias]);
  part?.attrs.set('weight', weight);
  part?.attrs.set('bias', bias ?? NONE);
  return part;
};

const BLOCK = /^paddle\.nn\.Transformer(En|De)coderLayer$/;

/** What a block of Paddle's makes of an argument of the same name: a function of the activation, a layer of the rate. */
export const madeOfArgument = (m: Machine, self: ObjectValue, name: string, held: Value): Value | undefined => {
  const isArgument = name === 'activation' ? held.kind === 'str' : name === 'dropout' && held.kind !== 'object';
  const family = isArgument ? layerOf(self.cls) : undefined;
  if (!family || !BLOCK.test(family.path)) return undefined;
  if (held.kind !== 'str') return layerPart(m, self, name);
  const activation: Family | undefined = findFamily(`paddle.nn.functional.${held.value}`);
  return activation && { kind: 'op', family: activation };
};

const attentionOf = (m: Machine, self: ObjectValue, name: string): ObjectValue | undefined => {
  const [width, heads] = [self.attrs.get('d_model'), self.attrs.get('nhead')];
  if (!width || !heads || !self.attrs.has(`${name}.q_proj.weight`)) return undefined;
  const part = made(m, 'paddle.nn.MultiHeadAttention', [width, heads]);
  for (const key of part ? [...part.attrs.keys()] : []) {
    if (!key.includes('.')) continue;
    const shared = self.attrs.get(`${name}.${key}`);
    if (shared) part?.attrs.set(key, shared);
    else part?.attrs.delete(key);
  }
  return part;
};

const made = (
  m: Machine,
  path: string,
  positional: readonly Value[],
  keywords: readonly (readonly [string, Value])[] = [],
): ObjectValue | undefined => {
  const family = findFamily(path);
  if (!family) return undefined;
  const part = newObject(m, nativeClass(m, path), undefined);
  initLayer(m, part, family, { positional, keywords: new Map(keywords) }, undefined);
  return part;
};
