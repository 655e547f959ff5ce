"""Makers of calls to Paddle's tensor functions and methods."""
from record.draw import R, T, Case, any_tensor, axis, bools, broadcastable, ints, maybe, n, sizes, some, some_axes

P = "paddle."
M = "paddle.Tensor."


def both(name):
    """The path of a function that is a method too."""
    return (M if maybe() else P) + name


def axes(t):
    return R.choice([axis(t), list(some_axes(t)), some_axes(t)])


def unary():
    name = R.choice(
        "abs acos asin atan ceil cos cosh digamma erf exp expm1 floor isfinite isinf isnan lgamma log log10 log1p log2 "
        "logical_not neg reciprocal round rsqrt sigmoid sign sin sqrt square tan tanh trunc frac clone nan_to_num".split()
    )
    return Case(both(name), any_tensor(dtype="float32" if maybe(0.85) else R.choice(["int64", "float64"])))


def binary():
    name = R.choice(
        "add subtract multiply divide maximum minimum fmax fmin floor_divide remainder mod pow equal not_equal less_than "
        "less_equal greater_than greater_equal logical_and logical_or logical_xor atan2".split()
    )
    x = any_tensor()
    y = broadcastable(x) if maybe(0.85) else R.choice([2, 0.5])
    return Case(both(name), x, y) if maybe(0.8) or not isinstance(y, T) else Case(P + name, x=x, y=y)


def reshape():
    x = any_tensor(0, 4)
    count = 1
    for size in x.shape:
        count *= size
    target = R.choice([[-1], [count], [0, -1], x.shape[::-1], [1, -1, 1], [2, -1], [0] * len(x.shape), [count, 1, -1]])
    name = R.choice(["reshape", "reshape", "view"])
    if name == "reshape" and maybe(0.2) and target:
        return Case(M + "reshape", x, *target)
    return Case(both(name), x, tuple(target) if maybe(0.3) else list(target))


def rearrange():
    x = any_tensor(1, 4)
    rank = len(x.shape)
    kind = R.randint(0, 8)
    if kind == 0:
        order = R.sample(range(rank), rank)
        return Case(both(R.choice(["transpose", "transpose", "permute"])), x, order)
    if kind == 1:
        return Case(both("unsqueeze"), x, R.choice([axis(x, 1), [axis(x, 1), 0], [0, axis(x, 1)]]))
    if kind == 2:
        x = T(*[s if maybe() else 1 for s in x.shape])
        return Case(both("squeeze"), x, *([axes(x)] if maybe(0.7) else []))
    if kind == 3:
        start, stop = sorted([R.randrange(rank), R.randrange(rank)])
        return Case(both("flatten"), x, **some(start_axis=start, stop_axis=stop))
    if kind == 4:
        return Case(both("flip"), x, axes(x))
    if kind == 5:
        one = maybe(0.6)
        return Case(both("roll"), x, n() if one else [n(), n()], *([] if one and maybe() else [axis(x) if one else [0, -1]]))
    if kind == 6:
        return Case(both("moveaxis"), x, axis(x), axis(x))
    if kind == 7:
        return Case(P + R.choice(["tril", "triu"]), x, *([R.randint(-2, 2)] if maybe() else []))
    return Case(P + "diag", T(*sizes(R.randint(1, 2))), *([R.randint(-2, 2)] if maybe() else []))


def enlarge():
    x = any_tensor(0, 3)
    kind = R.randint(0, 3)
    if kind == 0:
        times = sizes(R.randint(0, 4), 1, 3)
        return Case(both("tile"), x, times)
    if kind == 1:
        return Case(both("repeat_interleave"), x, n(1, 3), *([axis(x)] if maybe() and x.shape else []))
    target = [s if s > 1 and maybe(0.6) else n() for s in x.shape]
    x = T(*[s if maybe() else 1 for s in target])
    lead = sizes(R.randint(0, 2))
    if kind == 2:
        return Case(both("expand_as"), x, T(*lead, *target))
    return Case(both(R.choice(["expand", "broadcast_to"])), x, [*lead, *[d if maybe(0.8) else -1 for d in target]])


