import type { ToPage } from './protocol';

const VERSION = 1;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isModel = (value: unknown, lists: readonly string[]): boolean =>
  isFields(value) &&
  value.version === VERSION &&
  isText(value.className) &&
  isFields(value.labels) &&
  lists.every((name) => isList(value[name]));

const isPlace = (value: unknown): boolean =>
  isFields(value) && isText(value.path) && isNumber(value.start) && isNumber(value.end);

const checks: Readonly<Record<ToPage['type'], (message: Fields) => boolean>> = {
  panel: ({ model, answers, pinned, labels }) =>
    isNumber(answers) &&
    typeof pinned === 'boolean' &&
    isFields(labels) &&
    (model === null ||
      isModel(model, ['inputs', 'parameters', 'steps', 'totals', 'conditions', 'assumptions', 'problems'])),
  diagram: ({ model, answers, labels }) =>
    isNumber(answers) &&
    isFields(labels) &&
    (model === null ||
      (isModel(model, ['nodes', 'edges', 'open', 'containers', 'index', 'legend', 'facts']) &&
        isFields(model) &&
        isNumber(model.width) &&
        isNumber(model.height))),
  kernel: ({ model, answers, empty }) =>
    isNumber(answers) && isText(empty) && (model === null || isModel(model, ['choices', 'kept'])),
  paint: ({ svg, width, height }) => isText(svg) && isNumber(width) && isNumber(height),
  cursor: ({ place }) => place === null || isPlace(place),
};

const isType = (type: unknown): type is ToPage['type'] => isText(type) && Object.hasOwn(checks, type);

const isMessage = (data: unknown): data is ToPage => isFields(data) && isType(data.type) && checks[data.type](data);

/** A message of the extension; undefined for anything else that reaches the page. */
export const messageFrom = (data: unknown): ToPage | undefined => (isMessage(data) ? data : undefined);
