import { isNamespace } from '../ops';
import type { Import, ImportFrom, Stmt } from '../syntax';
import { type ModuleValue, scope as newScope, type Scope, str, unknown, type Value } from '../values';
import { attempt } from './branch';
import { exportsOf, mayBind, mayExport } from './exports';
import { raise } from './faults';
import { within } from './limits';
import type { Machine, SourceFile } from './machine';
import { assignName, moduleScope } from './names';
import { namespaceMember } from './namespaces';
import { isWrittenOut } from './prelude/libraries';
import { takeBack } from './replaced';

/** Libraries whose own source is never followed: rows and builtins say what they do. */
const LIBRARIES = new Set([
  'torch',
  'paddle',
  'einops',
  'einx',
  'math',
  'functools',
  'itertools',
  'collections',
  'typing',
  'copy',
  'warnings',
  'numbers',
  'enum',
  'dataclasses',
  'abc',
  'os',
  'sys',
  're',
  'regex',
  'logging',
  'operator',
  'types',
  'inspect',
  'contextlib',
  'numpy',
  'random',
  'time',
  'pathlib',
  'json',
  'string',
  'builtins',
  '__future__',
  'typing_extensions',
  'argparse',
  'pickle',
  'hashlib',
  'urllib',
  'tempfile',
  'shutil',
  'glob',
  'importlib',
  'importlib_metadata',
  'threading',
  'packaging',
  'platform',
  'textwrap',
  'uuid',
  'six',
]);

/** Packages that carry model source of their own below a library's name. */
const SOURCE = /^paddle\.vision\.models(\.|$)/;

const isLibrary = (name: string): boolean => LIBRARIES.has(name.split('.')[0] ?? '') && !SOURCE.test(name);

/** The module of a dotted name: a library's namespace, or a file that is run when it is first asked for. */
export const importModule = (m: Machine, name: string): Value | null => {
  if (isLibrary(name)) return { kind: 'namespace', path: name };
  return loadModule(m, name) ?? (isKnown(m, name) ? { kind: 'namespace', path: name } : null);
};

/** Modules that rows, functions of our own or written-out classes stand in for where their source is not at hand. */
const isKnown = (m: Machine, name: string): boolean =>
  isNamespace(name) || m.native.isNamespace(name) || isWrittenOut(name);

/** What one statement of an imported module may cost. */
const STATEMENT = 200_000;

/** Finds and runs the file of a module; null where there is none. A cycle gives the module as far as it has come. */
export const loadModule = (m: Machine, name: string): ModuleValue | null => {
  const known = m.modules.get(name);
  if (known !== undefined) {
    if (known === m.main && m.frame?.module !== known) m.entangled = true;
    return known;
  }
  const file = findFile(m, name);
  if (!file) {
    m.modules.set(name, null);
    m.wanted.add(name);
    return null;
  }
  const module = newModule(m, name, file.path, file.text, file.package);
  m.modules.set(name, module);
  // What imports cost is not charged to the code that happens to come first.
  const { steps } = m.budget;
  inModule(m, module, () => {
    for (const { chunk } of module.syntax.chunks) {
      m.budget.steps = STATEMENT + 1;
      within(m, STATEMENT, () => attempt(() => m.execute([chunk.stmt], module.scope, { pending: [] })));
    }
  });
  m.budget.steps = steps;
  return module;
};

export const newModule = (m: Machine, name: string, path: string, text: string, isPackage: boolean): ModuleValue => {
  const scope = newScope(null, 'module', null);
  const module: ModuleValue = { kind: 'module', name, path, package: isPackage, scope, syntax: m.parse(path, text) };
  Object.assign(scope, { module });
  scope.vars.set('__name__', str(name));
  return module;
};

/**
 * Runs the statements of a module. One that raises ends itself, not the others: half a module is better than none.
 * With `strict` it ends the module, as in Python.
 */
export const runModule = (m: Machine, module: ModuleValue, strict = false): void =>
  inModule(m, module, () => {
    for (const { chunk } of module.syntax.chunks) {
      const ended = attempt(() => m.execute([chunk.stmt], module.scope, { pending: [] }));
      if (strict && 'raised' in ended) throw ended.raised;
    }
  });

/** Runs one statement of a module. What it raises ends only itself. */
export const runStatement = (m: Machine, module: ModuleValue, stmt: Stmt): void =>
  inModule(m, module, () => {
    attempt(() => m.execute([stmt], module.scope, { pending: [] }));
  });

