import { oncePer } from '../once';
import { type ClassValue, type DictValue, keyOf, type ModuleValue, type SetValue, type Value } from '../values';
import { findFile, loadModule } from './imports';
import type { Machine, SourceFile } from './machine';
import { entriesOf } from './mappings';

type Container = DictValue | SetValue;

/**
 * Whether a container may get an entry by modules that are not run yet. In Python `from . import resnet` runs the module,
 * which registers its models; here it runs when a name of it is read. Those that speak of the key are run now: afterwards
 * the container has the key, or nobody knows whether it has it.
 */
export const mayBeRegistered = (m: Machine, container: Container, key: Value): boolean => {
  const id = keyOf(key);
  if (key.kind !== 'str' || id === undefined || (m.stars.size === 0 && m.promises.size === 0)) return false;
  if (isImporting(m) || isDefined(m, key.value)) return false;
  const asked = answers(container);
  const known = asked.get(id);
  if (known?.imports === importsOf(m)) return known.answer;
  const answer = loadsRegistering(m, container, key.value, id);
  asked.set(id, { answer, imports: importsOf(m) });
  return answer;
};

/** Whether a container may have more where a package is installed that was not found: it is one that code registers in. */
export const mayHoldMore = (m: Machine, container: Container): boolean =>
  m.optional.size > 0 && registrars(m, container).length > 0;

/** What was answered for the keys of a container, and after which imports. */
const answers = oncePer((_: Container) => new Map<string, { readonly answer: boolean; readonly imports: string }>());

/** What has been imported, as a text that is another one after every import. */
const importsOf = ({ modules, stars, promises, main }: Machine): string =>
  `${modules.size} ${stars.size} ${promises.size} ${(main && promises.get(main)?.size) ?? 0}`;

const loadsRegistering = (m: Machine, container: Container, key: string, id: string): boolean => {
  const ways = registrars(m, container);
  if (ways.length === 0) return false;
  const registers = new RegExp(`\\b(?:def|class)\\s+${escaped(key)}\\b|(['"])${escaped(key)}\\1`);
  const left = new Set<string>();
  for (let again = true; again; ) {
    again = false;
    for (const name of waiting(m)) {
      const file = left.has(name) ? undefined : findFile(m, name);
      if (!file || !(file.package || ways.some((way) => isFound(file, way)))) continue;
      left.add(name);
      if (!file.package && !(file.text.includes(key) && registers.test(file.text))) continue;
      left.delete(name);
      loadModule(m, name);
      if (container.entries.has(id)) return true;
      again = true;
    }
  }
  return left.size > 0;
};

const found = oncePer((_: SourceFile) => new Map<string, boolean>());

/** Whether a file adds in a way: the same files are asked the same for every key of a table. */
const isFound = (file: SourceFile, { name, use }: Way): boolean => {
  const known = found(file);
  const way = name + use;
  const is = known.get(way) ?? using(name, use, isOwn(file, name) ? '\\.' : '\\b').test(file.text);
  known.set(way, is);
  return is;
};

/** Whether a file gives a name a meaning of its own: without a dot before it, it is not what another module has so named. */
const isOwn = ({ text }: SourceFile, name: string): boolean =>
  new RegExp(`^(?:(?:async\\s+)?def|class)\\s+${escaped(name)}\\b|^${escaped(name)}\\s*(?::[^=\\n]*)?=[^=]`, 'm').test(
    text,
  );

/** While an imported module is run, those that come after it have not been run in Python either. */
const isImporting = (m: Machine): boolean => {
  for (let frame = m.frame; frame; frame = frame.caller)
    if (frame.name === '<module>' && frame.module !== m.main && m.modules.get(frame.module.name) === frame.module)
      return true;
  return false;
};

/** Whether the document is what registers the key: it was not there before. */
const isDefined = ({ main }: Machine, key: string): boolean => {
  const defines = new RegExp(`\\b(?:def|class)\\s+${escaped(key)}\\b|@[^\\n]*(['"])${escaped(key)}\\1`);
  return main?.syntax.chunks.some(({ chunk }) => defines.test(chunk.text)) ?? false;
};

/**
 * The modules that imports of modules that were run name, and that were not run themselves; the packages that those are in
 * too, which Python runs first.
 */
