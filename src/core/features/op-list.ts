import { allPaths, describe, findFamily, type OpPage } from '../ops';

/** Every op and layer that the tables know, under the name that is shown, sorted; with `parts` those whose path holds one of them. */
export const opList = (...parts: readonly string[]): readonly OpPage[] => {
  const families = new Set(
    allPaths()
      .map((path) => findFamily(path))
      .filter((family) => family !== undefined),
  );
  const asked = parts.map((part) => part.toLowerCase());
  const wanted = [...families].filter(
    ({ path }) => asked.length === 0 || asked.some((part) => path.toLowerCase().includes(part)),
  );
  return wanted.map(describe).sort((a, b) => (a.path < b.path ? -1 : 1));
};

/** The list as a page in Markdown: a section for each namespace, a line for each op. */
export const opListMarkdown = (language: 'en' | 'zh', ...parts: readonly string[]): string => {
  const { title, intro, heads } = TEXTS[language];
  const pages = opList(...parts);
  const known = new Map(pages.map((page) => [page.path, page]));
  const shown = pages.filter((page) => isShown(page) && !isMethodOf(known, page));
  const sections = grouped(shown).map(
    ([space, pages]) =>
      `## ${space}\n\n${table(
        heads,
        pages.map((page) => line(page, language)),
      )}`,
  );
  const head = parts.length === 0 ? `# ${title}\n\n${intro}\n\n` : '';
  return `${head}${sections.join('\n\n')}\n`;
};

const TEXTS = {
  en: {
    title: 'Ops and layers',
    intro: `What TensorScribe knows of PyTorch, Paddle, einops and einx. \`tensorscribe ops --format markdown\` prints this page.

\`Tensor[b?, c, h, w]\` names the axes of an input: \`b?\` may be missing, \`*b\` stands for any number of axes, a letter that
stands twice is one size. Twins in place (\`relu_\`) and further names of an op are left out, and so are methods that are
the function of that name: \`x.sum(1)\` is \`torch.sum(x, 1)\`.`,
    heads: ['op', 'what it does', 'signature', 'other form'],
  },
  zh: {
    title: '算子与层',
    intro: `TensorScribe 所知的 PyTorch、Paddle、einops 与 einx 的算子。本页由 \`tensorscribe ops --format markdown --language zh-cn\` 生成。

\`Tensor[b?, c, h, w]\` 写出输入各轴的名字：\`b?\` 可以没有，\`*b\` 代表任意多个轴，同一字母出现两次表示大小相同。
原地版本（\`relu_\`）、别名，以及与同名函数相同的方法（\`x.sum(1)\` 即 \`torch.sum(x, 1)\`）不列出。`,
    heads: ['算子', '作用', '签名', '另一种形式'],
  },
} as const;

/** Twins in place, what only layers run, and inner modules are no names that code is written with. */
const isShown = ({ path }: OpPage): boolean =>
  !path.endsWith('_') && !/\._(nn|C)\.|\.nn\.modules\.|\.nn\.layer\.|^torch\.ao\.|^numpy\./.test(path);

/** A method that is nothing but the function of its name. */
const isMethodOf = (known: ReadonlyMap<string, OpPage>, { path, meaning }: OpPage): boolean =>
  path.includes('.Tensor.') && known.get(path.replace('.Tensor.', '.'))?.meaning.en === meaning.en;

const grouped = (pages: readonly OpPage[]): readonly (readonly [string, readonly OpPage[]])[] => {
  const groups = new Map<string, OpPage[]>();
  for (const page of pages) {
    const space = page.path.slice(0, page.path.lastIndexOf('.'));
    groups.set(space, [...(groups.get(space) ?? []), page]);
  }
  return [...groups].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
};

/** What code is mostly written with comes first. */
const ORDER = [
  'torch.nn',
  'torch.nn.functional',
  'torch',
  'torch.Tensor',
  'einops',
  'einops.layers.torch',
  'einx',
  'paddle.nn',
  'paddle.nn.functional',
  'paddle',
  'paddle.Tensor',
];
const rank = (space: string): number => (ORDER.indexOf(space) + ORDER.length + 1) % (ORDER.length + 1);

const line = ({ path, meaning, signatures, forms }: OpPage, language: 'en' | 'zh'): readonly string[] => [
  `\`${path.slice(path.lastIndexOf('.') + 1)}\``,
  meaning[language],
  signatures.map((signature) => `\`${signature}\``).join('<br>'),
  forms.length > 4 ? '' : forms.map((form) => `\`${form}\``).join(', '),
];

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(escaped).join(' | ')} |`).join('\n');

const escaped = (text: string): string => text.replaceAll('|', '\\|');
