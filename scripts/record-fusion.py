"""Records what layers give that may, and may not, be folded into one: every rule, in float64.

    python scripts/record-fusion.py            # test/golden/fusion-torch.json and fusion-paddle.json

A case is a tree of layers with their numbers, an input without its batch, and the output; null where the library refuses
to run it. Trees: {"chain": […]}, {"sum": […]}, or a layer. `test/core/fuse/golden.test.ts` holds the rules against them.
"""
import json
import pathlib
import random

OUT = pathlib.Path(__file__).resolve().parent.parent / "test" / "golden"


def numbers(shape, low=-1.0, high=1.0):
    count = 1
    for size in shape:
        count *= size
    return {"shape": list(shape), "data": [round(R.uniform(low, high), 3) for _ in range(count)]}


def conv(i, o, k, s=1, p=0, d=1, g=1, bias=True, mode="zeros"):
    k = k if isinstance(k, tuple) else (k, k)
    p = p if isinstance(p, tuple) else (p,) * len(k)
    return {"op": "conv", "in": i, "out": o, "kernel": list(k), "stride": [s] * len(k), "padding": list(p),
            "dilation": [d] * len(k), "groups": g, "mode": mode, "weight": numbers((o, i // g, *k)),
            "bias": numbers((o,)) if bias else None}


def transposed(i, o, k, s=1, p=0, d=1, g=1, extra=0, bias=True, dims=2):
    return {"op": "transposed", "in": i, "out": o, "kernel": [k] * dims, "stride": [s] * dims, "padding": [p] * dims,
            "dilation": [d] * dims, "extra": [extra] * dims, "groups": g, "weight": numbers((i, o // g, *[k] * dims)),
            "bias": numbers((o,)) if bias else None}


def norm(c, tracked=True, axis="channels"):
    return {"op": "norm", "channels": c, "tracked": tracked, "axis": axis, "gamma": numbers((c,), 0.5, 1.5),
            "beta": numbers((c,)), "mean": numbers((c,)), "variance": numbers((c,), 0.5, 2.0), "epsilon": 1e-5}


def linear(i, o, bias=True):
    return {"op": "linear", "in": i, "out": o, "weight": numbers((o, i)), "bias": numbers((o,)) if bias else None}


def average(c, k, s, p=0, counts=True, ceil=False):
    return {"op": "average", "channels": c, "kernel": [k, k], "stride": [s, s], "padding": [p, p], "counts": counts,
            "ceil": ceil}


def scale(*values, channels=None):
    return {"op": "scale", "values": numbers((channels,)) if channels else {"shape": [1], "data": list(values)}}


def shift(channels):
    return {"op": "add", "values": numbers((channels,))}


def border(first, by, width, with_bias=True):
    """Around what `by` makes of the convolution `first`: what it makes of that one's bias, or of nothing."""
    bias = first["bias"]["data"] if first["bias"] and with_bias else [0.0] * by["channels"]
    names = ("gamma", "beta", "mean", "variance")
    values = [(b - m) * g / (v + by["epsilon"]) ** 0.5 + t
              for b, g, t, m, v in zip(bias, *(by[name]["data"] for name in names))]
    return {"op": "border", "channels": by["channels"], "padding": [width, width], "response": with_bias or not first["bias"],
            "values": {"shape": [by["channels"]], "data": values}}


def bordered(first, by, *more, with_bias=True):
    return chain(first, by, border(first, by, 1, with_bias), *more)


def chain(*parts):
    return {"chain": list(parts)}


def add(*parts):
    return {"sum": list(parts)}


IMAGE, WIDE = (4, 7, 8), (4, 9, 9)


def cases():
    """(rule, whether it is legal, tree, shape of the input). Made anew for each library, with the same numbers."""
    one = lambda i, o, **k: conv(i, o, 1, **k)
    yield "F1", True, chain(conv(4, 6, 3, s=2, p=1, g=2, mode="circular"), norm(6)), IMAGE
    yield "F1", True, chain(conv(4, 6, (3,), s=2, p=(1,), d=2), norm(6)), (4, 11)
    yield "F1", True, chain(conv(2, 3, (2, 3, 2), p=(1, 1, 0), bias=False), norm(3)), (2, 4, 5, 4)
    yield "F1", False, chain(conv(4, 6, 3, p=1), norm(6, tracked=False)), IMAGE
    yield "F2", True, chain(linear(5, 4), norm(4, axis="any")), (5,)
    yield "F2", False, chain(linear(5, 4), norm(4, axis="channels")), (4, 5)
    yield "F3", True, chain(norm(5, axis="any"), linear(5, 4)), (5,)
    yield "F3", False, chain(norm(5, axis="channels"), linear(5, 4)), (5, 5)
    yield "F4", True, chain(norm(4), conv(4, 6, 3, g=2)), IMAGE
    yield "F4", True, chain(norm(4), conv(4, 6, 3, p=1, mode="reflect")), IMAGE
    yield "F4", False, chain(norm(4), conv(4, 6, 3, p=1)), IMAGE
    yield "F5", True, chain(transposed(4, 6, 4, s=2, p=1, g=2), norm(6)), IMAGE
    yield "F5", True, chain(transposed(4, 8, 3, s=2, p=1, g=4, extra=1, bias=False), norm(8)), IMAGE
    yield "F5", False, chain(transposed(4, 6, 4, s=2, p=1), norm(6, tracked=False)), IMAGE
    yield "F6", True, chain(norm(4), transposed(4, 3, 3, p=2)), IMAGE
    yield "F6", False, chain(norm(4), transposed(4, 3, 4, s=2, p=1)), IMAGE
    yield "F7", True, add(conv(4, 4, 3, p=1, bias=False), conv(4, 4, 3, p=1)), IMAGE
    yield "F7", False, add(conv(4, 4, 3, p=1), conv(4, 4, 3, p=1, mode="reflect")), IMAGE
    yield "F8", True, add(conv(4, 6, 3, s=2, p=1), one(4, 6, s=2)), IMAGE
    yield "F8", True, add(conv(4, 4, 5, p=2, g=4), one(4, 4, g=4, bias=False)), IMAGE
    yield "F8", False, add(conv(4, 6, 3, p=1), one(4, 6, p=1)), IMAGE
    yield "F8", False, add(conv(4, 6, 2, p=1), one(4, 6)), IMAGE
    yield "F8g", True, add(conv(4, 4, 5, p=2), conv(4, 4, 3, p=2, d=2)), WIDE
    yield "F8g", True, add(conv(4, 4, 4, s=2, p=1), conv(4, 4, 2, s=2)), (4, 8, 8)
    yield "F8g", True, add(conv(4, 4, 3, p=2), one(4, 4, p=1)), IMAGE
    yield "F8g", False, add(conv(4, 4, 3, s=2, p=1), conv(4, 4, 3, s=1, p=1)), WIDE
    yield "F9", True, add(conv(4, 4, 3, p=1, g=2), chain()), IMAGE
    yield "F9", False, add(conv(4, 6, 3, p=1), chain()), IMAGE
    yield "F10", True, add(conv(4, 4, 3, p=1), norm(4)), IMAGE
    yield "F10", False, add(conv(4, 4, 3, p=1), norm(4, tracked=False)), IMAGE
    yield "F11", True, add(conv(4, 6, 3, p=1), conv(4, 6, (3, 1), p=(1, 0)), conv(4, 6, (1, 3), p=(0, 1))), IMAGE
    yield "F11", True, add(conv(4, 6, 5, p=2), conv(4, 6, (5, 1), p=(2, 0)), conv(4, 6, (1, 5), p=(0, 2))), IMAGE
    yield "F11", False, add(conv(4, 6, 3, p=1), conv(4, 6, (3, 1), p=(1, 1))), IMAGE
    yield "F12", True, chain(one(4, 6, bias=False, g=2), conv(6, 4, 3, p=1, g=2)), IMAGE
    yield "F12", True, chain(one(4, 6), conv(6, 4, 3, p=1, mode="replicate")), IMAGE
    yield "F12", True, chain(one(4, 6, s=2, bias=False), conv(6, 4, 3, p=1)), WIDE
    yield "F12", False, chain(one(4, 6), conv(6, 4, 3, p=1)), IMAGE
    yield "F13", True, chain(conv(4, 6, 3, s=2, p=1), one(6, 3)), IMAGE
    yield "F13", False, chain(conv(4, 6, 3, p=1), one(6, 3, p=1)), IMAGE
    yield "F14", True, chain(conv(4, 3, 3, s=2, p=2), conv(3, 5, 3)), WIDE
    yield "F14", False, chain(conv(4, 3, 3, p=1, bias=False), conv(3, 5, 3, p=1)), WIDE
    yield "F15", True, add(average(4, 3, 2, p=1)), IMAGE
    yield "F15", False, add(average(4, 3, 2, p=1, counts=False)), IMAGE
    yield "F15", False, add(average(4, 2, 2, ceil=True)), IMAGE
    yield "F16", True, add(conv(4, 6, 3), chain(one(4, 6, bias=False), norm(6), average(6, 3, 1), norm(6))), IMAGE
    yield "F16", True, bordered(one(4, 6), norm(6), conv(6, 3, 3)), IMAGE
    yield "F16", True, bordered(one(4, 6, g=2, s=2, bias=False), norm(6), conv(6, 4, 3, g=2)), WIDE
    branches = (bordered(one(4, 6, bias=False), norm(6), average(6, 3, 1), norm(6)),
                bordered(one(4, 4, bias=False), norm(4), conv(4, 6, 3, bias=False), norm(6)))
    yield "F16", True, add(chain(conv(4, 6, 3, p=1), norm(6)), chain(one(4, 6, bias=False), norm(6)), *branches), IMAGE
    yield "F16", False, bordered(one(4, 6), norm(6), conv(6, 3, 3), with_bias=False), IMAGE
    yield "F16", False, bordered(conv(4, 6, 3, bias=False), norm(6), conv(6, 3, 3)), IMAGE
    yield "F16", False, add(chain(one(4, 6, bias=False), norm(6), average(6, 3, 1, p=1), norm(6))), IMAGE
    yield "F17", True, add(chain(), chain(conv(4, 4, 7, p=3, g=4), norm(4))), WIDE
    yield "F17", False, add(chain(), conv(4, 4, 3, s=2, p=1)), WIDE
    yield "F18", True, chain(conv(4, 6, 3, p=1), scale(channels=6)), IMAGE
    yield "F18", False, chain(conv(4, 6, 3, p=1), scale(channels=4)), IMAGE
    yield "F19", True, chain(shift(4), one(4, 6)), IMAGE
    yield "F19", False, chain(shift(4), conv(4, 6, 3, p=1)), IMAGE
    mixed = add(conv(4, 4, 3, p=1, g=4), one(4, 4, g=4), norm(4), chain(norm(4), scale(-1.0)))
    yield "F20", True, add(chain(), chain(mixed, scale(channels=4))), IMAGE
    yield "F20", False, add(chain(), chain(conv(4, 4, 3, s=2, p=1, g=4), scale(channels=4))), IMAGE
    branches = (chain(conv(4, 4, 3, p=1, bias=False), scale(channels=4)), chain(one(4, 4, bias=False), scale(channels=4)))
    yield "F21", True, chain(add(*branches, scale(channels=4)), norm(4)), IMAGE
    yield "F21", False, chain(add(*branches, scale(channels=4)), norm(4, tracked=False)), IMAGE
    yield "F22", True, add(chain(conv(4, 6, 3, p=1), norm(6)), chain(one(4, 6), norm(6), scale(0.7))), IMAGE
    yield "F22", False, add(chain(conv(4, 6, 3, p=1), norm(6)), chain(one(4, 6, p=1), norm(6), scale(0.7))), IMAGE
    yield "F23", True, add(conv(4, 8, 3, p=1), conv(4, 8, 3, p=1, g=4)), IMAGE
    yield "F23", True, add(conv(4, 4, 3, p=1, g=2), conv(4, 4, 3, p=1, g=4)), IMAGE
    yield "F23", False, add(conv(4, 8, 3, p=1, mode="circular"), conv(4, 8, 3, p=1, g=4)), IMAGE
    yield "F24", True, chain(transposed(4, 6, 4, s=2, p=1), one(6, 3)), IMAGE
    yield "F24", True, chain(one(4, 6, bias=False), transposed(6, 3, 4, s=2, p=1)), IMAGE
    yield "F24", False, chain(one(4, 6), transposed(6, 3, 4, s=2, p=1)), IMAGE
    yield "F24", True, add(transposed(4, 3, 4, s=2, p=1), transposed(4, 3, 2, s=2)), IMAGE
    yield "F24", False, add(transposed(4, 3, 4, s=2, p=1), transposed(4, 3, 3, s=2)), IMAGE


class Torch:
    name = "torch"
    rules = None
    failures = (RuntimeError, ValueError)

    def __init__(self):
        import torch
        torch.set_default_dtype(torch.float64)
        self.torch, self.nn, self.F = torch, torch.nn, torch.nn.functional
        self.modes = dict(zeros="zeros", reflect="reflect", replicate="replicate", circular="circular")

    def tensor(self, t):
        return None if t is None else self.torch.tensor(t["data"], dtype=self.torch.float64).reshape(t["shape"])

    def fill(self, layer, **values):
        with self.torch.no_grad():
            for name, value in values.items():
                if value is not None and getattr(layer, name) is not None:
                    getattr(layer, name).copy_(self.tensor(value))
        return layer.eval()

    def conv(self, e, x):
        kind = (self.nn.Conv1d, self.nn.Conv2d, self.nn.Conv3d)[len(e["kernel"]) - 1]
        layer = kind(e["in"], e["out"], e["kernel"], e["stride"], e["padding"], e["dilation"], e["groups"],
                     bias=e["bias"] is not None, padding_mode=e["mode"])
        return self.fill(layer, weight=e["weight"], bias=e["bias"])(x)

    def transposed(self, e, x):
        layer = self.nn.ConvTranspose2d(e["in"], e["out"], e["kernel"], e["stride"], e["padding"], e["extra"],
                                        e["groups"], e["bias"] is not None, e["dilation"])
        return self.fill(layer, weight=e["weight"], bias=e["bias"])(x)

    def linear(self, e, x):
        return self.fill(self.nn.Linear(e["in"], e["out"], e["bias"] is not None), weight=e["weight"], bias=e["bias"])(x)

    def norm(self, e, x):
        kind = {2: self.nn.BatchNorm1d, 3: self.nn.BatchNorm1d, 4: self.nn.BatchNorm2d, 5: self.nn.BatchNorm3d}[x.dim()]
        layer = kind(e["channels"], e["epsilon"], track_running_stats=e["tracked"])
        return self.fill(layer, weight=e["gamma"], bias=e["beta"], running_mean=e["mean"], running_var=e["variance"])(x)

    def border(self, e, x):
        wide, p = self.F.pad(x, [n for n in reversed(e["padding"]) for _ in range(2)]), e["padding"]
        fill = self.tensor(e["values"]).reshape(1, -1, 1, 1).expand(wide.shape).clone()
        fill[:, :, p[0]:-p[0], p[1]:-p[1]] = x
        return fill

    def average(self, e, x):
        return self.nn.AvgPool2d(e["kernel"], e["stride"], e["padding"], e["ceil"], e["counts"])(x)

    def no_grad(self):
        return self.torch.no_grad()


class Paddle:
    name = "paddle"
    rules = {"F1", "F5", "F7", "F8", "F9", "F10", "F15", "F16", "F22"}

    def __init__(self):
        import paddle
        paddle.set_device("cpu")
        paddle.set_default_dtype("float64")
        self.paddle, self.nn = paddle, paddle.nn
        self.failures = (ValueError, RuntimeError, AssertionError)

    def tensor(self, t):
        return None if t is None else self.paddle.to_tensor(t["data"], dtype="float64").reshape(t["shape"])

    def fill(self, layer, **values):
        for name, value in values.items():
            if value is not None and getattr(layer, name) is not None:
                getattr(layer, name).set_value(self.tensor(value))
        layer.eval()
        return layer

    def conv(self, e, x):
        kind = (self.nn.Conv1D, self.nn.Conv2D, self.nn.Conv3D)[len(e["kernel"]) - 1]
        # With another padding mode the layer takes no list.
        padding = e["padding"] if e["mode"] == "zeros" else e["padding"][0]
        layer = kind(e["in"], e["out"], e["kernel"], e["stride"], padding, e["dilation"], e["groups"],
                     padding_mode=e["mode"], bias_attr=None if e["bias"] is not None else False)
        return self.fill(layer, weight=e["weight"], bias=e["bias"])(x)

    def transposed(self, e, x):
        layer = self.nn.Conv2DTranspose(e["in"], e["out"], e["kernel"], e["stride"], e["padding"], e["extra"],
                                        e["dilation"], e["groups"],
                                        bias_attr=None if e["bias"] is not None else False)
        return self.fill(layer, weight=e["weight"], bias=e["bias"])(x)

    def norm(self, e, x):
        kind = {2: self.nn.BatchNorm1D, 3: self.nn.BatchNorm1D, 4: self.nn.BatchNorm2D, 5: self.nn.BatchNorm3D}[x.ndim]
        layer = kind(e["channels"], epsilon=e["epsilon"], use_global_stats=None if e["tracked"] else False)
        return self.fill(layer, weight=e["gamma"], bias=e["beta"], _mean=e["mean"], _variance=e["variance"])(x)

    def border(self, e, x):
        n, c, h, w = x.shape
        fill, (p, q) = self.tensor(e["values"]).reshape([1, -1, 1, 1]), e["padding"]
        row, column = fill.expand([n, c, p, w]), fill.expand([n, c, h + 2 * p, q])
        return self.paddle.concat([column, self.paddle.concat([row, x, row], axis=2), column], axis=3)

    def average(self, e, x):
        # `exclusive` is the reverse of count_include_pad, and true by default.
        return self.nn.AvgPool2D(e["kernel"], e["stride"], e["padding"], e["ceil"], exclusive=not e["counts"])(x)

    def no_grad(self):
        return self.paddle.no_grad()


def run(library, tree, x):
    if "chain" in tree:
        for part in tree["chain"]:
            x = run(library, part, x)
        return x
    if "sum" in tree:
        outputs = [run(library, part, x) for part in tree["sum"]]
        if len({tuple(o.shape) for o in outputs}) > 1:
            raise ValueError("the branches do not have one shape")
        return sum(outputs[1:], outputs[0])
    if tree["op"] in ("scale", "add"):
        value = library.tensor(tree["values"])
        value = value.reshape([1, -1] + [1] * (len(x.shape) - 2))
        return x * value if tree["op"] == "scale" else x + value
    return getattr(library, tree["op"])(tree, x)


def record(library):
    global R
    R = random.Random(25)
    made = []
    for rule, legal, tree, shape in cases():
        sample = numbers(shape)
        if library.rules is not None and rule not in library.rules:
            continue
        x = library.tensor(sample).reshape([1, *shape])
        try:
            with library.no_grad():
                y = run(library, tree, x)
            result = {"shape": list(y.shape)[1:], "data": y.flatten().tolist()}
        except library.failures:
            result = None
        made.append({"rule": rule, "legal": legal, "tree": tree, "input": sample, "output": result})
    return made


def bilinear(torch):
    """What upsampling gives, for the kernel of a transposed convolution that imitates it (F25)."""
    found = []
    for factor in (2, 3, 4):
        x = numbers((2, 5, 6))
        t = torch.tensor(x["data"], dtype=torch.float64).reshape(1, 2, 5, 6)
        y = torch.nn.functional.interpolate(t, scale_factor=factor, mode="bilinear", align_corners=False)
        near = torch.nn.functional.interpolate(t, scale_factor=factor, mode="nearest")
        found.append({"factor": factor, "input": x, "output": {"shape": list(y.shape)[1:], "data": y.flatten().tolist()},
                      "nearest": {"shape": list(near.shape)[1:], "data": near.flatten().tolist()}})
    return found


def main():
    torch = Torch()
    facts = {"version": torch.torch.__version__, "cases": record(torch), "bilinear": bilinear(torch.torch)}
    (OUT / "fusion-torch.json").write_text(json.dumps(facts, separators=(",", ":")) + "\n")
    paddle = Paddle()
    facts = {"version": paddle.paddle.__version__, "cases": record(paddle)}
    (OUT / "fusion-paddle.json").write_text(json.dumps(facts, separators=(",", ":")) + "\n")


main()
