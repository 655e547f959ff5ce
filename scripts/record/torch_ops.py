"""Makers of calls to PyTorch's layers, functions and methods."""
import torch
from record.draw import R, T, Case, any_tensor, axis, bools, broadcastable, ints, maybe, n, sizes, some, some_axes

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


def activation():
    name = R.choice(
        "relu relu6 elu selu celu leaky_relu silu mish hardswish hardsigmoid hardtanh gelu softplus softsign tanhshrink "
        "logsigmoid hardshrink softshrink sigmoid tanh rrelu".split()
    )
    return Case(F + name, any_tensor())


def activation_layer():
    name = R.choice(
        "ReLU ReLU6 ELU SELU CELU LeakyReLU SiLU Mish Hardswish Hardsigmoid Hardtanh GELU Softplus Softsign Tanhshrink "
        "LogSigmoid Hardshrink Softshrink Sigmoid Tanh RReLU Identity Dropout AlphaDropout Softmax2d PReLU".split()
    )
    t = T(*sizes(4)) if name in ("Softmax2d", "PReLU") else any_tensor(1)
    return Case(NN + name, *([t.shape[1]] if name == "PReLU" and maybe() else []), call=([t], {}))


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


def products():
    a, b, c, d = sizes(4)
    kind = R.randint(0, 10)
    if kind < 3:
        left, right = R.choice(
            [([a, b], [b, c]), ([a], [a]), ([a, b], [b]), ([a], [a, b]), ([d, a, b], [b, c]), ([d, a, b], [d, b, c]), ([a, b], [d, b, c]), ([2, 1, a, b], [d, b, c]), ([d, a, b], [b])]
        )
        return Case(both("matmul"), T(*left), T(*right))
    if kind == 3:
        return Case(both("mm"), T(a, b), T(b, c))
    if kind == 4:
        return Case(both("bmm"), T(d, a, b), T(d, b, c))
    if kind == 5:
        return Case(both(R.choice(["dot", "inner", "outer", "vdot"])), T(a), T(a))
    if kind == 6:
        return Case(both("addmm"), T(*R.choice([[c], [a, c], [1, c]])), T(a, b), T(b, c))
    if kind == 7:
        return Case(both("baddbmm"), T(d, a, c), T(d, a, b), T(d, b, c))
    if kind == 8:
        return Case("torch.cdist", T(d, a, b), T(d, c, b))
    if kind == 9:
        return Case(both("kron"), any_tensor(1, 3), any_tensor(1, 3))
    return Case("torch.tensordot", T(a, b, c), T(b, c, d), **some(dims=2))


def einsum():
    text, shapes = R.choice(
        [
            ("bij,bjk->bik", ["bij", "bjk"]),
            ("b h i d, b h j d -> b h i j", ["bhid", "bhjd"]),
            ("ij,jk", ["ij", "jk"]),
            ("ii->i", ["ii"]),
            ("...d,md->...m", ["abd", "md"]),
            ("bcn,bcm->bnm", ["bcn", "bcm"]),
            ("i,j->ij", ["i", "j"]),
            ("bchw->bc", ["bchw"]),
        ]
    )
    size = {letter: n() for letter in "abcdefghijklmnw"}
    return Case("torch.einsum", text, *[T(*[size[x] for x in s]) for s in shapes])


def einops():
    size = {letter: n() for letter in "bchwndk"}
    kind = R.randint(0, 5)
    if kind == 0:
        return Case("einops.rearrange", T(size["b"], size["n"], size["h"] * size["d"]), "b n (h d) -> b h n d", h=size["h"])
    if kind == 1:
        return Case("einops.rearrange", T(*[size[x] for x in "bchw"]), R.choice(["b c h w -> b (h w) c", "b c h w -> b h w c", "b ... -> b (...)", "b c h w -> (b c) 1 h w"]))
    if kind == 2:
        return Case("einops.repeat", T(size["n"], size["d"]), R.choice(["n d -> b n d", "n d -> (b n) d", "n d -> n d b"]), b=size["b"])
    if kind == 3:
        return Case("einops.reduce", T(*[size[x] for x in "bchw"]), R.choice(["b c h w -> b c", "b c h w -> b", "b c h w -> b c () ()"]), R.choice(["mean", "max", "sum"]))
    if kind == 4:
        return Case("einops.rearrange", T(size["b"], size["c"], 2 * size["h"], 3 * size["w"]), "b c (h p) (w q) -> b (h w) (p q c)", p=2, q=3)
    return Case("einops.layers.torch.Rearrange", "b c h w -> b (c h) w", call=([T(*[size[x] for x in "bchw"])], {}))


