import { describe, type Family, type Words } from '../../ops';
import type { ObjectValue } from '../../values';
import type { Reader } from '../reader';
import { inside, join, words } from '../words';
import { adaptiveWords, convWords, poolWords, transposedWords, upsampleWords } from './conv';
import { type Fields, fieldsOf } from './fields';
import { plainLayers } from './plain';
import type { LayerWords } from './window';

export type { LayerWords } from './window';

/** The layer of a library that an instance is, its own class or one that it derives from. */
export const familyOf = (layer: ObjectValue): Family | undefined => layer.cls.mro.find((c) => c.layer)?.layer;

/** What is to be said of a layer of a library; undefined for anything else. */
export const layerWords = (r: Reader, layer: ObjectValue): LayerWords | undefined => {
  const family = familyOf(layer);
  if (!family) return undefined;
  const type = family.path.slice(family.path.lastIndexOf('.') + 1);
  const fields = fieldsOf(r, layer, type);
  const said = sentence(type)?.(fields) ?? generic(family, type);
  const behind = layer.cls.path === undefined ? activationsIn(r, layer) : [];
  return behind.length === 0 ? said : { ...said, name: join([said.name, ...behind], ' + ', ' + ') };
};

/** What a class that derives from a layer of a library runs besides: a batch norm with its activation. */
const activationsIn = (r: Reader, module: ObjectValue): readonly Words[] => {
  const { events } = r.trace;
  const call = events.findIndex(({ layer }) => layer === module);
  const inner = call < 0 ? [] : events.filter(({ parent }) => parent === call).map(({ layer }) => layer);
  return inner.flatMap((layer) =>
    ACTIVATION.test(familyOf(layer)?.path ?? '') ? (layerWords(r, layer)?.name ?? []) : [],
  );
};

const ACTIVATION = /\.(ReLU6?|LeakyReLU|PReLU|[SC]?ELU|GELU|SiLU|Swish|Mish|Hardswish|Sigmoid|Tanh)$/;

const sentence = (type: string): ((f: Fields) => LayerWords) | undefined => {
  const name = type.toLowerCase();
  if (/^conv\dd(transpose)|^convtranspose\dd/.test(name)) return transposedWords;
  if (/^conv\dd$/.test(name)) return convWords;
  if (/^(max|avg)pool\dd$/.test(name)) return poolWords;
  if (/^adaptive(max|avg)pool\dd$/.test(name)) return adaptiveWords;
  if (/^upsampl/.test(name)) return upsampleWords;
  return plainLayers[name] ?? plainLayers[name.replace(/\dd$/, '')];
};

const generic = (family: Family, type: string): LayerWords => {
  const { meaning } = describe(family);
  const short = inside(meaning);
  const said = short.zh !== '' && short.zh.length <= 32 ? { detail: short } : {};
  return { name: words(type, type), ...said };
};

/** All of it: `3×3 convolution, 64→128 channels, halves H and W`. */
export const roleOf = ({ name, detail, effect }: LayerWords): Words => comma(name, detail, effect?.text);

/** What a call does, where the sizes are told anyway: `3×3 convolution, halves H and W`. */
export const stepOf = ({ name, effect }: LayerWords): Words =>
  effect && !effect.keeps ? comma(name, effect.text) : name;

const comma = (...parts: readonly (Words | undefined)[]): Words => {
  const there = parts.filter((part) => part !== undefined);
  const [first, ...rest] = there;
  const colon = rest.length > 0 && /[A-Za-z]\d*$/.test(first?.zh ?? '');
  return {
    en: there.map((p) => p.en).join(', '),
    zh: colon ? `${first?.zh}：${rest.map((p) => p.zh).join('，')}` : there.map((p) => p.zh).join('，'),
  };
};
