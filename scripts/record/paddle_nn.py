"""Makers of calls to Paddle's layers and functionals."""
from record.draw import R, T, Case, any_tensor, axis, broadcastable, ints, maybe, n, sizes, some

F = "paddle.nn.functional."
NN = "paddle.nn."
FIRST = {1: "NCL", 2: "NCHW", 3: "NCDHW"}
LAST = {1: "NLC", 2: "NHWC", 3: "NDHWC"}


def one_or_all(count, low=1, high=3):
    return n(low, high) if maybe() else sizes(count, low, high)


def paddings(count, kernel=3):
    """Padding in each of the forms that are taken, and one that is not."""
    kind = R.randint(0, 9)
    if kind < 4:
        return R.randint(0, max(1, kernel // 2))
    if kind == 4:
        return sizes(count, 0, 2)
    if kind == 5:
        return sizes(2 * count, 0, 2)
    if kind == 6:
        return [[0, 0], [0, 0], *[sizes(2, 0, 2) for _ in range(count)]]
    if kind == 7:
        return R.choice(["SAME", "same", "VALID", "valid", "full"])
    return 0


def features(count, channels, last, low=3, high=12):
    space = sizes(count, low, high)
    return T(n(1, 3), *space, channels) if last else T(n(1, 3), channels, *space)


def layout(count, p=0.2):
    last = maybe(p)
    return last, {"data_format": LAST[count]} if last else some(data_format=FIRST[count])


def conv():
    count = R.choice([1, 2, 2, 2, 3])
    groups = R.choice([1, 1, 2, 3])
    inside, outside = groups * n(1, 3), groups * n(1, 3)
    kernel = n(1, 4)
    last, format = layout(count)
    x = features(count, inside, last, 3, 12 if count < 3 else 6)
    rest = some(stride=lambda: one_or_all(count), padding=lambda: paddings(count, kernel), dilation=lambda: one_or_all(count, 1, 2))
    if groups > 1 or maybe(0.2):
        rest["groups"] = groups
    if maybe(0.4):
        weight = T(outside, inside // groups, *([kernel] * count))
        bias = [T(outside)] if maybe() else []
        return Case(F + f"conv{count}d", x, weight, *bias, **rest, **format)
    more = some(bias_attr=False, padding_mode=lambda: R.choice(["zeros", "reflect", "replicate", "circular"]), weight_attr=None)
    size = kernel if maybe() else [kernel] * count
    return Case(NN + f"Conv{count}D", inside, outside, size, **rest, **more, **format, call=[[x], {}])


def conv_transpose():
    count = R.choice([1, 2, 2, 2, 3])
    groups = R.choice([1, 1, 2])
    inside, outside = groups * n(1, 3), n(1, 3)
    kernel = n(1, 4)
    last, format = layout(count)
    x = features(count, inside, last, 1, 8 if count < 3 else 4)
    rest = some(
        stride=lambda: one_or_all(count), padding=lambda: paddings(count, kernel), dilation=lambda: one_or_all(count, 1, 2),
        output_padding=lambda: R.choice([0, 0, 1]),
    )  # fmt: skip
    if groups > 1:
        rest["groups"] = groups
    asked = {"output_size": [s * 2 for s in (x.shape[1:-1] if last else x.shape[2:])]} if maybe(0.1) else {}
    if maybe(0.4):
        weight = T(inside, outside, *([kernel] * count))
        bias = [T(outside * groups)] if maybe() else []
        return Case(F + f"conv{count}d_transpose", x, weight, *bias, **rest, **asked, **format)
    return Case(
        NN + f"Conv{count}DTranspose", inside, outside * groups, kernel, **rest, **some(bias_attr=False), **format, call=[[x], asked]
    )


def pool():
    count = R.choice([1, 2, 2, 2, 3])
    kind = R.choice(["max", "max", "avg"])
    kernel = one_or_all(count, 1, 4)
    last, format = layout(count) if count > 1 else (False, {})
    x = features(count, n(1, 3), last, 1, 10 if count < 3 else 6)
    rest = some(stride=lambda: one_or_all(count), padding=lambda: paddings(count), ceil_mode=lambda: maybe())
    if kind == "max":
        rest |= {"return_mask": True} if maybe(0.2) else {}
    else:
        rest |= some(exclusive=lambda: maybe())
    if maybe():
        return Case(F + f"{kind}_pool{count}d", x, kernel, **rest, **format)
    name = {"max": "MaxPool", "avg": "AvgPool"}[kind] + f"{count}D"
    return Case(NN + name, kernel, **rest, **format, call=[[x], {}])


def adaptive_pool():
    count = R.choice([1, 2, 2, 3])
    kind = R.choice(["avg", "avg", "max"])
    size = n(1, 5) if maybe() else [R.choice([1, 2, 3, None]) if count > 1 else n() for _ in range(count)]
    last, format = layout(count) if kind == "avg" and count > 1 else (False, {})
    x = features(count, n(1, 3), last, 1, 8)
    mask = {"return_mask": True} if kind == "max" and maybe(0.3) else {}
    if maybe():
        return Case(F + f"adaptive_{kind}_pool{count}d", x, size, **mask, **format)
    return Case(NN + f"Adaptive{kind.capitalize()}Pool{count}D", size, **mask, **format, call=[[x], {}])


def unpool():
    count = R.choice([1, 2, 3])
    x = features(count, n(1, 3), False, 1, 4)
    places = ints(*x.shape)
    rest = some(stride=lambda: n(1, 3), padding=lambda: R.choice([0, 0, 1]))
    if maybe(0.3):
        rest["output_size"] = [s * 2 + R.choice([0, 1]) for s in x.shape[2:]]
    if maybe():
        return Case(F + f"max_unpool{count}d", x, places, 2, **rest)
    return Case(NN + f"MaxUnPool{count}D", 2, **rest, call=[[x, places], {}])


def activation():
    names = (
        "relu relu6 elu celu selu leaky_relu silu swish mish hardswish hardsigmoid hardtanh sigmoid tanh softsign tanhshrink "
        "softplus log_sigmoid hardshrink softshrink thresholded_relu gelu rrelu softmax log_softmax gumbel_softmax relu_ softmax_ elu_"
    )
    dtype = R.choice(["float32"] * 6 + ["float64", "int64", "bool"])
    return Case(F + R.choice(names.split()), any_tensor(dtype=dtype))


def activation_layer():
    names = (
        "ReLU ReLU6 ELU CELU SELU LeakyReLU Silu Swish Mish Hardswish Hardsigmoid Hardtanh Sigmoid Tanh Softsign Tanhshrink Softplus "
        "LogSigmoid Hardshrink Softshrink ThresholdedReLU GELU RReLU Softmax LogSoftmax Softmax2D Identity Dropout AlphaDropout"
    )
    return Case(NN + R.choice(names.split()), call=[[any_tensor()], {}])


def shaped_activation():
    kind = R.randint(0, 6)
    t = any_tensor(1, 4)
    if kind == 0:
        return Case(F + R.choice(["softmax", "log_softmax"]), t, axis(t), **some(dtype="float64"))
    if kind == 1:
        return Case(NN + R.choice(["Softmax", "LogSoftmax"]), axis(t), call=[[t], {}])
    if kind == 2:
        t.shape[-1] *= 2
        return R.choice([Case(F + "glu", t), Case(F + "swiglu", t), Case(NN + "GLU", call=[[t], {}])])
    if kind == 3:
        groups = n(1, 3)
        x = T(n(), groups * n(1, 3), n(), n())
        return Case(F + "maxout", x, groups) if maybe() else Case(NN + "Maxout", groups, call=[[x], {}])
    channels = t.shape[1] if len(t.shape) > 1 else 1
    count = R.choice([1, channels])
    if kind == 4:
        return Case(F + "prelu", t, T(count))
    return Case(NN + "PReLU", count, call=[[t], {}])


def dropout():
    count = R.choice([2, 3])
    x = features(count, n(), False, 1, 5)
    p = R.choice([0.5, 0.1, 0, 1, 1.5])
    if maybe(0.3):
        return Case(F + f"dropout{count}d", x, p, **some(training=lambda: maybe()))
    if maybe(0.4):
        return Case(NN + f"Dropout{count}D", p, call=[[x], {}])
    if maybe():
        return Case(F + "dropout", x, p, **some(axis=lambda: R.choice([0, [0, 1]]), training=lambda: maybe(), mode="downscale_in_infer"))
    return Case(NN + "Dropout", p, **some(axis=lambda: R.randint(0, 1), mode="upscale_in_train"), call=[[x], {}])


def batch_norm():
    count = R.choice([0, 1, 2, 2, 2, 3])
    channels = n()
    last, format = layout(count, 0.15) if count else (False, {})
    x = features(count, channels, last, 1, 5)
    attrs = some(weight_attr=False, bias_attr=False, momentum=0.1, epsilon=1e-3)
    if maybe(0.3):
        weights = [T(channels), T(channels)] if maybe() else []
        return Case(F + "batch_norm", x, T(channels), T(channels), *weights, **some(training=lambda: maybe()), **format)
    if maybe(0.2):
        return Case(NN + "BatchNorm", channels, **some(act="relu", param_attr=False, bias_attr=False), call=[[x], {}])
    return Case(NN + f"BatchNorm{max(1, count)}D", channels, **attrs, **format, call=[[x], {}])


def other_norm():
    kind = R.randint(0, 7)
    groups = n(1, 3)
    channels = groups * n(1, 3)
    count = R.choice([1, 2, 3])
    x = features(count, channels, False, 1, 5)
    if kind == 0:
        return Case(NN + "GroupNorm", groups, channels, **some(weight_attr=False, bias_attr=False, epsilon=1e-3), call=[[x], {}])
    if kind == 1:
        return Case(F + "group_norm", x, groups, **some(weight=T(channels), bias=T(channels)))
    if kind == 2:
        attrs = R.choice([{}, {}, {"weight_attr": False, "bias_attr": False}, {"weight_attr": False}])
        return Case(NN + f"InstanceNorm{count}D", channels, **attrs, call=[[x], {}])
    if kind == 3:
        return Case(F + "instance_norm", x, **some(weight=T(channels), bias=T(channels)))
    if kind == 4:
        return Case(F + "normalize", x, **some(p=lambda: R.choice([1, 2, 3]), axis=lambda: axis(x)))
    if kind == 5:
        return Case(F + "local_response_norm", x, n()) if maybe() else Case(NN + "LocalResponseNorm", n(), call=[[x], {}])
    tail = R.randint(1, len(x.shape) - 1)
    shape = x.shape[-1] if tail == 1 and maybe() else x.shape[-tail:]
    if kind == 6:
        return Case(NN + "LayerNorm", shape, **some(weight_attr=False, bias_attr=False, epsilon=1e-6), call=[[x], {}])
    total = 1
    for size in x.shape[-tail:]:
        total *= size
    return Case(F + "layer_norm", x, shape, **some(weight=T(total), bias=T(total)))


def linear():
    inside, outside = n(), n()
    x = T(*sizes(R.randint(0, 3)), inside)
    if maybe(0.4):
        bias = R.choice([[], [T(outside)], [T(1)], [T(n(), outside)]])
        return Case(F + "linear", x, T(inside, outside), *bias)
    if maybe(0.8):
        return Case(NN + "Linear", inside, outside, **some(bias_attr=False, weight_attr=None), call=[[x], {}])
    other, rows = n(), n()
    pair = [T(rows, inside), T(rows, other)]
    if maybe():
        return Case(F + "bilinear", *pair, T(outside, inside, other), *([T(1, outside)] if maybe() else []))
    return Case(NN + "Bilinear", inside, other, outside, **some(bias_attr=False), call=[pair, {}])


def embed():
    count, width = n(2, 8), n()
    x = T(*sizes(R.randint(0, 3)), dtype=R.choice(["int64", "int64", "int32", "float32"]))
    padding = some(padding_idx=lambda: R.randint(-2, count))
    if maybe(0.3):
        return Case(F + "embedding", x, T(count, width), **padding)
    if maybe(0.7):
        return Case(NN + "Embedding", count, width, **padding, **some(sparse=lambda: maybe()), call=[[x], {}])
    return Case(F + "one_hot", x, n(2, 5))


def pads():
    count = R.choice([1, 2, 2, 3])
    last, format = layout(count, 0.15)
    x = features(count, n(1, 3), last, 3, 8)
    mode = R.choice(["constant", "constant", "constant", "reflect", "replicate", "circular"])
    kind = R.randint(0, 5)
    if kind == 0:
        return Case(F + "pad", any_tensor(1, 4), sizes(2 * R.randint(1, 4), 0, 2))
    if kind <= 2:
        return Case(F + "pad", x, sizes(2 * count, 0, 3), mode, **format)
    amount = R.choice([n(0, 2), sizes(2 * count, 0, 2), sizes(count, 0, 2)])
    if kind == 3:
        return Case(NN + f"Pad{count}D", amount, **({} if mode == "constant" else {"mode": mode}), **format, call=[[x], {}])
    name = R.choice(["ZeroPad", "ReflectionPad", "ReplicationPad", "CircularPad"])
    return Case(NN + f"{name}{count}D", amount, **format, call=[[x], {}])


def resize():
    count = R.choice([1, 2, 2, 2, 3])
    last = maybe(0.1)
    x = features(count, n(1, 3), last, 2, 8)
    modes = {1: ["linear"], 2: ["nearest", "bilinear", "bicubic"], 3: ["nearest", "trilinear"]}
    mode = R.choice([*modes[count], R.choice(["area", "nearest", "linear"])])
    rest = {} if mode == "nearest" and maybe() else {"mode": mode}
    if maybe():
        rest["size"] = sizes(count) if maybe(0.9) else n()
    else:
        rest["scale_factor"] = R.choice([2, 0.5, 1.5, 3, 0.3, sizes(count, 1, 3)])
    rest |= some(align_corners=lambda: maybe() and mode != "nearest")
    if last:
        rest["data_format"] = {1: "NWC", 2: "NHWC", 3: "NDHWC"}[count]
    kind = R.randint(0, 3)
    if kind <= 1:
        return Case(F + R.choice(["interpolate", "interpolate", "upsample"]), x, **rest)
    if kind == 2 or count != 2 or last:
        return Case(NN + "Upsample", **rest, call=[[x], {}])
    rest = {k: v for k, v in rest.items() if k in ("size", "scale_factor")}
    return Case(NN + R.choice(["UpsamplingNearest2D", "UpsamplingBilinear2D"]), **rest, call=[[x], {}])


def shuffle():
    kind = R.randint(0, 5)
    r = n(1, 3)
    last = maybe(0.2)
    format = {"data_format": "NHWC"} if last else {}
    if kind == 0:
        x = features(2, r * r * n(1, 3), last, 1, 4)
        return Case(F + "pixel_shuffle", x, r, **format) if maybe() else Case(NN + "PixelShuffle", r, **format, call=[[x], {}])
    if kind == 1:
        space = [r * n(1, 3), r * n(1, 3)]
        x = T(n(), *space, n(1, 3)) if last else T(n(), n(1, 3), *space)
        return Case(F + "pixel_unshuffle", x, r, **format) if maybe() else Case(NN + "PixelUnshuffle", r, **format, call=[[x], {}])
    if kind == 2:
        x = features(2, r * n(1, 3), last, 1, 4)
        return Case(F + "channel_shuffle", x, r, **format) if maybe() else Case(NN + "ChannelShuffle", r, **format, call=[[x], {}])
    batch, channels = n(1, 3), n(1, 3)
    if kind == 3:
        count = R.choice([2, 2, 3])
        grid = T(batch, *sizes(count), count)
        modes = some(mode=lambda: R.choice(["bilinear", "nearest"]), padding_mode=lambda: R.choice(["zeros", "border", "reflection"]))
        return Case(F + "grid_sample", T(batch, channels, *sizes(count)), grid, **modes, **some(align_corners=lambda: maybe()))
    if kind == 4:
        count = R.choice([2, 2, 3])
        return Case(F + "affine_grid", T(batch, count, count + 1), [batch, channels, *sizes(count)], **some(align_corners=False))
    kernel = one_or_all(2, 1, 3)
    rest = some(strides=lambda: one_or_all(2), paddings=lambda: R.choice([0, 1, [1, 2], [0, 1, 1, 0]]), dilations=lambda: one_or_all(2, 1, 2))
    x = features(2, channels, False, 2, 8)
    if maybe(0.7):
        return Case(F + "unfold", x, kernel, **rest) if maybe() else Case(NN + "Unfold", kernel, **rest, call=[[x], {}])
    height, width = n(3, 6), n(3, 6)
    blocks = T(batch, channels * 4, (height - 1) * (width - 1))
    if maybe():
        return Case(F + "fold", blocks, [height, width], 2)
    return Case(NN + "Fold", [height, width], 2, call=[[blocks], {}])


def loss():
    how = {} if maybe() else {"reduction": R.choice(["none", "mean", "sum", "none", "batchmean"])}
    kind = R.randint(0, 7)
    batch, classes = n(1, 4), n(2, 5)
    if kind <= 2:
        rest = sizes(R.randint(0, 2))
        at = R.choice([-1, -1, 1])
        scores = [batch, classes, *rest] if at == 1 else [batch, *rest, classes]
        places = [batch, *rest]
        soft = maybe(0.2)
        shape = scores if soft else R.choice([places, [batch, 1, *rest] if at == 1 else [*places, 1]])
        label = T(*shape, dtype="float32" if soft else "int64")
        more = ({"axis": 1} if at == 1 else {}) | ({"soft_label": True} if soft else {})
        if maybe():
            return Case(F + "cross_entropy", T(*scores), label, **how, **more)
        return Case(NN + "CrossEntropyLoss", **how, **more, call=[[T(*scores), label], {}])
    if kind == 3:
        rest = sizes(R.choice([0, 0, 2]))
        pair = [T(batch, classes, *rest), ints(batch, *rest)]
        return Case(F + "nll_loss", *pair, **how) if maybe() else Case(NN + "NLLLoss", **how, call=[pair, {}])
    x = any_tensor(1, 3)
    if kind <= 5:
        name, layer = R.choice(
            [("mse_loss", "MSELoss"), ("l1_loss", "L1Loss"), ("smooth_l1_loss", "SmoothL1Loss"), ("kl_div", "KLDivLoss"),
             ("binary_cross_entropy", "BCELoss"), ("binary_cross_entropy_with_logits", "BCEWithLogitsLoss"),
             ("soft_margin_loss", "SoftMarginLoss"), ("hinge_embedding_loss", "HingeEmbeddingLoss"),
             ("multi_label_soft_margin_loss", "MultiLabelSoftMarginLoss"), ("sigmoid_focal_loss", "")]
        )  # fmt: skip
        other = T(*x.shape) if maybe(0.8) else broadcastable(x)
        return Case(F + name, x, other, **how) if maybe() or not layer else Case(NN + layer, **how, call=[[x, other], {}])
    rows = [T(batch, classes) for _ in range(3)]
    if kind == 6:
        return R.choice(
            [Case(F + "triplet_margin_loss", *rows, **how), Case(NN + "TripletMarginLoss", **how, call=[rows, {}]),
             Case(F + "cosine_embedding_loss", *rows[:2], ints(batch), **how), Case(F + "margin_ranking_loss", *rows, **how),
             Case(F + "multi_margin_loss", rows[0], ints(batch), **how), Case(F + "square_error_cost", *rows[:2])]
        )  # fmt: skip
    other = T(*x.shape)
    along = some(axis=lambda: axis(x))
    return R.choice(
        [Case(F + "cosine_similarity", x, other, **along), Case(NN + "CosineSimilarity", **along, call=[[x, other], {}]),
         Case(F + "pairwise_distance", x, other, **some(keepdim=True))]
    )  # fmt: skip


FAMILIES = [
    (conv, 8), (conv_transpose, 5), (pool, 6), (adaptive_pool, 4), (unpool, 1), (activation, 2), (activation_layer, 2),
    (shaped_activation, 3), (dropout, 2), (batch_norm, 4), (other_norm, 5), (linear, 4), (embed, 3), (pads, 4), (resize, 5),
    (shuffle, 5), (loss, 5),
]  # fmt: skip
