"""Makers of calls to PyTorch's functions and methods of tensors."""
import torch
from record.draw import R, T, Case, any_tensor, axis, broadcastable, ints, maybe, n, sizes, some, some_axes

F = "torch.nn.functional."
M = "torch.Tensor."
NN = "torch.nn."


def both(name):
    """The path of a function that is a method too."""
    return (M if maybe() else "torch.") + name


def unary():
    name = R.choice(
        "abs acos angle asin atan ceil cos cosh digamma erf erfc exp exp2 expm1 floor frac isfinite isinf isnan lgamma log log10 "
        "log1p log2 logical_not neg reciprocal round rsqrt sgn sigmoid sign sin sinc sqrt square tan tanh trunc relu signbit "
        "nan_to_num logit detach clone i0 rad2deg positive conj isreal".split()
    )
    dtype = "float32" if maybe(0.8) else R.choice(["int64", "float64", "bool"])
    return Case(both(name), any_tensor(dtype=dtype))


def inplace():
    name = R.choice("abs_ neg_ exp_ sqrt_ relu_ sigmoid_ tanh_ floor_ round_ zero_ square_ sin_ clamp_min_".split())
    return Case(M + name, any_tensor(), *([0] if name == "clamp_min_" else []))


def softmax():
    t = any_tensor(1)
    kind = R.randint(0, 3)
    if kind == 0:
        return Case(F + R.choice(["softmax", "log_softmax", "softmin"]), t, axis(t))
    if kind == 1:
        return Case(both(R.choice(["softmax", "log_softmax"])), t, dim=axis(t))
    if kind == 2:
        return Case(NN + R.choice(["Softmax", "LogSoftmax", "Softmin"]), dim=axis(t), call=([t], {}))
    return Case(F + R.choice(["gumbel_softmax", "normalize"]), t, dim=axis(t))


def binary():
    t = any_tensor()
    name = R.choice(
        "add sub mul div true_divide floor_divide remainder fmod pow maximum minimum fmax fmin atan2 hypot logaddexp copysign "
        "xlogy eq ne lt le gt ge logical_and logical_or float_power".split()
    )
    scalar = R.choice([2, 0.5]) if name not in ("maximum", "minimum", "fmax", "fmin", "atan2", "hypot", "logaddexp", "logical_and", "logical_or") else None
    return Case(both(name), t, scalar if scalar is not None and maybe(0.3) else broadcastable(t))


def binary_types():
    t = any_tensor(0, 2, dtype=R.choice(["float32", "float64", "int64", "bool", "int32", "uint8"]))
    other = T(*t.shape, dtype=R.choice(["float32", "float64", "int64", "bool", "int32", "uint8", "float16"]))
    return Case(both(R.choice(["add", "mul", "div", "eq", "maximum", "pow"])), t, R.choice([other, other, 2, 0.5]))


def ternary():
    t = any_tensor()
    kind = R.randint(0, 5)
    if kind == 0:
        return Case("torch.where", T(*broadcastable(t).shape, dtype="bool"), t, R.choice([0.0, broadcastable(t)]))
    if kind == 1:
        return Case(both(R.choice(["clamp", "clip"])), t, **R.choice([{"min": 0}, {"max": 1.0}, {"min": 0, "max": 1}, {"min": broadcastable(t)}]))
    if kind == 2:
        return Case(both("lerp"), t, T(*t.shape), R.choice([0.5, T(*t.shape)]))
    if kind == 3:
        return Case(both(R.choice(["addcmul", "addcdiv"])), t, broadcastable(t), broadcastable(t))
    if kind == 4:
        return Case(both("masked_fill"), t, T(*broadcastable(t).shape, dtype="bool"), R.choice([0, 1.5]))
    return Case("torch.complex", t, T(*t.shape))


