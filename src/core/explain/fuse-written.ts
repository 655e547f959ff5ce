import type { Unfollowed, Verdict } from '../fuse';
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
  if (outcome === 'unknown') {
    const why = whyWords(verdict.why ?? { kind: 'result' });
    return words(`${name} was not followed: ${why.en}`, `${name} 未能跟踪：${why.zh}`);
  }
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
  return text`${head}${condition}${cause ? causeWords(cause, where) : words('', '')}`;
};

const whyWords = (why: Unfollowed): Words => {
  switch (why.kind) {
    case 'op':
      return words(`what \`${why.name}\` gives is not computed`, `未计算 \`${why.name}\` 的结果`);
    case 'choice':
      return words(`whether \`${why.text}\` holds is not decided`, `无法判定 \`${why.text}\` 是否成立`);
    default:
      return WHY[why.kind];
  }
};

const WHY: Readonly<Record<Exclude<Unfollowed['kind'], 'op' | 'choice'>, Words>> = {
  loop: words('a loop runs an unknown number of times', '循环次数未知'),
  view: words('a view of another tensor is changed in place', '原地修改了某个张量的视图'),
  resized: words('a weight gets another size', '权重的形状被改变'),
  'no-example': words('no example can be run', '找不到能运行的示例'),
  'no-change': words('`forward` runs the same layers as before', '`forward` 运行的层与之前相同'),
  part: words(
    'our rules fold a part of the branches only, there is nothing to compare with',
    '按规则只能折叠部分支路，没有可对照的结果',
  ),
  result: words('what it gives is not known', '其结果未知'),
};

const causeWords = (cause: NonNullable<Verdict['cause']>, where: Verdict['where']): Words => {
  if (cause.kind === 'axis')
    return words(
      ': it scales axis 0 of the weight, which in a transposed convolution is that of the input channels; the output channels are axis 1',
      '：它缩放了权重的第 0 维，而转置卷积的第 0 维是输入通道；输出通道在第 1 维',
    );
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
  // At the border alone it may be the padding in front of it that differs.
  if (cause.kind !== 'branch' && where === 'border')
    return words(`: it agrees where ${list} changes nothing`, `：${list} 不起作用时一致`);
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
