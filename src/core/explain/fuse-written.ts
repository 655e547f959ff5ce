import type { Verdict } from '../fuse';
import type { Words } from '../ops';
import { text, words } from './words';

const WHERE: Readonly<Record<NonNullable<Verdict['where']>, Words>> = {
  border: words(' at the border', '（仅在边缘）'),
  size: words('', ''),
  fails: words('', ''),
  kernel: words(' in the kernel; the bias agrees', '（卷积核不同，偏置一致）'),
  bias: words(' in the bias; the kernel agrees', '（偏置不同，卷积核一致）'),
};

/** What came of following the author's own folding code. */
export const writtenWords = (verdict: Verdict): Words => {
  const { method, outcome, difference, where, cause, when } = verdict;
  const name = `\`${method}()\``;
  if (outcome === 'unknown') return words(`${name} was not followed (${verdict.why ?? ''})`, `${name}：无法跟踪其计算`);
  const amount = difference.toExponential(0);
  if (outcome === 'agrees')
    return words(
      `${name} agrees with ours on the same numbers (${amount})`,
      `${name} 与我们的结果一致（同一组数，最大差 ${amount}）`,
    );
  const head =
    where === 'fails'
      ? words(`after ${name} the call fails`, `执行 ${name} 之后前向计算出错`)
      : where === 'size'
        ? words(`${name} gives another size`, `${name} 得到的尺寸不同`)
        : text`${words(`${name} differs by up to ${Number(difference.toPrecision(2))}`, `${name} 的结果不同，最大差 ${Number(difference.toPrecision(2))}`)}${where ? WHERE[where] : words('', '')}`;
  const condition = when
    ? words(` when ${when.name} = ${when.value}; otherwise it agrees`, `（${when.name} = ${when.value} 时；否则一致）`)
    : words('', '');
  return text`${head}${condition}${cause ? causeWords(cause) : words('', '')}`;
};

const causeWords = (cause: NonNullable<Verdict['cause']>): Words => {
  if (cause.kind === 'window') {
    const list = (zh: boolean): string =>
      cause.differences
        .map(({ field, ours, theirs }) =>
          zh ? `${FIELDS[field].zh} ${theirs}，应为 ${ours}` : `${FIELDS[field].en} ${theirs}, not ${ours}`,
        )
        .join(zh ? '；' : '; ');
    return words(`: the new layer has ${list(false)}`, `：新的层${list(true)}`);
  }
  const list = cause.names.map((n) => `\`${n}\``).join(', ');
  return cause.kind === 'branch'
    ? words(`: without the branch ${list} it agrees`, `：去掉支路 ${list} 后一致`)
    : words(
        `: it agrees where ${list} changes nothing, so that is what it leaves out or uses otherwise`,
        `：${list} 不起作用时一致，说明它被漏掉或用法不同`,
      );
};

const FIELDS = {
  kernel: words('kernel', '卷积核'),
  stride: words('stride', '步长'),
  padding: words('padding', '填充'),
  dilation: words('dilation', '膨胀率'),
  groups: words('groups', '分组数'),
  mode: words('padding mode', '填充方式'),
} as const;
