import type { FromPage } from '../../webview/protocol';

type Fields = Readonly<Record<string, unknown>>;
type Check = (message: Fields) => boolean;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTexts = (value: unknown): boolean => isFields(value) && Object.values(value).every(isText);
const isView = (value: unknown): boolean => value === 'panel' || value === 'diagram' || value === 'kernel';

const isSpan = (value: unknown): boolean => isFields(value) && isOffset(value.start) && isOffset(value.end);
const isPlace = (value: unknown): boolean => isFields(value) && isText(value.path) && isSpan(value);
const isOpen = (value: unknown): boolean =>
  value === null || value === 'all' || (Array.isArray(value) && value.every(isText));

const PARTS = ['weight', 'bias', 'gamma', 'beta', 'mean', 'variance'];

const isEdit = (value: unknown): boolean =>
  isFields(value) &&
  isOffset(value.layer) &&
  isOffset(value.index) &&
  isText(value.part) &&
  PARTS.includes(value.part) &&
  Number.isFinite(value.value);

const checks: Readonly<Record<FromPage['type'], Check>> = {
  ready: ({ view }) => isView(view),
  give: ({ sequence, className, texts }) =>
    isOffset(sequence) && isText(className) && isFields(texts) && isTexts(texts.inputs) && isTexts(texts.args),
  arrange: ({ sequence, className, open, direction }) =>
    isOffset(sequence) && isText(className) && isOpen(open) && (direction === 'down' || direction === 'right'),
  fold: ({ sequence, className, region, output, input, edits }) =>
    isOffset(sequence) &&
    isText(className) &&
    (region === null || isOffset(region)) &&
    isOffset(output) &&
    isOffset(input) &&
    Array.isArray(edits) &&
    edits.every(isEdit),
  reveal: ({ place }) => isPlace(place),
  revealSpan: isSpan,
  show: ({ view, className }) => isView(view) && isText(className),
  pin: ({ pinned }) => typeof pinned === 'boolean',
  copy: ({ className, format }) =>
    isText(className) && (format === 'markdown' || format === 'csv' || format === 'text' || format === 'python'),
  export: ({ className, format }) =>
    isText(className) && (format === 'svg' || format === 'png' || format === 'mermaid' || format === 'json'),
  picture: ({ className, png }) => isText(className) && isText(png) && /^[\w+/]*={0,2}$/.test(png),
};

const isType = (type: unknown): type is FromPage['type'] => isText(type) && Object.hasOwn(checks, type);

const isMessage = (data: unknown): data is FromPage => isFields(data) && isType(data.type) && checks[data.type](data);

/** A message of a page; undefined for anything else that comes from there. */
export const messageFrom = (data: unknown): FromPage | undefined => (isMessage(data) ? data : undefined);