def join():
    x = any_tensor(1, 4)
    at = R.randrange(len(x.shape))
    others = [T(*[n() if i == at else s for i, s in enumerate(x.shape)]) for _ in range(R.randint(0, 2))]
    if maybe(0.6):
        return Case(P + "concat", [x, *others], **some(axis=R.choice([at, at - len(x.shape)])))
    return Case(P + "stack", [T(*x.shape) for _ in range(n(1, 3))], **some(axis=lambda: axis(x, 1)))


def split():
    x = any_tensor(1, 3, dtype="float32")
    at = R.randrange(len(x.shape))
    kind = R.randint(0, 3)
    if kind == 0:
        count = n(1, 3)
        x.shape[at] = count * n(1, 3)
        return Case(both(R.choice(["split", "chunk"])), x, count, **({"axis": at} if at or maybe() else {}))
    if kind == 1:
        parts = sizes(R.randint(1, 3), 1, 3)
        x.shape[at] = sum(parts)
        if maybe(0.3):
            parts[R.randrange(len(parts))] = -1
        return Case(both("split"), x, parts, axis=at)
    return Case(both(R.choice(["unbind", "unstack"])), x, **some(axis=at))


def gather():
    x = any_tensor(1, 3)
    at = axis(x)
    kind = R.randint(0, 7)
    if kind == 0:
        return Case(both("gather"), x, ints(*R.choice([[n()], [n()], [n(), 1], []])), **some(axis=R.randrange(len(x.shape))))
    if kind == 1:
        return Case(both("index_select"), x, ints(n()), **some(axis=at))
    if kind == 2:
        return Case(both("gather_nd"), x, ints(*sizes(R.randint(0, 2)), R.randint(1, len(x.shape))))
    if kind == 3:
        index = [n() if i == at % len(x.shape) else (s if maybe(0.8) else 1) for i, s in enumerate(x.shape)]
        return Case(both("take_along_axis"), x, ints(*index), at, **some(broadcast=False))
    if kind == 4:
        count = n(1, 3)
        return Case(both("scatter"), x, ints(count), T(count, *x.shape[1:]), **some(overwrite=False))
    if kind == 5:
        return Case(both("masked_fill"), x, bools(*broadcastable(x).shape), R.choice([0.0, 1, -1e9]))
    if kind == 6:
        return Case(P + "where", bools(*broadcastable(x).shape), x, R.choice([T(*x.shape), broadcastable(x), 0.0]))
    k = n(1, 4)
    return Case(both("topk"), x, k, **some(axis=at, largest=False))


def sort():
    x = any_tensor(0, 3)
    return Case(both(R.choice(["sort", "argsort"])), x, **some(axis=lambda: axis(x), descending=True))


def reduce():
    x = any_tensor(0, 4)
    name = R.choice("sum mean max min prod amax amin all any logsumexp var std norm".split())
    if name in ("all", "any"):
        x.dtype = "bool"
    elif maybe(0.1) and name in ("sum", "max", "min", "prod"):
        x.dtype = "int64"
    along = {} if maybe(0.3) else {"axis": axes(x) if name != "norm" else axis(x)}
    return Case(both(name), x, **along, **some(keepdim=lambda: maybe()))


def place():
    x = any_tensor(0, 4)
    return Case(both(R.choice(["argmax", "argmin"])), x, **some(axis=lambda: axis(x), keepdim=True))


def running():
    x = any_tensor(0, 3)
    name = R.choice(["cumsum", "cumsum", "cumprod", "cummax", "cummin"])
    return Case(both(name), x, *([axis(x)] if maybe(0.7) else []))