def reduction():
    t = any_tensor(dtype="float32" if maybe(0.9) else R.choice(["int64", "bool"]))
    name = R.choice(
        "sum mean std var prod any all amax amin argmax argmin max min median logsumexp norm nansum nanmean count_nonzero mode "
        "aminmax cumsum cumprod logcumsumexp cummax cummin kthvalue quantile nanmedian".split()
    )
    where = axis(t)
    if name in ("cumsum", "cumprod", "logcumsumexp", "cummax", "cummin"):
        return Case(both(name), t, where)
    if name == "kthvalue":
        return Case(both(name), t, 1, where)
    if name == "quantile":
        return Case(both(name), t, 0.5, **some(dim=where, keepdim=maybe))
    if name == "aminmax":
        return Case(both(name), t, **some(dim=where, keepdim=maybe))
    if maybe(0.2) and name not in ("logsumexp",):
        return Case(both(name), t)
    several = name in ("sum", "mean", "std", "var", "any", "all", "amax", "amin", "logsumexp", "norm", "nansum", "nanmean", "count_nonzero")
    dims = some_axes(t) if several and maybe() else where
    more = {} if name == "count_nonzero" else some(keepdim=maybe)
    return Case(both(name), t, dim=dims, **more) if maybe() or name == "norm" else Case(both(name), t, dims, **more)


def moments():
    t = any_tensor(1)
    return Case(R.choice(["torch.var_mean", "torch.std_mean"]), t, dim=some_axes(t), **some(keepdim=maybe, correction=0))


def factor(total, count):
    """So many numbers whose product is total."""
    parts = []
    for _ in range(count - 1):
        d = R.choice([d for d in range(1, total + 1) if total % d == 0])
        parts.append(d)
        total //= d
    return parts + [total]


def product(shape):
    total = 1
    for s in shape:
        total *= s
    return total


def view():
    t = any_tensor(0, 4)
    target = factor(product(t.shape), R.randint(1, 4))
    if maybe():
        target[R.randrange(len(target))] = -1
    name = R.choice(["view", "reshape"])
    return Case(M + name, t, *(target if maybe() else [tuple(target)]))


def permuted_view():
    """A view of a tensor that no longer lies row by row."""
    t = any_tensor(2, 4)
    order = R.sample(range(len(t.shape)), len(t.shape))
    target = factor(product(t.shape), R.randint(1, 3))
    return Case("chain", ["permute", t, *order], [R.choice(["view", "reshape", "flatten"]), None, *target][: 2 if maybe(0.3) else None])


def rearrange():
    t = any_tensor(1, 4)
    rank = len(t.shape)
    kind = R.randint(0, 15)
    if kind == 0:
        return Case(M + "permute", t, *R.sample(range(rank), rank))
    if kind == 1:
        return Case(both(R.choice(["transpose", "swapaxes"])), t, axis(t), axis(t))
    if kind == 2:
        return Case(both("unsqueeze"), t, axis(t, 1))
    if kind == 3:
        t = T(*[R.choice([1, 1, 3]) for _ in range(R.randint(0, 4))])
        return Case(both("squeeze"), t, *([] if maybe(0.4) else [axis(t) if maybe(0.7) else some_axes(t)]))
    if kind == 4:
        return Case(both("flatten"), t, *([] if maybe(0.3) else sorted(R.choices(range(rank), k=R.randint(1, 2)))))
    if kind == 5:
        i = R.randrange(rank)
        parts = factor(t.shape[i], R.randint(1, 3))
        if maybe():
            parts[R.randrange(len(parts))] = -1
        return Case(both("unflatten"), t, i, tuple(parts))
    if kind == 6:
        shape = [s if s > 1 or maybe() else n() for s in t.shape]
        target = sizes(R.randint(0, 2)) + [s if s == o else o for s, o in zip(shape, [x if x > 1 else n() for x in t.shape])]
        target = [-1 if maybe(0.2) and i >= len(target) - rank else s for i, s in enumerate(target)]
        return Case(M + "expand", t, *target)
    if kind == 7:
        return Case(M + "repeat", t, *sizes(rank + R.randint(0, 1), 1, 3))
    if kind == 8:
        return Case(both("tile"), t, tuple(sizes(R.randint(1, 4), 1, 3)))
    if kind == 9:
        return Case(both("repeat_interleave"), t, n(1, 3), *([axis(t)] if maybe(0.8) else []))
    if kind == 10:
        return Case(both("flip"), t, some_axes(t))
    if kind == 11:
        return Case(both("roll"), t, *R.choice([[n(), axis(t)], [n()], [(1, 2), (0, -1)]]))
    if kind == 12:
        return Case(both(R.choice(["movedim", "moveaxis"])), t, axis(t), axis(t))
    if kind == 13:
        i = R.randrange(rank)
        size = n(1, t.shape[i])
        return Case(M + "unfold", t, i, size, n(1, 3))
    if kind == 14:
        i = R.randrange(rank)
        start = R.randint(0, t.shape[i] - 1)
        return Case(both("narrow"), t, i, start, R.randint(0, t.shape[i] - start))
    return Case(both("select"), t, axis(t), R.randint(-2, 2))


