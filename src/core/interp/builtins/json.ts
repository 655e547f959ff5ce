import { bool, dict, float, int, list, NONE, str, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import type { NativeTable } from './native';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A number without a point is whole: JavaScript keeps no difference, so the text tells it. */
const parsed = (text: string): Value | undefined => {
  try {
    const asWritten = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (token) =>
      /^-?\d.*[.eE]/.test(token) ? `{"${FLOAT}":${token}}` : token,
    );
    return fromJson(JSON.parse(asWritten));
  } catch {
    return undefined;
  }
};

const FLOAT = ' float';

const fromJson = (json: Json): Value => {
  if (json === null) return NONE;
  if (typeof json === 'boolean') return bool(json);
  if (typeof json === 'number') return int(json);
  if (typeof json === 'string') return str(json);
  if (Array.isArray(json)) return list(json.map(fromJson));
  const fields = Object.entries(json);
  const [only] = fields;
  if (only?.[0] === FLOAT && typeof only[1] === 'number') return float(only[1]);
  const result = dict();
  for (const [key, value] of fields) result.entries.set(`s${key}`, { key: str(key), value: fromJson(value) });
  return result;
};

/** `json`, of texts that the code itself says. */
export const json: NativeTable = {
  'json.loads': ({ m, at }) => {
    const text = resolve(m, at(0, 's') ?? NONE);
    return (text.kind === 'str' ? parsed(text.value) : undefined) ?? unknown('a text of JSON that is not known');
  },
};