/** Forgets what a module has bound, so that its statements can be run anew. */
export const clearModule = (m: Machine, module: ModuleValue): void => {
  const { scope, name } = module;
  takeBack(m, module);
  scope.vars.clear();
  scope.vars.set('__name__', str(name));
  if (!scope.module) return;
  m.promises.delete(scope.module);
  m.stars.delete(scope.module);
};

const inModule = (m: Machine, module: ModuleValue, body: () => void): void => {
  const saved = { frame: m.frame, path: m.path, facts: m.facts, tries: m.tries };
  // A module is run once for all paths: what it sets must not be undone with the branch that asked for it.
  const levels = m.journal.levels.splice(0);
  const depth = (saved.frame?.depth ?? 0) + 1;
  m.frame = {
    name: '<module>',
    caller: saved.frame,
    depth,
    self: undefined,
    owner: null,
    yields: null,
    site: undefined,
    module,
  };
  m.path = null;
  m.tries = 0;
  try {
    body();
  } finally {
    m.journal.levels.splice(0, m.journal.levels.length, ...levels);
    Object.assign(m, saved);
  }
};

/** The file of a module below the roots; looked for once in a run. */
export const findFile = (m: Machine, name: string): SourceFile | undefined => {
  if (!m.files.has(name)) m.files.set(name, lookUp(m, name));
  return m.files.get(name);
};

const lookUp = (m: Machine, name: string): SourceFile | undefined => {
  const relative = name.replaceAll('.', '/');
  for (const root of m.sources.roots) {
    const base = root === '' ? relative : `${root}/${relative}`;
    const init = m.sources.read(`${base}/__init__.py`);
    if (init !== undefined) return { path: `${base}/__init__.py`, text: init, package: true };
    const file = m.sources.read(`${base}.py`);
    if (file !== undefined) return { path: `${base}.py`, text: file, package: false };
    if (m.sources.isFolder?.(base)) return { path: `${base}/`, text: '', package: true };
  }
  return undefined;
};

/** The package that a relative import starts from. */
const packageOf = (module: ModuleValue, level: number): string | undefined => {
  const parts = module.name.split('.');
  const drop = module.package ? level - 1 : level;
  if (drop > parts.length) return undefined;
  return parts.slice(0, parts.length - drop).join('.');
};

const currentModule = (m: Machine, scope: Scope): ModuleValue | null =>
  moduleScope(scope).module ?? m.frame?.module ?? null;

/** `import a.b as c`. Bound at once to a promise: the file runs when somebody reads the name. */
export const importNames = (m: Machine, stmt: Import, scope: Scope): void => {
  for (const alias of stmt.names) {
    const [top = alias.name] = alias.name.split('.');
    const name = alias.asname ? alias.name : top;
    if (m.tries > 0) mayBeAbsent(m, name, stmt);
    const value = importModule(m, name);
    assignName(m, alias.asname ?? top, value ?? missing(m, name), scope);
    if (!alias.asname && alias.name !== top) importModule(m, alias.name);
  }
};

/** Whether an import of the module would find it: `importlib.util.find_spec`. */
export const isThere = (m: Machine, name: string): boolean => isLibrary(name) || exists(m, name);

/** An import inside `try` that finds nothing fails, as where the package is not installed. */
const mayBeAbsent = (m: Machine, name: string, stmt: Import | ImportFrom): void => {
  if (isThere(m, name)) return;
  m.optional.add(name);
  raise(m, 'ModuleNotFoundError', name, stmt);
};

const exists = (m: Machine, name: string): boolean =>
  m.modules.get(name) !== undefined ? m.modules.get(name) !== null : findFile(m, name) !== undefined;

const missing = (m: Machine, name: string): Value => {
  m.wanted.add(name);
  const absent = unknown(`the module ${name} is not at hand`);
  m.absent.add(absent);
  return absent;
};

/** `from a import b`. Names are bound when they are first read, so that a package costs what is used of it. */
export const importFrom = (m: Machine, stmt: ImportFrom, scope: Scope): void => {
  const here = currentModule(m, scope);
  const base = stmt.level > 0 && here ? packageOf(here, stmt.level) : '';
  if (base === undefined) return;
  const name = [base, stmt.module].filter((part) => part !== '').join('.');
  if (stmt.module === '__future__') return;
  if (stmt.names.length === 1 && stmt.names[0]?.name === '*') {
    if (here) starsOf(m, here).push(name);
    return;
  }
  if (m.tries > 0) mayBeAbsent(m, name, stmt);
  for (const alias of stmt.names) {
    const bound = alias.asname ?? alias.name;
    if (isLibrary(name)) assignName(m, bound, libraryName(m, name, alias.name), scope);
    else if (scope.role === 'module' && here) {
      scope.vars.delete(bound);
      promisesOf(m, here).set(bound, { module: name, name: alias.name });
    } else assignName(m, bound, memberOf(m, name, alias.name), scope);
  }
};