def diagonals():
    t = any_tensor(1, 3)
    name = R.choice(["diagonal", "diag", "diag_embed", "tril", "triu", "diagflat", "rot90", "t", "trace", "adjoint"])
    return Case(both(name), t, *([R.randint(-2, 2)] if maybe(0.3) and name in ("diagonal", "diag", "diag_embed", "tril", "triu", "rot90") else []))


def join():
    t = any_tensor(1, 4)
    i = R.randrange(len(t.shape))
    kind = R.randint(0, 7)
    if kind < 3:
        many = [T(*[n() if k == i else s for k, s in enumerate(t.shape)]) for _ in range(R.randint(1, 3))]
        return Case(R.choice(["torch.cat", "torch.concat"]), many if maybe(0.7) else tuple(many), *([i] if maybe() else []), **({} if i == 0 or maybe(0) else {}))
    if kind < 5:
        return Case("torch.stack", [T(*t.shape) for _ in range(R.randint(1, 3))], **some(dim=lambda: axis(t, 1)))
    if kind == 5:
        return Case("torch." + R.choice(["hstack", "vstack", "dstack"]), [T(*t.shape), T(*t.shape)])
    if kind == 6:
        return Case("torch.meshgrid", *[T(n()) for _ in range(R.randint(1, 3))], **some(indexing=lambda: R.choice(["ij", "xy"])))
    return Case("torch." + R.choice(["broadcast_tensors", "block_diag", "cartesian_prod", "atleast_2d", "atleast_3d"]), T(n()), T(n()))


def split():
    t = any_tensor(1, 3)
    i = R.randrange(len(t.shape))
    size = t.shape[i]
    kind = R.randint(0, 4)
    if kind == 0:
        return Case(both("chunk"), t, n(1, 4), i)
    if kind == 1:
        return Case(both("split"), t, n(1, 4), dim=i)
    if kind == 2:
        cut = R.randint(0, size)
        return Case(both("split"), t, [cut, size - cut], i)
    if kind == 3:
        return Case(both("unbind"), t, i)
    return Case(both("tensor_split"), t, R.choice([n(1, 4), (1, 3)]), i)


def gather():
    t = any_tensor(1, 3)
    i = R.randrange(len(t.shape))
    index = ints(*[n(0, s) if k != i else n(0, 5) for k, s in enumerate(t.shape)])
    kind = R.randint(0, 7)
    if kind == 0:
        return Case(both("gather"), t, i, index)
    if kind == 1:
        return Case(both("scatter"), t, i, index, R.choice([1.0, T(*index.shape)]))
    if kind == 2:
        return Case(both("scatter_add"), t, i, index, T(*index.shape))
    if kind == 3:
        return Case(both("index_select"), t, i, ints(n(0, 4)))
    if kind == 4:
        return Case(both("topk"), t, R.randint(0, t.shape[i]), i)
    if kind == 5:
        return Case(both(R.choice(["sort", "argsort", "msort"])), t, *([i] if maybe() else []))
    if kind == 6:
        return Case(both("take_along_dim"), t, ints(*[1 if maybe(0.3) else s for s in t.shape]), i)
    return Case(both("index_add"), t, i, ints(2), T(*[2 if k == i else s for k, s in enumerate(t.shape)]))


