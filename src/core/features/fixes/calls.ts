import { text, words } from '../../explain';
import type { Family } from '../../ops';
import { isSyntax } from '../../syntax';
import { nearest } from '../../text';
import type { Value } from '../../values';
import { asCall, type Candidate, edit, faultyCall, type Proposer, replace } from './candidate';
import { importedBeside } from './imports';

/** `nn.MaxPool2d((1, None))`: the adaptive layer that understands `None`. */
export const adaptive: Proposer = (broken) => {
  const { problem } = broken;
  const name = problem.fault.data.adaptive;
  const call = faultyCall(broken);
  if (problem.fault.code !== 'none-size' || typeof name !== 'string' || name === '' || !call) return [];
  const { func } = call;
  const [start, end] = func.kind === 'Attribute' ? [func.attrStart, func.end] : [func.start, func.end];
  const bare = name.slice(name.lastIndexOf('.') + 1);
  const imported = func.kind === 'Name' ? importedBeside(broken.analysis, func.id, bare) : [];
  if (!imported) return [];
  const title = words(`Use ${bare}`, `改用 ${bare}`);
  return [{ title, edits: [...imported, ...edit(broken, func, start, end, bare)] }];
};

/** `x.view(…)` of something that does not lie in memory as it should. */
export const reshaped: Proposer = (broken) => {
  const call = faultyCall(broken);
  if (broken.problem.fault.code !== 'view-stride' || call?.func.kind !== 'Attribute') return [];
  const { func } = call;
  return [
    { title: words('Use reshape', '改用 reshape'), edits: edit(broken, func, func.attrStart, func.end, 'reshape') },
    {
      title: words('Add .contiguous()', '添加 .contiguous()'),
      edits: edit(broken, func, func.value.end, func.value.end, '.contiguous()'),
    },
  ];
};

/** Tensors that differ on the axis along which they are not joined: another axis. */
export const otherAxis: Proposer = (broken) => {
  const call = faultyCall(broken);
  const { left } = broken.problem.fault.data;
  if (broken.problem.fault.code !== 'cat-mismatch' || !call || typeof left !== 'object' || !('dims' in left)) return [];
  const keyword = call.args.find(({ name }) => name === 'dim' || name === 'axis');
  const stated = keyword ?? call.args.slice(1).find(({ name, star }) => name === undefined && star === 0);
  const axis = /paddle/.test(String(broken.problem.fault.data.op)) ? 'axis' : 'dim';
  return left.dims.map((_, i): Candidate => {
    const title = words(`Join along axis ${i}`, `沿第 ${i} 维拼接`);
    if (stated) return { title, edits: replace(broken, stated.value, `${i}`) };
    const at = call.args.at(-1)?.end ?? call.end - 1;
    return { title, edits: edit(broken, call, at, at, `, ${axis}=${i}`) };
  });
};

/** Too few channels behind a `cat` that has joined the batch: the axis that was meant. */
export const joinedChannels: Proposer = (broken) => {
  const { run, problem, placeOf } = broken;
  if (!/^(channel|feature|norm|size)-mismatch$/.test(problem.fault.code)) return [];
  const calls = run.trace.ops.flatMap(({ node, family, args }) => {
    const call = node && placeOf(node) !== undefined ? asCall(node) : undefined;
    const isJoin = family?.kind === 'function' && /\.(cat|concat|concatenate)$/.test(family.path);
    const isStated = args.positional.length > 1 || args.keywords.has('dim') || args.keywords.has('axis');
    return call && isJoin && !isStated ? [{ call, axis: family.path.startsWith('paddle') ? 'axis' : 'dim' }] : [];
  });
  return calls.map(({ call, axis }): Candidate => {
    const at = call.args.at(-1)?.end ?? call.end - 1;
    return { title: words('Join along axis 1', '沿第 1 维拼接'), edits: edit(broken, call, at, at, `, ${axis}=1`) };
  });
};

