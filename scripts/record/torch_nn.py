"""Makers of calls to PyTorch's layers and to the functions behind them."""
from record.draw import R, T, Case, any_tensor, ints, maybe, n, sizes, some

F = "torch.nn.functional."
NN = "torch.nn."


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


FAMILIES = [
    (activation, 1), (activation_layer, 2), (conv, 6), (conv_transpose, 2), (pool, 5), (adaptive_pool, 3), (norm, 4),
    (pads, 3), (linear, 2), (embed, 2), (resize, 3), (shuffle, 3), (rnn, 3), (cells, 1), (attention, 3), (loss, 3),
]  # fmt: skip
