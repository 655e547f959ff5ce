"""Records what Paddle does with seeded random arguments, ordinary, odd and invalid.

    python scripts/record-paddle-ops.py [--seed N] [--count N] [--only NAME] [--out test/golden/paddle-ops.json]

Like `record-ops.py` for PyTorch. Parameters that are not trained stand among the buffers. A call that ends the process
instead of raising is left out: cases run in a child.
"""
import os
import warnings

os.environ.setdefault("GLOG_minloglevel", "3")
warnings.simplefilter("ignore")

import paddle
from record import paddle_nn, paddle_sequence, paddle_tensor
from record.child import Child
from record.draw import T, record

FAMILIES = [*paddle_nn.FAMILIES, *paddle_sequence.FAMILIES, *paddle_tensor.FAMILIES]


def real(value):
    if isinstance(value, T):
        if "float" in value.dtype or "complex" in value.dtype:
            return paddle.rand(value.shape).astype(value.dtype)
        return paddle.zeros(value.shape, dtype=value.dtype)
    if isinstance(value, list):
        return [real(v) for v in value]
    if isinstance(value, tuple):
        return tuple(real(v) for v in value)
    return value


def answer(value):
    if isinstance(value, paddle.Tensor):
        name = str(value.dtype).split(".")[-1]
        return ["T", list(value.shape), name, 1 if value.is_contiguous() else 0]
    if isinstance(value, (list, tuple)):
        return ["U", *map(answer, value)]
    if value is None or isinstance(value, (bool, int)):
        return value
    return ["?", type(value).__name__]


def resolve(path):
    found = paddle
    for part in path.split(".")[1:]:
        found = getattr(found, part)
    return found


def subscript(items):
    parts = []
    for item in items:
        if isinstance(item, list) and item[:1] == ["S"]:
            parts.append(slice(*item[1:]))
        else:
            parts.append(... if item == "..." else real(item))
    return tuple(parts)


def owned(layer):
    named = [(name, list(p.shape), not p.stop_gradient) for name, p in layer.named_parameters()]
    rest = [[name, list(b.shape)] for name, b in layer.named_buffers() if name != "_dropout_state"]
    params = [[name, shape] for name, shape, trained in named if trained]
    return params, [[name, shape] for name, shape, trained in named if not trained] + rest


def attempt(case):
    path, args, kwargs, call = case
    seen = {}
    try:
        if path == "index":
            return {"out": answer(real(args[0])[subscript(args[1:])])}
        made = resolve(path)(*real(args), **{k: real(v) for k, v in kwargs.items()})
        if call is None:
            return {"out": answer(made)}
        made.eval()
        seen["params"], seen["buffers"] = owned(made)
        with paddle.no_grad():
            seen["out"] = answer(made(*real(call[0]), **{k: real(v) for k, v in call[1].items()}))
        return seen
    except RecursionError:
        raise
    except Exception as error:
        return {**seen, "error": type(error).__name__}


if __name__ == "__main__":
    record("paddle", paddle.__version__, FAMILIES, Child(attempt, paddle.seed), "test/golden/paddle-ops.json", __doc__)
