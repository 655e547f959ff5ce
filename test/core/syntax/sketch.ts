import type { Argument, Expr, FStringField, Module, Parameter, Pattern, Stmt } from '../../../src/core/syntax';

/** A module as Python with every operator in parentheses; `?` is what could not be read. */
export const sketch = (module: Module): string => lines(module.chunks.map(({ chunk }) => chunk.stmt)).join('\n');

/** An expression in the same way. */
const sketchExpr = (node: Expr): string => {
  const e = sketchExpr;
  switch (node.kind) {
    case 'Name':
      return node.id;
    case 'Constant':
      return node.value === null ? 'None' : node.value === '...' ? '...' : node.value ? 'True' : 'False';
    case 'Num':
      return `${node.type} ${node.value}`;
    case 'Str':
      return `${node.bytes ? 'b' : ''}${JSON.stringify(node.value)}`;
    case 'FString':
      return `f<${fields(node.parts)}>`;
    case 'Attribute':
      return `${e(node.value)}.${node.attr}`;
    case 'Subscript':
      return `${e(node.value)}[${e(node.index)}]`;
    case 'Call':
      return `${e(node.func)}(${node.args.map(argument).join(', ')})`;
    case 'BinOp':
    case 'BoolOp':
      return `(${e(node.left)} ${node.op} ${e(node.right)})`;
    case 'UnaryOp':
      return `(${node.op} ${e(node.operand)})`;
    case 'Compare':
      return `(${e(node.left)}${node.rest.map(({ op, right }) => ` ${op} ${e(right)}`).join('')})`;
    case 'IfExp':
      return `(${e(node.body)} if ${e(node.test)} else ${e(node.orelse)})`;
    case 'Lambda':
      return `(lambda ${node.params.map(parameter).join(', ')}: ${e(node.body)})`;
    case 'Tuple':
      return `<${node.items.map(e).join(', ')}>`;
    case 'List':
      return `[${node.items.map(e).join(', ')}]`;
    case 'Set':
      return `{${node.items.map(e).join(', ')}}`;
    case 'Dict':
      return `{${node.entries.map(({ key, value }) => (key ? `${e(key)}: ${e(value)}` : `**${e(value)}`)).join(', ')}}`;
    case 'Comprehension':
      return comprehension(node);
    case 'Starred':
      return `*${e(node.value)}`;
    case 'Slice':
      return `slice(${[node.lower, node.upper, node.step].map((part) => (part ? e(part) : '')).join(':')})`;
    case 'NamedExpr':
      return `(${e(node.target)} := ${e(node.value)})`;
    case 'Await':
      return `(await ${e(node.value)})`;
    case 'Yield':
      return `(yield${node.from ? ' from' : ''}${node.value ? ` ${e(node.value)}` : ''})`;
    case 'ErrorExpr':
      return '?';
  }
};

const argument = ({ name, star, value }: Argument): string =>
  `${'*'.repeat(star)}${name === undefined ? '' : `${name}=`}${sketchExpr(value)}`;

const stars = { 'var-positional': '*', 'var-keyword': '**', 'keyword-only': '~', 'positional-only': '/', ordinary: '' };

/** `~` marks a parameter that only a keyword reaches, `/` one that no keyword does. */
const parameter = ({ name, annotation, default: value, form }: Parameter): string =>
  `${stars[form]}${name}${annotation ? `: ${sketchExpr(annotation)}` : ''}${value ? ` = ${sketchExpr(value)}` : ''}`;

const fields = (parts: readonly (string | FStringField)[]): string =>
  parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : field(part))).join(' ');

const field = ({ value, debug, conversion, spec }: FStringField): string =>
  `{${sketchExpr(value)}${debug ? ` debug ${JSON.stringify(debug)}` : ''}${conversion ? ` !${conversion}` : ''}${spec ? ` : ${fields(spec)}` : ''}}`;

const comprehension = (node: Extract<Expr, { kind: 'Comprehension' }>): string => {
  const clauses = node.clauses.map((clause) =>
    clause.kind === 'if'
      ? `if ${sketchExpr(clause.test)}`
      : `${clause.async ? 'async ' : ''}for ${sketchExpr(clause.target)} in ${sketchExpr(clause.iter)}`,
  );
  const key = node.key ? `${sketchExpr(node.key)}: ` : '';
  return `${node.type}(${key}${sketchExpr(node.element)} ${clauses.join(' ')})`;
};