def create():
    kind = R.randint(0, 9)
    shape = sizes(R.randint(1, 3), 0, 4)
    if kind < 3:
        return Case("torch." + R.choice(["zeros", "ones", "empty", "rand", "randn"]), *(shape if maybe() else [tuple(shape)]), **some(dtype=torch.float64))
    if kind == 3:
        return Case("torch.full", tuple(shape), R.choice([1, 0.5, True]))
    if kind == 4:
        return Case("torch." + R.choice(["zeros_like", "ones_like", "empty_like", "rand_like", "randn_like"]), any_tensor())
    if kind == 5:
        return Case("torch.arange", *R.choice([[n()], [n(0, 3), n(3, 9)], [0, n(), 2], [0, 1, 0.25], [9, 0, -2]]))
    if kind == 6:
        return Case("torch.linspace", 0, 1, n())
    if kind == 7:
        return Case("torch.eye", *sizes(R.randint(1, 2)))
    if kind == 8:
        return Case(M + R.choice(["new_zeros", "new_ones", "new_empty"]), any_tensor(), *(shape if maybe() else [tuple(shape)]))
    return Case("torch.randint", 0, 9, tuple(shape))


def index():
    """A subscript: numbers, slices, None, an ellipsis, index tensors, lists and masks."""
    t = any_tensor(1, 4)
    items = []
    left = len(t.shape)
    dotted = False
    while left > 0 and (len(items) == 0 or maybe(0.7)):
        at = len(t.shape) - left
        kind = R.randint(0, 8)
        if kind <= 2:
            low, high = R.choice([None, R.randint(-3, 4)]), R.choice([None, R.randint(-3, 5)])
            items.append(["S", low, high, R.choice([None, None, 2])])
        elif kind <= 4:
            items.append(R.randint(-t.shape[at], t.shape[at] - 1) if not dotted else 0)
        elif kind == 5:
            items.append(None)
            continue
        elif kind == 6 and not dotted:
            items.append("...")
            dotted = True
            continue
        elif kind == 7:
            items.append(ints(*R.choice([[2], [2], [1], [2, 2], []])))
        else:
            items.append([0] * R.randint(1, 3))
        left -= 1
    return Case("index", t, *items)


def misc():
    t = any_tensor(1, 3)
    kind = R.randint(0, 7)
    if kind == 0:
        return Case(M + R.choice(["float", "long", "half", "double", "bool", "int", "cpu", "contiguous"]), t)
    if kind == 1:
        return Case(M + "to", t, R.choice([torch.float64, torch.int64, "cpu"]))
    if kind == 2:
        return Case(M + R.choice(["size", "dim", "numel"]), t)
    if kind == 3:
        return Case(M + R.choice(["expand_as", "view_as", "reshape_as", "type_as"]), t, T(*t.shape))
    if kind == 4:
        return Case(F + "glu", T(*t.shape[:-1], 2 * t.shape[-1]))
    if kind == 5:
        return Case(F + "cosine_similarity", t, T(*t.shape), **some(dim=lambda: axis(t)))
    if kind == 6:
        return Case(F + R.choice(["dropout", "dropout2d", "feature_alpha_dropout"]), t, **some(p=lambda: R.choice([0.1, 0.5, 1.0])))
    return Case("torch.bincount", ints(n()))


FAMILIES = [
    (unary, 2), (inplace, 1), (softmax, 2), (binary, 3), (binary_types, 2), (ternary, 2), (reduction, 5), (moments, 1),
    (view, 3), (permuted_view, 2), (rearrange, 8), (diagonals, 2), (join, 4), (split, 3), (gather, 4), (create, 3),
    (index, 6), (misc, 3),
]  # fmt: skip
