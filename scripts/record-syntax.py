"""Records where Python's own `ast` places the nodes of small snippets: python scripts/record-syntax.py

Needs CPython 3.12 or newer, whose places inside of formatted strings are exact. Columns are written as offsets in
UTF-16 code units from the start of the snippet, as editors count. Boolean operators are left out: Python keeps a
chain of them in one node, our tree in nested ones.
"""

import ast
import json
import pathlib

SNIPPETS = [
    "y = (a + b) * -c ** 2 @ (d)\n",
    "x = not (a) in b if (c) else ~d\n",
    "self.conv = nn.Sequential(\n    nn.Conv2d(3, 64, kernel_size=(3, 3), **kw),  # 卷积\n    *(layers[i](x) for i in range(2)),\n)\n",
    "z = x[..., None, 1:2, ::-1][:, (0)], y[a,], w[*b]\n",
    "x = '批归一化' + f(\"😀\", 层.名)[0]\n",
    "@decorator(a.b)\n@c\nasync def f(a, /, b: int = 1, *args: T, c, d=(2), **kw) -> Optional[Tensor]:\n    await g(x for x in y)\n    return a if b else lambda q: (q, c)\n",
    "class A(B, metaclass=M):\n    x: List[int] | None = [1, *b]\n\n    def f(self): return self.x; pass;\n",
    "if a < b <= (c): pass\nelif d:\n    e = 1,\nelse:\n    del f, (g)\n",
    "for i, (j) in enumerate(x): y += i\nelse: pass\nwhile (n := n - 1): break\n",
    "with (open(a)), c as (d, e):\n    pass\n",
    "with (open(a) as f, open(b) as g):\n    pass\n",
    "try:\n    raise A(b) from c\nexcept (D, E) as e:\n    assert x, 'm'\nexcept F: pass\nfinally:\n    global q\n",
    "x = {**a, 'k': [i for i in b if i], **(c)}; y = {z: w for z, w in v}, {u for u in t}\n",
    "s = f'{a.b!r:>{w + 1}} {c[0]=}' 'tail'; t = (b'x'\n    b'y')\n",
    "x = a & b ^ c | d << 1\ny = await_ = 2 ** -n\n",
    "match x.y:\n    case [A(b=1), *_] if c(): z = -1\n    case {'k': v, **rest} | None: pass\n",
    "from .a import (b as c, d)\nimport e.f as g, h\nx = yield\ny = (yield from z)\n",
    "async def g():\n    r = await x ** 2\n    async for i in a: pass\n    return *b, c\n",
]

NAMES = {
    "Expr": "ExprStmt", "AsyncFunctionDef": "FunctionDef", "AsyncFor": "For", "AsyncWith": "With", "TryStar": "Try",
    "JoinedStr": "FString", "ListComp": "Comprehension", "SetComp": "Comprehension", "DictComp": "Comprehension",
    "GeneratorExp": "Comprehension", "YieldFrom": "Yield",
}  # fmt: skip
LEFT_OUT = {"BoolOp", "FormattedValue"}


def kind_of(node):
    if isinstance(node, (ast.Constant, ast.MatchSingleton)):
        if node.value is None or node.value is ... or isinstance(node.value, bool):
            return "Constant"
        return "Str" if isinstance(node.value, (str, bytes)) else "Num"
    name = type(node).__name__
    return NAMES.get(name, name)


def places(source):
    lines = source.encode().split(b"\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + units(line) + 1)

    def offset(line, column):
        return starts[line - 1] + units(lines[line - 1][:column])

    tree = ast.parse(source)
    calls = [node.args for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls += [node.bases for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    # Our arguments carry their star themselves.
    starred_arguments = {each for arguments in calls for each in arguments if isinstance(each, ast.Starred)}
    found = set()

    def visit(node):
        if isinstance(node, ast.JoinedStr):
            inner = [part for part in ast.walk(node) if isinstance(part, ast.FormattedValue)]
            children = [part.value for part in inner]
        else:
            children = list(ast.iter_child_nodes(node))
        if isinstance(node, (ast.expr, ast.stmt, ast.MatchSingleton)) and node not in starred_arguments:
            start = offset(node.lineno, node.col_offset)
            found.add((kind_of(node), start, offset(node.end_lineno, node.end_col_offset)))
        for child in children:
            visit(child)

    visit(tree)
    found = {each for each in found if each[0] not in LEFT_OUT}
    return sorted(found, key=lambda each: (each[1], -each[2], each[0]))


def units(line):
    return len(line.decode().encode("utf-16-le")) // 2


if __name__ == "__main__":
    path = pathlib.Path(__file__).parent.parent / "test" / "golden" / "syntax" / "places.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    snippets = [json.dumps({"source": source, "nodes": places(source)}, ensure_ascii=False) for source in SNIPPETS]
    path.write_text("[\n  " + ",\n  ".join(snippets) + "\n]\n", encoding="utf-8")