const pattern = (node: Pattern): string => {
  switch (node.kind) {
    case 'value':
      return sketchExpr(node.value);
    case 'capture':
      return `${node.pattern ? `${pattern(node.pattern)} as ` : ''}$${node.name ?? '_'}`;
    case 'or':
      return `(${node.patterns.map(pattern).join(' | ')})`;
    case 'sequence':
      return `[${node.patterns.map(pattern).join(', ')}${node.star === undefined ? '' : `; * at ${node.star} ${node.rest ?? '_'}`}]`;
    case 'mapping':
      return `{${node.entries.map((entry) => `${sketchExpr(entry.key)}: ${pattern(entry.pattern)}`).join(', ')}${node.rest ? `, **${node.rest}` : ''}}`;
    case 'class':
      return `${sketchExpr(node.cls)}(${[...node.patterns.map(pattern), ...node.named.map((each) => `${each.name}=${pattern(each.pattern)}`)].join(', ')})`;
    case 'other':
      return '?';
  }
};

const lines = (body: readonly Stmt[]): readonly string[] => body.flatMap(statement);
const indented = (body: readonly Stmt[]): readonly string[] => lines(body).map((line) => `  ${line}`);
const block = (head: string, body: readonly Stmt[]): readonly string[] => [`${head}:`, ...indented(body)];
const orElse = (body: readonly Stmt[], word = 'else'): readonly string[] => (body.length > 0 ? block(word, body) : []);

const statement = (node: Stmt): readonly string[] => {
  const e = sketchExpr;
  const optional = (word: string, value: Expr | undefined): string => (value ? `${word}${e(value)}` : '');
  switch (node.kind) {
    case 'FunctionDef': {
      const kind = `${node.async ? 'async ' : ''}def${node.generator ? '*' : ''}`;
      const head = `${kind} ${node.name}(${node.params.map(parameter).join(', ')})${optional(' -> ', node.returns)}`;
      return [...node.decorators.map((each) => `@${e(each)}`), ...block(head, node.body)];
    }
    case 'ClassDef': {
      const head = `class ${node.name}(${node.bases.map(argument).join(', ')})`;
      return [...node.decorators.map((each) => `@${e(each)}`), ...block(head, node.body)];
    }
    case 'Return':
      return [`return${optional(' ', node.value)}`];
    case 'Delete':
      return [`del ${node.targets.map(e).join(', ')}`];
    case 'Assign':
      return [`${node.targets.map(e).join(' = ')} = ${e(node.value)}`];
    case 'AugAssign':
      return [`${e(node.target)} ${node.op}= ${e(node.value)}`];
    case 'AnnAssign':
      return [`${e(node.target)}: ${e(node.annotation)}${optional(' = ', node.value)}`];
    case 'For':
      return [
        ...block(`${node.async ? 'async ' : ''}for ${e(node.target)} in ${e(node.iter)}`, node.body),
        ...orElse(node.orelse),
      ];
    case 'While':
      return [...block(`while ${e(node.test)}`, node.body), ...orElse(node.orelse)];
    case 'If':
      return [...block(`${node.elif ? 'elif' : 'if'} ${e(node.test)}`, node.body), ...orElse(node.orelse)];
    case 'With': {
      const items = node.items.map((item) => `${e(item.context)}${optional(' as ', item.target)}`);
      return block(`${node.async ? 'async ' : ''}with ${items.join(', ')}`, node.body);
    }
    case 'Raise':
      return [`raise${optional(' ', node.exception)}${optional(' from ', node.cause)}`];
    case 'Try':
      return [
        ...block('try', node.body),
        ...node.handlers.flatMap((each) =>
          block(`except${optional(' ', each.type)}${each.name ? ` as ${each.name}` : ''}`, each.body),
        ),
        ...orElse(node.orelse),
        ...orElse(node.finalbody, 'finally'),
      ];
    case 'Assert':
      return [`assert ${e(node.test)}${optional(', ', node.message)}`];
    case 'Import':
      return [`import ${node.names.map(alias).join(', ')}`];
    case 'ImportFrom':
      return [`from ${'.'.repeat(node.level)}${node.module} import ${node.names.map(alias).join(', ')}`];
    case 'Global':
    case 'Nonlocal':
      return [`${node.kind.toLowerCase()} ${node.names.join(', ')}`];
    case 'ExprStmt':
      return [e(node.value)];
    case 'Pass':
    case 'Break':
    case 'Continue':
      return [node.kind.toLowerCase()];
    case 'Match':
      return [
        `match ${e(node.subject)}:`,
        ...node.cases.flatMap((each) =>
          block(`case ${pattern(each.pattern)}${optional(' if ', each.guard)}`, each.body).map((line) => `  ${line}`),
        ),
      ];
    case 'ErrorStmt':
      return ['???', ...indented(node.body)];
  }
};

const alias = ({ name, asname }: { readonly name: string; readonly asname?: string }): string =>
  asname === undefined ? name : `${name} as ${asname}`;
