import type { Words } from '../ops';
import type { Call, Expr } from '../syntax';
import { entryOf } from './lines/code';
import { words } from './words';

type Code = (part: Expr) => string | undefined;

/** What a function of the library fills a new tensor with, by its name and by what it is given: `torch.arange(n)`. */
export const creationWords = (name: string, args: Call['args'], code: Code): Words | undefined =>
  entryOf(RANGES, name)?.(args, code) ?? entryOf(CREATED, name) ?? typedTensor(name, args);

/** `torch.LongTensor([1, 2])` holds these numbers, `torch.FloatTensor(3, 4)` has these sizes. */
const typedTensor = (name: string, [first]: Call['args']): Words | undefined => {
  if (!/^((Float|Double|Half|BFloat16|Int|Long|Short|Byte|Char|Bool)?T|t)ensor$/.test(name) || !first) return undefined;
  const isListed = first.value.kind === 'List' || first.value.kind === 'Tuple';
  if (isListed) return words('tensor of these numbers', '由这些数建立张量');
  if (name !== 'tensor') return undefined;
  return first.value.kind === 'Name'
    ? words(`${first.value.id} as a tensor`, `${first.value.id} 转为张量`)
    : words('made into a tensor', '转为张量');
};

const CREATED: Readonly<Record<string, Words>> = {
  zeros: words('zeros', '全 0 张量'),
  ones: words('ones', '全 1 张量'),
  full: words('filled with one number', '以同一个数填充的张量'),
  empty: words('not yet filled', '未初始化的张量'),
  arange: words('numbers at equal steps', '等间隔的数列'),
  linspace: words('numbers at equal steps, both ends in it', '等间隔的数列，含两端'),
  eye: words('identity matrix', '单位矩阵'),
};

/** The positional arguments as the source has them; undefined where one is too long, or may be several. */
const placed = (args: Call['args'], code: Code): readonly string[] | undefined => {
  const texts = args.filter(({ name }) => name === undefined).map(({ value, star }) => (star === 0 ? code(value) : ''));
  return texts.every((text) => text !== undefined && text !== '' && text.length <= LONGEST)
    ? texts.filter((text) => text !== undefined)
    : undefined;
};

const LONGEST = 24;

/** The last whole number below a bound. */
const lastBelow = (bound: string): string =>
  /^\d+$/.test(bound) ? `${Number(bound) - 1}` : `${bound.replaceAll(' - ', ' − ')} − 1`;

const isFractional = (text: string): boolean => /^-?\d*\.\d*/.test(text);

const RANGES: Readonly<Record<string, (args: Call['args'], code: Code) => Words | undefined>> = {
  arange: (args, code) => {
    const [first, second, step, more] = placed(args, code) ?? [];
    if (
      first === undefined ||
      more !== undefined ||
      args.some(({ name }) => /^(start|end|step|stop)$/.test(name ?? ''))
    )
      return undefined;
    const [from, to] = second === undefined ? ['0', first] : [first, second];
    if ([from, to, step ?? ''].some((text) => text.startsWith('-') || isFractional(text))) return undefined;
    if (step !== undefined && step !== '1')
      return words(
        `numbers from ${from} in steps of ${step}, below ${to}`,
        `从 ${from} 起、步长 ${step}、小于 ${to} 的数列`,
      );
    return words(`the numbers ${from} to ${lastBelow(to)}`, `${from} 到 ${lastBelow(to)} 的整数`);
  },
  randint: (args, code) => {
    const sizes = args.filter(({ name }) => name === undefined).findIndex(({ value }) => isSizes(value));
    const named = args.some(({ name }) => /^(low|high)$/.test(name ?? ''));
    const bounds = placed(args.slice(0, sizes < 0 ? args.length : sizes), code) ?? [];
    const [first, second, more] = bounds;
    if (named || first === undefined || more !== undefined) return undefined;
    const [from, to] = second === undefined ? ['0', first] : [first, second];
    return words(`random whole numbers from ${from} to ${lastBelow(to)}`, `${from} 到 ${lastBelow(to)} 的随机整数`);
  },
};

const isSizes = ({ kind }: Expr): boolean => kind === 'Tuple' || kind === 'List';
