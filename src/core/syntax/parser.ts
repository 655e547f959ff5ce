import { Language, Parser as TreeSitter, type Node as TreeSitterNode } from 'web-tree-sitter';
import type { SyntaxFault } from './ast';
import { type CursorRuntime, isCursorRuntime, type Kinds, kindsOf, type Tree, treeOf } from './tree';

/** The grammar of Python, ready to parse; made once by `createParser`. */
export interface Parser {
  readonly engine: TreeSitter;
  readonly runtime: CursorRuntime;
  readonly kinds: Kinds;
}

/** Either a tree without any error, or the errors. */
export type Parsed =
  | { readonly tree: Tree; readonly faults?: never }
  | { readonly tree?: never; readonly faults: readonly SyntaxFault[] };

/**
 * Loads the parser from the bytes of `web-tree-sitter.wasm` and `tree-sitter-python.wasm`. Rejects when they are not
 * those of the versions that this was built with.
 */
export const createParser = async (runtimeWasm: Uint8Array, grammarWasm: Uint8Array): Promise<Parser> => {
  loading ??= load(runtimeWasm).catch((reason: unknown) => {
    loading = undefined;
    throw reason;
  });
  const runtime = await loading;
  const language = await Language.load(grammarWasm);
  const engine = new TreeSitter();
  engine.setLanguage(language);
  return { engine, runtime, kinds: kindsOf(language) };
};

/** The runtime is one for all parsers: it keeps its module and hands it out only once. */
let loading: Promise<CursorRuntime> | undefined;

const load = async (wasmBinary: Uint8Array): Promise<CursorRuntime> => {
  const runtime = { wasmBinary };
  await TreeSitter.init(runtime);
  if (!isCursorRuntime(runtime)) throw new Error('web-tree-sitter has no cursor functions that we know');
  return runtime;
};

/** Parses a text from its first token on; the tree that the parser made is freed at once. */
export const parseTree = (parser: Parser, text: string): Parsed => {
  const tree = parser.engine.parse(text);
  if (!tree) return { faults: [{ kind: 'error', start: 0, end: text.length }] };
  const root = tree.rootNode;
  const parsed: Parsed = root.hasError ? { faults: faultsOf(root) } : { tree: treeOf(parser, tree, text) };
  tree.delete();
  return parsed;
};

/** The outermost errors and everything that the parser had to assume. */
const faultsOf = (root: TreeSitterNode): readonly SyntaxFault[] => {
  const faults: SyntaxFault[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { startIndex: start, endIndex: end } = node;
    if (node.isMissing) faults.push({ kind: 'missing', start, end, expected: expectation(node) });
    else if (node.isError) faults.push({ kind: 'error', start, end });
    else if (node.hasError) for (const child of node.children) pending.push(child);
  }
  return faults;
};

const expectation = (node: TreeSitterNode): string => (node.isNamed ? 'expression' : node.type);