/** What a library has under a name: a row, a function of our own, or a module of its source that is followed. */
export const libraryName = (m: Machine, module: string, name: string): Value => {
  const path = `${module}.${name}`;
  if (SOURCE.test(path)) return importModule(m, path) ?? unknown(path);
  return namespaceMember(m, path);
};

interface Promised {
  readonly module: string;
  readonly name: string;
}

const promisesOf = (m: Machine, module: ModuleValue): Map<string, Promised> => {
  const known = m.promises.get(module);
  if (known) return known;
  const made = new Map<string, Promised>();
  m.promises.set(module, made);
  return made;
};

const starsOf = (m: Machine, module: ModuleValue): string[] => {
  const known = m.stars.get(module);
  if (known) return known;
  const made: string[] = [];
  m.stars.set(module, made);
  return made;
};

/** A member of a module by name: what the file binds, else a submodule. */
const memberOf = (m: Machine, module: string, name: string): Value => {
  const home = loadModule(m, module);
  const held = home?.scope.vars.get(name) ?? (home && lateName(m, home, name));
  if (held) return held;
  const sub = isLibrary(`${module}.${name}`)
    ? null
    : findFile(m, `${module}.${name}`)
      ? loadModule(m, `${module}.${name}`)
      : null;
  if (sub) return sub;
  if (!home && isKnown(m, module)) return namespaceMember(m, `${module}.${name}`);
  if (!home) return m.assumeHelper(name) ?? missing(m, module);
  return unknown(`${module} has no ${name}`);
};

/** A name of a module that an import promised: the import happens now. */
export const lateName = (m: Machine, module: ModuleValue, name: string): Value | undefined => {
  const promised = m.promises.get(module)?.get(name);
  if (promised) {
    m.promises.get(module)?.delete(name);
    const value = memberOf(m, promised.module, promised.name);
    module.scope.vars.set(name, value);
    return value;
  }
  const stars = m.stars.get(module) ?? [];
  for (const star of [...stars].reverse()) {
    const found = starMember(m, star, name);
    if (found) {
      module.scope.vars.set(name, found);
      return found;
    }
  }
  return submodule(m, module, name);
};

const submodule = (m: Machine, module: ModuleValue, name: string): Value | undefined => {
  if (!module.package || name.startsWith('__')) return undefined;
  const full = `${module.name}.${name}`;
  const known = m.modules.get(full);
  const found = known ?? (findFile(m, full) ? loadModule(m, full) : null);
  // As in Python, where a package holds its modules under their names.
  if (found) module.scope.vars.set(name, found);
  return found ?? undefined;
};

const starMember = (m: Machine, star: string, name: string): Value | undefined => {
  if (isLibrary(star)) {
    const path = `${star}.${name}`;
    const value = namespaceMember(m, path);
    // A type of which only the name is known does not hide one of Python's own: `from typing import *`.
    if (value.kind === 'class' && value.layer === undefined && m.native.find(m, name)) return undefined;
    return value.kind === 'unknown' && !isNamespace(path) && !m.native.isNamespace(path) && !m.native.has(path)
      ? undefined
      : value;
  }
  if (m.searching.has(`${star}:${name}`)) return undefined;
  m.searching.add(`${star}:${name}`);
  try {
    // The source says whether the module binds the name at all: only then it is run.
    const syntax = m.modules.get(star)?.syntax ?? syntaxOf(m, star, name);
    if (!syntax || !mayExport(exportsOf(syntax), name)) return undefined;
    const home = loadModule(m, star);
    return home ? (home.scope.vars.get(name) ?? lateName(m, home, name)) : undefined;
  } finally {
    m.searching.delete(`${star}:${name}`);
  }
};

/** The syntax of a module whose text says that it may bind a name; what does not is not even parsed. */
const syntaxOf = (m: Machine, module: string, name: string) => {
  const file = findFile(m, module);
  return file && mayBind(file.text, name) ? m.parse(file.path, file.text) : undefined;
};