def conv():
    d = R.randint(1, 3)
    groups = R.choice([1, 1, 1, 2])
    cin, cout = groups * n(1, 3), groups * n(1, 3)
    k = [n(1, 4) for _ in range(d)]
    space = [n(4, 9) for _ in range(d)]
    batch = [n(1, 2)] if maybe(0.8) else []
    kernel = k[0] if d == 1 or maybe() else tuple(k)
    k = [kernel] * d if isinstance(kernel, int) else k
    options = some(stride=lambda: n(1, 3), dilation=lambda: n(1, 2), padding=lambda: R.choice([0, 1, 2, "same", "valid"]))
    if options.get("padding") == "same":
        options.pop("stride", None)
    if maybe():
        weight = T(cout, cin // groups, *k)
        bias = [T(cout)] if maybe(0.4) else []
        return Case(F + f"conv{d}d", T(*batch, cin, *space), weight, *bias, groups=groups, **options)
    return Case(NN + f"Conv{d}d", cin, cout, kernel, groups=groups, **options, **some(bias=False, padding_mode=lambda: R.choice(["zeros", "zeros", "circular", "replicate"])), call=([T(*batch, cin, *space)], {}))


def conv_transpose():
    d = R.randint(1, 3)
    groups = R.choice([1, 1, 2])
    cin, cout = groups * n(1, 3), groups * n(1, 3)
    k = n(1, 4)
    space = [n(2, 5) for _ in range(d)]
    options = some(stride=lambda: n(1, 3), padding=lambda: n(0, 1), output_padding=lambda: n(0, 1), dilation=lambda: n(1, 2))
    if maybe():
        return Case(F + f"conv_transpose{d}d", T(n(1, 2), cin, *space), T(cin, cout // groups, *[k] * d), groups=groups, **options)
    return Case(NN + f"ConvTranspose{d}d", cin, cout, k, groups=groups, **options, call=([T(n(1, 2), cin, *space)], {}))


def pool():
    d = R.randint(1, 3)
    space = [n(3, 9) for _ in range(d)]
    batch = [n(1, 2)] if maybe(0.8) else []
    t = T(*batch, n(1, 3), *space)
    kind = R.choice(["max", "avg"])
    k = n(1, 3)
    options = some(stride=lambda: n(1, 3), padding=lambda: n(0, k // 2), ceil_mode=maybe)
    if kind == "max" and maybe(0.2):
        options["dilation"] = n(1, 2)
    if maybe():
        return Case(F + f"{kind}_pool{d}d", t, k, **options)
    return Case(NN + f"{kind.title()}Pool{d}d", k if maybe() else tuple([k] * d), **options, call=([t], {}))


def adaptive_pool():
    d = R.randint(1, 3)
    batch = [n(1, 2)] if maybe(0.8) else []
    t = T(*batch, n(1, 3), *[n(3, 9) for _ in range(d)])
    kind = R.choice(["max", "avg"])
    size = n(1, 5) if d == 1 or maybe() else tuple(R.choice([None, n(1, 5)]) for _ in range(d))
    if maybe():
        return Case(F + f"adaptive_{kind}_pool{d}d", t, size)
    return Case(NN + f"Adaptive{kind.title()}Pool{d}d", size, call=([t], {}))


def norm():
    c = n(1, 4)
    d = R.randint(1, 3)
    t = T(n(2, 3), c, *sizes(d, 2, 5))
    kind = R.randint(0, 7)
    if kind == 0:
        return Case(NN + f"BatchNorm{d}d", c, **some(affine=False, track_running_stats=False), call=([t], {}))
    if kind == 1:
        return Case(NN + f"InstanceNorm{d}d", c, **some(affine=True), call=([t], {}))
    if kind == 2:
        g = R.choice([1, c])
        return Case(NN + "GroupNorm", g, c, call=([t], {})) if maybe() else Case(F + "group_norm", t, g)
    if kind in (3, 4):
        last = t.shape[-R.randint(1, 2) :]
        shape = last[0] if len(last) == 1 and maybe() else tuple(last)
        return Case(NN + R.choice(["LayerNorm", "RMSNorm"]), shape, **some(elementwise_affine=False), call=([t], {}))
    if kind == 5:
        return Case(F + "layer_norm", t, tuple(t.shape[-R.randint(1, 2) :]))
    if kind == 6:
        return Case(F + "batch_norm", t, T(c), T(c))
    return Case(F + "instance_norm", t)


def pads():
    t = any_tensor(2, 5)
    kind = R.choice(["constant", "constant", "reflect", "replicate", "circular"])
    if maybe():
        axes = R.randint(1, len(t.shape)) if kind == "constant" else max(1, len(t.shape) - 2)
        return Case(F + "pad", t, tuple(R.randint(-1, 2) for _ in range(2 * axes)), kind)
    d = R.randint(1, 3)
    t = T(*sizes(d + R.randint(1, 2), 3, 6))
    name = R.choice(["Zero", "Constant", "Reflection", "Replication", "Circular"])
    padding = n(0, 2) if maybe() else tuple(n(0, 2) for _ in range(2 * d))
    return Case(NN + f"{name}Pad{d}d", padding, *([1.5] if name == "Constant" else []), call=([t], {}))


def linear():
    i, o = sizes(2)
    t = T(*sizes(R.randint(0, 3)), i)
    if maybe():
        return Case(NN + "Linear", i, o, **some(bias=False), call=([t], {}))
    return Case(F + "linear", t, T(o, i), *([T(o)] if maybe() else []))


def embed():
    kind = R.randint(0, 3)
    t = ints(*sizes(R.randint(0, 3)))
    if kind == 0:
        return Case(NN + "Embedding", 10, n(), **some(padding_idx=lambda: R.choice([0, -1, 9])), call=([t], {}))
    if kind == 1:
        return Case(F + "embedding", t, T(10, n()))
    if kind == 2:
        return Case(F + "one_hot", t, 10)
    return Case(NN + "EmbeddingBag", 10, n(), **some(mode="sum"), call=([ints(n(), n())], {}))


def resize():
    d = R.randint(1, 3)
    t = T(n(1, 2), n(1, 3), *sizes(d, 2, 6))
    linear_mode = {1: "linear", 2: "bilinear", 3: "trilinear"}[d]
    options = {"mode": R.choice(["nearest", linear_mode, "area"])} if maybe() else {}
    how = R.choice([{"size": n(1, 9)}, {"size": tuple(sizes(d))}, {"scale_factor": R.choice([2, 0.5, 1.5, 3.0])}, {"scale_factor": tuple([2.0] * d)}])
    if maybe():
        return Case(F + "interpolate", t, **how, **options)
    return Case(NN + "Upsample", **how, **{k: v for k, v in options.items() if v != "area"}, call=([t], {}))


def shuffle():
    r = n(1, 3)
    kind = R.randint(0, 5)
    if kind == 0:
        return Case(F + "pixel_shuffle", T(n(1, 2), r * r * n(1, 2), n(), n()), r)
    if kind == 1:
        return Case(NN + "PixelUnshuffle", r, call=([T(n(1, 2), n(1, 2), r * n(), r * n())], {}))
    if kind == 2:
        return Case(F + "unfold", T(n(1, 2), n(1, 3), n(4, 8), n(4, 8)), n(1, 3), **some(padding=1, stride=2, dilation=2))
    if kind == 3:
        h, w, k = n(3, 6), n(3, 6), n(1, 3)
        return Case(F + "fold", T(2, 3 * k * k, (h - k + 1) * (w - k + 1)), (h, w), k)
    if kind == 4:
        t = T(n(1, 2), n(1, 3), n(2, 5), n(2, 5))
        return Case(F + "grid_sample", t, T(t.shape[0], n(), n(), 2))
    return Case(NN + "Flatten", *R.choice([[], [0], [1, 2], [2]]), call=([any_tensor(2, 4)], {}))


def rnn():
    i, h = sizes(2)
    name = R.choice(["LSTM", "GRU", "RNN"])
    options = some(num_layers=2, bidirectional=True, batch_first=True, bias=False)
    if name == "LSTM" and h > 1 and maybe(0.3):
        options["proj_size"] = h - 1
    t = T(*sizes(2), i) if maybe(0.8) else T(n(), i)
    args = [t]
    if maybe(0.4):
        layers = options.get("num_layers", 1) * (2 if options.get("bidirectional") else 1)
        b = [] if len(t.shape) == 2 else [t.shape[0 if options.get("batch_first") else 1]]
        h0 = T(layers, *b, options.get("proj_size", h))
        args.append((h0, T(layers, *b, h)) if name == "LSTM" else h0)
    return Case(NN + name, i, h, **options, call=(args, {}))


def cells():
    i, h = sizes(2)
    t = T(n(), i) if maybe(0.8) else T(i)
    name = R.choice(["LSTMCell", "GRUCell", "RNNCell"])
    state = T(*t.shape[:-1], h)
    more = [] if maybe() else [(state, T(*state.shape)) if name == "LSTMCell" else state]
    return Case(NN + name, i, h, call=([t, *more], {}))


def attention():
    heads = n(1, 3)
    e = heads * n(1, 3)
    b, q, k = sizes(3)
    first = maybe()
    shape = lambda length, size: T(*([b, length] if first else [length, b]), size)
    kind = R.randint(0, 4)
    if kind == 0:
        options = some(kdim=n, vdim=n, add_bias_kv=True, add_zero_attn=True, bias=False)
        call = ([shape(q, e), shape(k, options.get("kdim", e)), shape(k, options.get("vdim", e))], some(need_weights=False, average_attn_weights=False))
        return Case(NN + "MultiheadAttention", e, heads, batch_first=first, **options, call=call)
    if kind == 1:
        return Case(NN + "TransformerEncoderLayer", e, heads, n(), batch_first=first, call=([shape(q, e)], {}))
    if kind == 2:
        return Case(NN + "TransformerDecoderLayer", e, heads, n(), batch_first=first, call=([shape(q, e), shape(k, e)], {}))
    if kind == 3:
        return Case(NN + "Transformer", e, heads, 1, 1, n(), batch_first=first, call=([shape(q, e), shape(k, e)], {}))
    mask = [T(q, k)] if maybe(0.3) else []
    return Case(F + "scaled_dot_product_attention", T(b, heads, q, e), T(b, heads, k, e), T(b, heads, k, n()), *mask)


def loss():
    t = any_tensor(1, 3)
    kind = R.randint(0, 3)
    reduction = some(reduction=lambda: R.choice(["mean", "sum", "none"]))
    if kind == 0:
        return Case(F + R.choice(["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div", "binary_cross_entropy_with_logits", "soft_margin_loss"]), t, T(*t.shape), **reduction)
    c = n(2, 5)
    b = n()
    rest = sizes(R.randint(0, 2))
    if kind == 1:
        return Case(F + R.choice(["cross_entropy", "nll_loss"]), T(b, c, *rest), ints(b, *rest), **reduction)
    if kind == 2:
        return Case(NN + R.choice(["MSELoss", "L1Loss", "SmoothL1Loss", "BCEWithLogitsLoss", "KLDivLoss"]), **reduction, call=([t, T(*t.shape)], {}))
    return Case(NN + "CrossEntropyLoss", **reduction, call=([T(b, c, *rest), ints(b, *rest)], {}))


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


def spectra():
    t = any_tensor(1, 3)
    kind = R.randint(0, 3)
    if kind == 0:
        return Case("torch.fft." + R.choice(["fft", "ifft", "rfft"]), t, **some(n=n, dim=lambda: axis(t)))
    if kind == 1:
        return Case("torch.fft.irfft", T(*t.shape, dtype="complex64"), **some(n=n, dim=lambda: axis(t)))
    if kind == 2:
        return Case("torch.fft." + R.choice(["fft2", "rfft2"]), T(*sizes(R.randint(2, 3))))
    return Case("torch.fft." + R.choice(["fftn", "rfftn", "fftshift"]), t)


def linalg():
    a, b = sizes(2)
    lead = sizes(R.randint(0, 1))
    kind = R.randint(0, 3)
    if kind == 0:
        return Case("torch.linalg." + R.choice(["svd", "qr", "pinv", "svdvals", "matrix_norm"]), T(*lead, a, b))
    if kind == 1:
        return Case("torch.linalg." + R.choice(["det", "slogdet", "matrix_exp", "eigvals", "eigh"]), T(*lead, a, a))
    if kind == 2:
        return Case("torch.linalg." + R.choice(["norm", "vector_norm"]), T(*lead, a, b), **some(dim=-1, keepdim=maybe))
    return Case("torch." + R.choice(["det", "svd", "trace", "cov"]), T(a, a))


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
    (unary, 2), (inplace, 1), (activation, 1), (activation_layer, 2), (softmax, 2), (binary, 3), (binary_types, 2), (ternary, 2),
    (reduction, 5), (moments, 1), (view, 3), (permuted_view, 2), (rearrange, 8), (diagonals, 2), (join, 4), (split, 3), (gather, 4),
    (products, 4), (einsum, 2), (einops, 3), (conv, 6), (conv_transpose, 2), (pool, 5), (adaptive_pool, 3), (norm, 4), (pads, 3),
    (linear, 2), (embed, 2), (resize, 3), (shuffle, 3), (rnn, 3), (cells, 1), (attention, 3), (loss, 3), (create, 3), (spectra, 2),
    (linalg, 2), (index, 6), (misc, 3),
]  # fmt: skip
