"""Records how many floating-point operations PyTorch counts for one call, in train mode.

    python scripts/record-flops.py [--seed N] [--count N] [--out test/golden/torch-flops.json]

`torch.utils.flop_counter` counts products of matrices, convolutions and attention, a multiplication and an addition as
two. It knows the fused attention of a GPU but not that of a CPU, which is given the same formula here. Calls of which
nothing is counted are left out. `test/core/ops/flops.test.ts` holds the rows against the file.
"""
import warnings

import torch
from record import torch_ops
from record.draw import record
from record.torch_values import real, resolve
from torch.utils.flop_counter import FlopCounterMode, sdpa_flop_count

warnings.simplefilter("ignore")
torch.set_num_threads(1)

COUNTED = {"conv", "conv_transpose", "linear", "products", "einsum", "attention", "rnn", "cells"}
FAMILIES = [(maker, weight) for maker, weight in torch_ops.FAMILIES if maker.__name__ in COUNTED]


def fused_attention(query, key, value, *args, **kwargs):
    return sdpa_flop_count(query, key, value)


FUSED = {torch.ops.aten._scaled_dot_product_flash_attention_for_cpu: fused_attention}


def attempt(case):
    path, args, kwargs, call = case
    try:
        called, words = call or (args, kwargs)
        function = resolve(path)
        if call is not None:
            function = function(*real(args), **{k: real(v) for k, v in kwargs.items()}).train()
        given, named = real(list(called)), {k: real(v) for k, v in words.items()}
        with FlopCounterMode(display=False, custom_mapping=FUSED) as counter, torch.no_grad():
            function(*given, **named)
    except Exception:
        return None
    total = counter.get_total_flops()
    return {"flops": total} if total else None


if __name__ == "__main__":
    version = torch.__version__.split("+")[0]
    record("torch", version, FAMILIES, attempt, "test/golden/torch-flops.json", __doc__, odd=False)
