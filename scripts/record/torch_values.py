"""Values of recorded calls for PyTorch: what is drawn made real, and results told by shape and type."""
import torch
from record.draw import T


def real(value):
    if isinstance(value, T):
        dtype = getattr(torch, value.dtype)
        if dtype.is_floating_point or dtype.is_complex:
            return torch.rand(value.shape, dtype=torch.float64).to(dtype)
        return torch.zeros(value.shape, dtype=dtype)
    if isinstance(value, list):
        return [real(v) for v in value]
    if isinstance(value, tuple):
        return tuple(real(v) for v in value)
    return value


def answer(value):
    if isinstance(value, torch.Tensor):
        return ["T", list(value.shape), str(value.dtype)[6:], 1 if value.is_contiguous() else 0]
    if isinstance(value, (list, tuple)):
        return ["U", *map(answer, value)]
    if value is None or isinstance(value, (bool, int)):
        return value
    return ["?", type(value).__name__]


def resolve(path):
    where = {"torch": torch}
    if path.startswith("einops"):
        import einops
        import einops.layers.torch

        where = {"einops": einops}
    parts = path.split(".")
    found = where[parts[0]]
    for part in parts[1:]:
        found = getattr(found, part)
    return found
