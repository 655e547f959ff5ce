import type { Language, Tree as TreeSitterTree } from 'web-tree-sitter';
import { isFormatted } from './lines/literal-end';

/** A syntax tree as columns, one row a node, parents before children: plain data that needs no release. */
export interface Tree {
  readonly kinds: readonly string[];
  /** Offsets in the parsed text; −1 for words and signs whose place nobody asks for. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The row behind the node's last descendant. */
  readonly nexts: readonly number[];
}

/** What the grammar's kinds of nodes are called and how each is read, by the grammar's numbers. */
export interface Kinds {
  readonly names: readonly string[];
  readonly visits: readonly Visit[];
}

export const kindsOf = (language: Language): Kinds => {
  const names: string[] = [];
  const visits: Visit[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.nodeTypeForId(id) ?? '';
    const named = language.nodeTypeIsNamed(id);
    names.push(named || !ambiguous.has(name) ? name : `${name} word`);
    visits.push(visitOf(name, named));
  }
  return { names, visits };
};

/**
 * The functions behind `TreeCursor`. The class copies the cursor into the memory of WASM and back at every step; left
 * there, where the functions expect it, a walk takes a quarter of the time.
 */
export type CursorRuntime = Readonly<Record<(typeof cursorFunctions)[number], (tree: number) => number>>;

const cursorFunctions = [
  '_ts_tree_root_node_wasm',
  '_ts_tree_cursor_new_wasm',
  '_ts_tree_cursor_delete_wasm',
  '_ts_tree_cursor_goto_first_child_wasm',
  '_ts_tree_cursor_goto_next_sibling_wasm',
  '_ts_tree_cursor_goto_parent_wasm',
  '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_start_index_wasm',
  '_ts_tree_cursor_end_index_wasm',
] as const;

export const isCursorRuntime = (runtime: object): runtime is CursorRuntime =>
  cursorFunctions.every((name) => typeof Reflect.get(runtime, name) === 'function');

/** `bare` has neither place nor children, `leaf` a place, `string` children only when it is formatted. */
type Visit = 'bare' | 'leaf' | 'string' | 'inner' | 'skip';

/** Words that are also the name of a node with children. */
const ambiguous: ReadonlySet<string> = new Set(['lambda', 'yield', 'await', 'type']);
/** Signs and words whose place counts. */
const placed: ReadonlySet<string> = new Set([':', ',', '=', '{', '}', 'else']);
const leaves: ReadonlySet<string> = new Set([
  ...['identifier', 'integer', 'float', 'true', 'false', 'none', 'ellipsis', 'type_conversion', 'import_prefix'],
  ...['string_start', 'string_content', 'string_end', 'wildcard_import'],
  ...['pass_statement', 'break_statement', 'continue_statement'],
]);
const skipped: ReadonlySet<string> = new Set(['comment', 'line_continuation']);

const visitOf = (name: string, named: boolean): Visit => {
  if (!named) return placed.has(name) ? 'leaf' : 'bare';
  if (skipped.has(name)) return 'skip';
  if (name === 'string') return 'string';
  return leaves.has(name) ? 'leaf' : 'inner';
};

/** A string that has no fields is read from its text. */
const hasFields = (text: string, start: number): boolean =>
  isFormatted(text.slice(start, start + 2).replace(/["'].*/, ''));

/** The rows of a tree of the parser, by one walk of a cursor that stays in the memory of WASM. */
export const treeOf = ({ runtime, kinds }: Walk, source: TreeSitterTree, text: string): Tree => {
  const address: unknown = Reflect.get(source, 0);
  const at = typeof address === 'number' ? address : 0;
  runtime._ts_tree_root_node_wasm(at);
  runtime._ts_tree_cursor_new_wasm(at);
  const tree = walk({ runtime, kinds }, at, text);
  runtime._ts_tree_cursor_delete_wasm(at);
  return tree;
};

type Columns = { readonly [Name in keyof Tree]: Tree[Name][number][] };

interface Walk {
  readonly runtime: CursorRuntime;
  readonly kinds: Kinds;
}

const walk = ({ runtime, kinds: { names, visits } }: Walk, address: number, text: string): Tree => {
  const {
    _ts_tree_cursor_goto_first_child_wasm: firstChild,
    _ts_tree_cursor_goto_next_sibling_wasm: nextSibling,
    _ts_tree_cursor_goto_parent_wasm: parent,
    _ts_tree_cursor_current_node_type_id_wasm: typeId,
    _ts_tree_cursor_start_index_wasm: startIndex,
    _ts_tree_cursor_end_index_wasm: endIndex,
  } = runtime;
  const tree: Columns = { kinds: [], starts: [], ends: [], nexts: [] };
  const parents: number[] = [];
  for (;;) {
    const id = typeId(address);
    const visit = visits[id] ?? 'inner';
    const row = tree.kinds.length;
    if (visit !== 'skip') {
      tree.kinds.push(names[id] ?? '');
      tree.starts.push(visit === 'bare' ? -1 : startIndex(address));
      tree.ends.push(visit === 'bare' ? -1 : endIndex(address));
      tree.nexts.push(row + 1);
    }
    const inner = visit === 'inner' || (visit === 'string' && hasFields(text, tree.starts[row] ?? 0));
    if (inner && firstChild(address)) {
      parents.push(row);
      continue;
    }
    while (!nextSibling(address)) {
      const above = parents.pop();
      if (above === undefined) return tree;
      parent(address);
      tree.nexts[above] = tree.kinds.length;
    }
  }
};