/** `b n (h d) -> b h n c`: the axis that only one side has takes the name that it has on the other. */
export const patternAxis: Proposer = (broken) => {
  const { pattern } = broken.problem.fault.data;
  const call = faultyCall(broken);
  if (broken.problem.fault.code !== 'pattern-axis' || !call || typeof pattern !== 'string') return [];
  const written = call.args.find(({ value }) => value.kind === 'Str' && value.value === pattern)?.value;
  const sides = pattern.split('->').map((side): readonly string[] => side.match(/[A-Za-z_]\w*/g) ?? []);
  const [from = [], to = []] = sides;
  const [lost, moreLost] = from.filter((axis) => !to.includes(axis));
  const [strange, moreStrange] = to.filter((axis) => !from.includes(axis));
  if (!written || lost === undefined || strange === undefined || moreLost || moreStrange) return [];
  const arrow = pattern.indexOf('->');
  const at = arrow + pattern.slice(arrow).search(new RegExp(`\\b${strange}\\b`));
  // Only a plain string has its characters where the source has them.
  const base = written.end - written.start - pattern.length === 2 ? written.start + 1 : undefined;
  if (base === undefined) return [];
  const title = text`${words('Change to ', '改为 ')}${lost}`;
  return [{ title, edits: edit(broken, written, base + at, base + at + strange.length, lost) }];
};

/** A matrix product whose inner sizes differ: the right side transposed. */
export const transposed: Proposer = (broken) => {
  const { fault, node } = broken.problem;
  if (fault.code !== 'matmul-mismatch' || !node || !isSyntax(node)) return [];
  const right = node.kind === 'BinOp' ? node.right : asCall(node)?.args.at(-1)?.value;
  if (!right) return [];
  const title = words('Transpose the right side', '转置右侧矩阵');
  const isAtom =
    right.kind === 'Name' || right.kind === 'Attribute' || right.kind === 'Call' || right.kind === 'Subscript';
  return isAtom ? [{ title, edits: edit(broken, right, right.end, right.end, '.transpose(-2, -1)') }] : [];
};

/** A keyword that a layer or function does not have, one or two letters from one that it has. */
export const spelling: Proposer = (broken) => {
  const { fault } = broken.problem;
  const call = faultyCall(broken);
  const written = fault.data.keyword ?? fault.data.name;
  if (fault.code !== 'unexpected-keyword' || !call || typeof written !== 'string') return [];
  const arg = call.args.find(({ name }) => name === written);
  const family = familyOf(broken.run.trace.values.get(call.func)?.[0]);
  const meant = nearest(written, family?.rows.flatMap((row) => row.signature.params.map(({ name }) => name)) ?? []);
  if (!arg || meant === undefined) return [];
  const title = text`${words('Change to ', '改为 ')}${meant}`;
  return [{ title, edits: edit(broken, call, arg.start, arg.start + written.length, meant) }];
};

const familyOf = (callee: Value | undefined): Family | undefined => {
  if (callee?.kind === 'class') return callee.layer;
  if (callee?.kind === 'method') return familyOf(callee.func);
  return callee?.kind === 'op' ? callee.family : undefined;
};

/** An attribute that the instance does not have, one or two letters from one that it has. */
export const attribute: Proposer = (broken) => {
  const { fault, node } = broken.problem;
  const { name } = fault.data;
  if (
    fault.code !== 'missing-attribute' ||
    !node ||
    !isSyntax(node) ||
    node.kind !== 'Attribute' ||
    typeof name !== 'string'
  )
    return [];
  const held = broken.run.trace.values.get(node.value)?.[0];
  const members =
    held?.kind === 'object' ? [...held.attrs.keys(), ...held.cls.mro.flatMap((cls) => [...cls.attrs.keys()])] : [];
  const meant = nearest(name, members);
  if (meant === undefined) return [];
  const title = text`${words('Change to ', '改为 ')}${meant}`;
  return [{ title, edits: edit(broken, node, node.attrStart, node.end, meant) }];
};
