/** What the extension itself says, in both languages; all else comes from the core. */
export const messages = {
  noEditor: { en: 'Open a Python file first.', zh: '请先打开一个 Python 文件。' },
  notRead: {
    en: 'TensorScribe could not read this file; its log says why.',
    zh: '张量注未能读懂此文件，原因见其日志。',
  },
  tooLong: {
    en: 'This file has more than 20,000 lines and is not analysed.',
    zh: '此文件超过 20000 行，不予分析。',
  },
  keepsChanging: {
    en: 'The file kept changing, so nothing was written.',
    zh: '文件一直在变化，因此未作任何修改。',
  },
  readOnly: {
    en: 'This file cannot be changed. “Preview comments as a diff” shows them.',
    zh: '此文件不可修改，可用“以差异视图预览注释”查看。',
  },
  noneOfOurs: {
    en: 'There are no comments by TensorScribe in this file.',
    zh: '此文件中没有张量注写的注释。',
  },
  noMark: {
    en: 'Without a mark TensorScribe cannot tell its comments from yours (setting “Comments: Mark”).',
    zh: '没有标记，张量注无法把自己的注释与您的区分开（设置项“注释：标记”）。',
  },
  upToDate: { en: 'The comments are up to date.', zh: '注释已是最新。' },
  withComments: { en: 'as it is ↔ with comments', zh: '当前 ↔ 加上注释' },
  encoding: {
    en: 'The encoding of this file cannot hold the comments. Save it as UTF-8, or choose English comments.',
    zh: '此文件的编码无法保存这些注释。请将文件另存为 UTF-8。',
  },
  toolReads: { en: 'Reading the shapes of {file}', zh: '正在读取 {file} 的形状' },
  working: { en: 'Reading…', zh: '正在读取…' },
  shapesTab: { en: 'Shapes', zh: '形状' },
  diagram: { en: 'diagram', zh: '结构图' },
  kernel: { en: 'fused kernels', zh: '卷积核融合' },
  pickClass: { en: 'Which class?', zh: '选择哪个类？' },
} as const;

/** How many model classes a file has. */
export const modelCount = (count: number): { readonly en: string; readonly zh: string } =>
  count === 0
    ? { en: 'no model class', zh: '没有模型类' }
    : { en: count === 1 ? '1 model class' : `${count} model classes`, zh: `${count} 个模型类` };
