import { fuseWords } from '../../explain';
import { candidatesOf } from '../../fuse';
import type { Span, TextEdit } from '../../text';
import type { Analysis, ClassUnit } from '../analysis';
import { deployCode } from '../deploy';
import { foldingRun } from '../kernel-run';
import type { Refactoring } from './pool-twin';

/** The names under which folding methods are known, best first. */
const NAMES = ['fuse', 'switch_to_deploy', 'fold_layers'];

/** A method that folds the layers of a class, at its end; offered on the name of the class and on layers that fold. */
export const fuseMethod = (analysis: Analysis, span: Span): Refactoring | undefined => {
  for (const unit of analysis.classes) {
    const { node, start, name, run } = unit;
    const own = { start: start + node.nameStart, end: start + node.nameStart + name.length };
    const places = candidatesOf(foldingRun(unit)).candidates.flatMap(({ region, plan }) =>
      plan.steps.length === 0 ? [] : region.layers.flatMap((l) => l.node.definition ?? []),
    );
    const here = [own, ...places.filter((p) => p.path === run.cls.module?.path)];
    if (!here.some((p) => p.start <= span.end && span.start <= p.end)) continue;
    const method = NAMES.find((one) => !run.cls.mro.some((c) => c.path === undefined && c.attrs.has(one)));
    const code = method === undefined ? undefined : deployCode(analysis, name, method);
    if (method !== undefined && code)
      return {
        title: fuseWords.insert(method),
        span: own,
        edits: [atEnd(analysis, unit, code.method), ...imports(analysis)],
      };
  }
  return undefined;
};

/** A method at the end of a class. */
export const atEnd = ({ text }: Analysis, { node, start }: ClassUnit, method: string): TextEdit => {
  const last = node.body.at(-1) ?? node;
  const end = start + last.end;
  const line = start + last.start;
  const indent = /[^\n]*$/.exec(text.slice(0, line))?.[0] ?? '    ';
  const wanted = /^\s*$/.test(indent) && indent !== '' ? indent : '    ';
  const lines = method.trimEnd().split('\n');
  const moved = lines.map((l) => (l.startsWith('    ') ? wanted + l.slice(4) : l));
  return { start: end, end, newText: `\n\n${moved.join('\n')}` };
};

/** The names that a method uses, where the file does not have them. */
export const imports = (analysis: Analysis, modules: readonly string[] = []): readonly TextEdit[] => {
  const { vars } = analysis.module.scope;
  const isPaddle = analysis.classes.some(({ run }) => run.cls.mro.some((c) => c.path === 'paddle.nn.Layer'));
  const library = isPaddle ? 'paddle' : 'torch';
  const missing = [
    ...modules.flatMap((name) => (vars.has(name) ? [] : [`import ${name}`])),
    ...(vars.has(library) ? [] : [`import ${library}`]),
    ...(vars.has('nn') ? [] : [`from ${library} import nn`]),
  ];
  const first = analysis.syntax.chunks.find(
    ({ chunk: { stmt } }) => stmt.kind === 'Import' || stmt.kind === 'ImportFrom',
  );
  const at = first ? first.start + first.chunk.stmt.start : 0;
  return missing.length === 0 ? [] : [{ start: at, end: at, newText: `${missing.join('\n')}\n` }];
};
