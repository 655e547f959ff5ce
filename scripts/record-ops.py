"""Records what PyTorch does with seeded random arguments, ordinary, odd and invalid.

    node dist/cli.js ops --format json > out/ops.json
    python scripts/record-ops.py --ops out/ops.json [--seed N] [--count N] [--out test/golden/torch-ops.json]

Every case names a function or layer, its arguments and what came of them: shapes, element types and whether the result
lies row by row, or the class of the error. No values are kept. `test/core/ops/golden.test.ts` holds the rows against
the file; with FACTS=FILE it takes another one, recorded with a fresh seed.
"""
import warnings

import torch
from record import torch_ops
from record.child import Child
from record.draw import record
from record.torch_values import answer, real, resolve
from torch.nn.parameter import is_lazy

warnings.simplefilter("ignore")
torch.set_num_threads(1)


def subscript(items):
    parts = []
    for item in items:
        if isinstance(item, list) and item[:1] == ["S"]:
            parts.append(slice(*item[1:]))
        elif item == "...":
            parts.append(...)
        else:
            parts.append(real(item))
    return tuple(parts)


def held(module):
    """Shapes of a layer's parameters and buffers; a lazy one has them after its first call."""
    return {
        "params": [[name, list(p.shape)] for name, p in module.named_parameters()],
        "buffers": [[name, list(p.shape)] for name, p in module.named_buffers()],
    }


def attempt(case):
    path, args, kwargs, call = case
    seen = {}
    try:
        if path == "index" and not args:
            return None
        if path == "index":
            return {"out": answer(real(args[0])[subscript(args[1:])])}
        if path == "chain":
            value = None
            for name, first, *rest in args:
                value = getattr(torch.Tensor, name)(real(first) if value is None else value, *rest)
            return {"out": answer(value)}
        made = resolve(path)(*real(args), **{k: real(v) for k, v in kwargs.items()})
        if call is None:
            return {"out": answer(made)}
        made.eval()
        lazy = any(is_lazy(t) for t in [*made.parameters(), *made.buffers()])
        if not lazy:
            seen.update(held(made))
        with torch.no_grad():
            seen["out"] = answer(made(*real(call[0]), **{k: real(v) for k, v in call[1].items()}))
        if lazy:
            seen.update(held(made))
        return seen
    except RecursionError:
        raise
    except Exception as error:
        return {**seen, "error": type(error).__name__}


if __name__ == "__main__":
    record("torch", torch.__version__.split("+")[0], torch_ops.FAMILIES, Child(attempt, torch.manual_seed), "test/golden/torch-ops.json", __doc__)