const waiting = (m: Machine): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const [name, module] of m.modules)
    for (let at = name.lastIndexOf('.'); module && at > 0; at = name.lastIndexOf('.', at - 1))
      names.add(name.slice(0, at));
  for (const stars of m.stars.values()) for (const name of stars) names.add(name);
  for (const promised of m.promises.values())
    for (const { module, name } of promised.values()) names.add(module).add(`${module}.${name}`);
  for (const name of names) if (m.modules.has(name)) names.delete(name);
  return names;
};

/** One way in which code adds to a container: a name, and the source of a pattern of what is done with it. */
interface Way {
  readonly name: string;
  readonly use: string;
}

const using = (name: string, use: string, before = '\\b'): RegExp => new RegExp(`${before}${escaped(name)}${use}`);

/**
 * How code adds to a container that a module holds: statements that do and the functions beside it with such statements;
 * for one that an instance or a class has, anything that names those, if its own methods add to it. None where it is no
 * registry.
 */
const registrars = (m: Machine, container: Container): readonly Way[] => {
  const found: Way[] = [];
  for (const module of new Set([...m.modules.values(), m.main])) {
    for (const [name, value] of module?.scope.vars ?? []) {
      if (!module) continue;
      if (value === container || (value.kind === 'object' && entriesOf(value) === container)) {
        const ways = [{ name, use: ADDING }, ...handing(module, name)];
        found.push(...ways, ...ways.flatMap((way) => functionsWith(module, way)));
      } else if (value.kind === 'object' || value.kind === 'class') {
        const cls = value.kind === 'class' ? value : value.cls;
        const use = cls.site && usesOf(fillers(cls, nameOf(value.attrs, container)));
        if (use) found.push({ name, use }, ...functionsWith(module, { name, use }));
      }
    }
  }
  return found;
};

/** What fills when it is read is no registry: it keeps what was found. */
const READS = /^__(?:getitem|missing|getattr|contains)__$/;

/** The methods of a class that add to what its instances have under a name, themselves or by one another. */
const fillers = ({ module, name: own }: ClassValue, attr: string | undefined): ReadonlySet<string> => {
  const found = new Set<string>();
  const placed = module?.syntax.chunks.find(({ chunk: { stmt } }) => stmt.kind === 'ClassDef' && stmt.name === own);
  if (attr === undefined || placed?.chunk.stmt.kind !== 'ClassDef') return found;
  const methods = placed.chunk.stmt.body.flatMap((stmt) =>
    stmt.kind === 'FunctionDef' && !READS.test(stmt.name) ? [stmt] : [],
  );
  for (let before = -1; before < found.size; ) {
    before = found.size;
    const ways = [`\\.${escaped(attr)}${ADDING}`, ...[...found].map((name) => `\\.${name}\\b`)];
    const fills = new RegExp(ways.join('|'));
    for (const { name, start, end } of methods) if (fills.test(placed.chunk.text.slice(start, end))) found.add(name);
  }
  return found;
};

/** How a module adds by methods of what it knows by a name; Python calls some of them where nobody names them. */
const usesOf = (methods: ReadonlySet<string>): string | undefined => {
  if (methods.size === 0) return undefined;
  const called = [...methods].some((method) => method.startsWith('__'));
  return called ? '\\b' : `(?:\\.(?:${[...methods].join('|')})|\\s+as)\\b`;
};

const nameOf = (attrs: ReadonlyMap<string, Value>, container: Container): string | undefined => {
  for (const [name, value] of attrs) if (value === container) return name;
  return undefined;
};

const functionsWith = ({ syntax }: ModuleValue, { name, use }: Way): readonly Way[] => {
  const pattern = using(name, use);
  return syntax.chunks.flatMap(({ chunk }) =>
    chunk.stmt.kind === 'FunctionDef' && pattern.test(chunk.text) ? [{ name: chunk.stmt.name, use: '\\b' }] : [],
  );
};

/** How a container is handed to functions beside it that add to their first parameter: `register(table, key, made)`. */
const handing = ({ syntax }: ModuleValue, container: string): readonly Way[] =>
  syntax.chunks.flatMap(({ chunk: { stmt, text } }) => {
    const [first] = stmt.kind === 'FunctionDef' ? stmt.params : [];
    if (stmt.kind !== 'FunctionDef' || !first || !using(first.name, ADDING).test(text)) return [];
    return [{ name: stmt.name, use: `\\(\\s*${escaped(container)}\\b` }];
  });

/** What follows a container's name where something is added to it. */
const ADDING = '(?:\\[[^\\n]*\\]\\s*=[^=]|\\.(?:add|update|setdefault|__setitem__)\\b)';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
