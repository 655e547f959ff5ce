import { oncePer } from '../once';
import type { Expr, Module, Stmt } from '../syntax';

/** What `from module import *` gives, read off the source without running it. */
export interface Exports {
  readonly names: ReadonlySet<string>;
  /** `__all__`, where it is written down as a list of texts; absent where it is made by code. */
  readonly listed?: ReadonlySet<string>;
  /** Whether names may come from star imports of its own, or be set by code that only running tells. */
  readonly open: boolean;
}

export const exportsOf = oncePer((module: Module): Exports => {
  const names = new Set<string>();
  let open = false;
  let listed: Set<string> | undefined;
  const bind = (target: Expr): void => {
    if (target.kind === 'Name') names.add(target.id);
    else if (target.kind === 'Tuple' || target.kind === 'List') for (const item of target.items) bind(item);
    else if (target.kind === 'Starred') bind(target.value);
  };
  const visit = (body: readonly Stmt[]): void => {
    for (const stmt of body) {
      switch (stmt.kind) {
        case 'FunctionDef':
        case 'ClassDef':
          names.add(stmt.name);
          break;
        case 'Assign':
          for (const target of stmt.targets) {
            bind(target);
            if (target.kind === 'Name' && target.id === '__all__') listed = texts(stmt.value);
          }
          break;
        case 'AnnAssign':
          bind(stmt.target);
          break;
        case 'AugAssign':
          if (stmt.target.kind === 'Name' && stmt.target.id === '__all__') listed = undefined;
          break;
        case 'Import':
          for (const alias of stmt.names) names.add(alias.asname ?? alias.name.split('.')[0] ?? alias.name);
          break;
        case 'ImportFrom':
          for (const alias of stmt.names) {
            if (alias.name === '*') open = true;
            else names.add(alias.asname ?? alias.name);
          }
          break;
        case 'If':
        case 'For':
        case 'While':
          visit(stmt.body);
          visit(stmt.orelse);
          break;
        case 'With':
          visit(stmt.body);
          break;
        case 'Try':
          visit(stmt.body);
          for (const handler of stmt.handlers) visit(handler.body);
          visit(stmt.orelse);
          visit(stmt.finalbody);
          break;
        case 'ExprStmt':
          // `__all__.extend(...)`, `globals()[...] = ...`
          if (
            stmt.value.kind === 'Call' &&
            stmt.value.func.kind === 'Attribute' &&
            stmt.value.func.value.kind === 'Name' &&
            stmt.value.func.value.id === '__all__'
          )
            listed = undefined;
          break;
        default:
          break;
      }
    }
  };
  visit(module.chunks.map(({ chunk }) => chunk.stmt));
  return { names, open, ...(listed && { listed }) };
});

/** The texts of a literal list or tuple; undefined where something else stands in it. */
const texts = (value: Expr): Set<string> | undefined => {
  if (value.kind !== 'List' && value.kind !== 'Tuple') return undefined;
  const result = new Set<string>();
  for (const item of value.items) {
    if (item.kind !== 'Str') return undefined;
    result.add(item.value);
  }
  return result;
};

/** Whether a star import of the module may give a name. */
export const mayExport = (exports: Exports, name: string): boolean =>
  exports.listed ? exports.listed.has(name) : !name.startsWith('_') && (exports.names.has(name) || exports.open);

/** `__all__` where it is a list of texts and named nowhere else. */
const LISTED = /^__all__\s*=\s*\[([^\]]*)\](?![\s\S]*__all__)/m;

const binding = new Map<string, RegExp>();

/**
 * Whether a module may give a name to a star import, as far as its text tells at a glance: a definition, an import
 * (that over several lines too) or an assignment of it, or a star import.
 */
export const mayBind = (text: string, name: string): boolean => {
  const listed = LISTED.exec(text)?.[1];
  if (listed !== undefined) return new RegExp(`['"]${name}['"]`).test(listed);
  if (/\bimport\s*\*/.test(text)) return true;
  if (!text.includes(name)) return false;
  const pattern = binding.get(name) ?? bindingOf(name);
  binding.set(name, pattern);
  return pattern.test(text);
};

const bindingOf = (name: string): RegExp =>
  new RegExp(
    [
      `\\b(?:def|class|as|for)\\s+${name}\\b`,
      `\\bimport\\b[^\\n]*\\b${name}\\b(?!\\s+as\\b)`,
      `^\\s*${name}\\s*(?:,[\\s\\w,]*)?\\)?\\s*(?:#.*)?$`,
      `(?<![\\w.])${name}\\b(?:\\s*:|[\\s\\w,.()[\\]*]*\\)?\\s*=)`,
    ].join('|'),
    'm',
  );