def product():
    a, b, c = n(), n(), n()
    lead = sizes(R.randint(0, 2))
    x, y = [*lead, a, b], [*(lead if maybe() else lead[:0]), b, c]
    kind = R.randint(0, 5)
    if kind == 0:
        flags = {}
        if maybe(0.4):
            x[-1], x[-2], flags["transpose_x"] = x[-2], x[-1], True
        if maybe(0.4):
            y[-1], y[-2], flags["transpose_y"] = y[-2], y[-1], True
        return Case(both("matmul"), T(*x), T(*y), **flags)
    if kind == 1:
        return Case(both("matmul"), T(b), T(*y)) if maybe() else Case(both("matmul"), T(*x), T(b))
    if kind == 2:
        size = n()
        return Case(both("bmm"), T(size, a, b), T(size, b, c))
    if kind == 3:
        return Case(both("mm"), T(a, b), T(b, c))
    if kind == 4:
        return Case(P + "addmm", T(*R.choice([[c], [a, c], [1, c]])), T(a, b), T(b, c))
    return Case(P + "einsum", *R.choice([("ij,jk->ik", T(a, b), T(b, c)), ("bij,bjk->bik", T(2, a, b), T(2, b, c)), ("ij->ji", T(a, b))]))


def create():
    kind = R.randint(0, 8)
    shape = sizes(R.randint(0, 3))
    if kind <= 2:
        return Case(P + R.choice(["zeros", "ones", "empty", "rand", "randn"]), shape, **some(dtype=R.choice(["float32", "float64"])))
    if kind == 3:
        return Case(P + "full", shape, R.choice([1, 0.5, True]), **some(dtype="int64"))
    if kind == 4:
        return Case(P + "arange", *R.choice([[n()], [1, n(2, 9)], [0, n(2, 9), 2], [n(), 0, -1], [0, 1, 0.25]]))
    if kind == 5:
        return Case(P + "linspace", 0, 1, n())
    if kind == 6:
        return Case(P + R.choice(["zeros_like", "ones_like", "empty_like"]), any_tensor(), **some(dtype="int64"))
    if kind == 7:
        return Case(P + "eye", n(), *([n()] if maybe() else []))
    return Case(P + R.choice(["uniform", "standard_normal"]), shape)


def convert():
    x = any_tensor(dtype=R.choice(["float32", "int64"]))
    kind = R.randint(0, 2)
    if kind == 0:
        return Case(both("cast"), x, R.choice(["float64", "int32", "bool"]))
    if kind == 1:
        return Case(M + "astype", x, R.choice(["float64", "int64", "float16"]))
    return Case(both("clip"), x, *R.choice([[0, 1], [], [0.5, 1.5]]))


def cut():
    x = T(*sizes(3, 2, 6))
    return R.choice(
        [Case(P + "slice", x, [0, 1], [0, 1], [2, 100]), Case(P + "slice", x, [2], [-2], [-1]),
         Case(P + "strided_slice", x, [0, 2], [0, 1], [5, 6], [2, 1]), Case(P + "meshgrid", T(n()), T(n())),
         Case(P + "add_n", [T(2, 3) for _ in range(n(1, 3))]), Case(P + "broadcast_tensors", [x, broadcastable(x)])]
    )  # fmt: skip


def matrix():
    a, b = n(), n()
    lead = sizes(R.randint(0, 1))
    return R.choice(
        [Case(P + "linalg.norm", T(a, b), axis=R.choice([0, 1, -1])), Case(P + "linalg.pinv", T(*lead, a, b)),
         Case(P + "linalg.svd", T(*lead, a, b)), Case(P + "linalg.qr", T(*lead, a, b)), Case(P + "kron", T(a, b), T(b, a)),
         Case(P + "outer", T(a), T(b)), Case(P + "dot", T(a), T(a)), Case(P + "mv", T(a, b), T(b)), Case(P + "cdist", T(a, b), T(2, b)),
         Case(P + "trace", T(a, b)), Case(P + "fft.fft", T(a, b)), Case(P + "fft.rfft", T(a, b)), Case(P + "fft.fft2", T(2, a, b)),
         Case(P + "fft.fftshift", T(a, b)), Case(P + "tensordot", T(2, a, b), T(a, b, 3))]
    )  # fmt: skip


FAMILIES = [
    (unary, 4), (binary, 6), (reshape, 5), (rearrange, 8), (enlarge, 5), (join, 4), (split, 5), (gather, 7), (sort, 2),
    (reduce, 6), (place, 2), (running, 2), (product, 5), (create, 5), (convert, 3), (cut, 2), (matrix, 3),
]  # fmt: skip
