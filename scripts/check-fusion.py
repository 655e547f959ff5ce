"""Holds what we say of folding layers against PyTorch in float64.

    node scripts/run.mjs scripts/fusion-trials.ts --count 10000 --seed 7 --out out/trials.jsonl
    python scripts/check-fusion.py out/trials.jsonl

A trial is some layers, one after the other or side by side, and what our rules make of them. Legal: the one layer that
they make must give the same as the layers, on every size tried. Illegal: no weights of that one layer may give the same;
the best ones are found by least squares, so that this side rests on nothing that the rules say.
"""
import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
SAME = 1e-9


def vector(numbers):
    # JSON writes 0.0 as 0.
    return torch.tensor(numbers, dtype=torch.float64)


def tensor(t):
    return vector(t["data"]).reshape(t["shape"])


def pad(x, axes, mode):
    pads = [p for a in reversed(axes) for p in (a["before"], a["after"])]
    return x if not any(pads) else F.pad(x, pads, mode="constant" if mode == "zeros" else mode)


def run(layer, x):
    """One layer as PyTorch has it."""
    op = layer["op"]
    axes = layer.get("axes", [])
    n = len(axes)
    if op == "conv":
        kinds = [torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d]
        kernel, stride, dilation = ([a[k] for a in axes] for k in ("kernel", "stride", "dilation"))
        even = all(a["before"] == a["after"] for a in axes)
        # Padding that differs before and after is a layer of its own in PyTorch.
        padding = [a["before"] for a in axes] if even else [0] * n
        conv = kinds[n - 1](layer["in"], layer["out"], kernel, stride, padding, dilation, layer["groups"],
                            padding_mode=layer["mode"])
        with torch.no_grad():
            conv.weight.copy_(tensor(layer["weight"]))
            conv.bias.copy_(vector(layer["bias"]))
        return conv(x if even else pad(x, axes, layer["mode"]))
    if op == "transposed":
        kinds = [F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d]
        return kinds[n - 1](x, tensor(layer["weight"]), vector(layer["bias"]), [a["stride"] for a in axes],
                            [a["padding"] for a in axes], [a["extra"] for a in axes], layer["groups"],
                            [a["dilation"] for a in axes])
    if op == "border":
        wide = pad(x, axes, "zeros")
        fill = vector(layer["bias"]).reshape([1, -1] + [1] * n).expand(wide.shape).clone()
        inner = tuple(slice(a["before"], size - a["after"]) for a, size in zip(axes, wide.shape[2:]))
        fill[(slice(None), slice(None), *inner)] = x
        return fill
    if op == "linear":
        return F.linear(x, tensor(layer["weight"]), vector(layer["bias"]))
    if op == "average":
        sizes = ([a[k] for a in axes] for k in ("kernel", "stride", "before"))
        if n == 1:
            return F.avg_pool1d(x, *sizes, layer["ceil"], layer["countsPadding"])
        return F.avg_pool2d(x, *sizes, layer["ceil"], layer["countsPadding"], layer.get("divisor"))
    if "norm" in layer:
        own = layer["norm"]
        kinds = {2: torch.nn.BatchNorm1d, 3: torch.nn.BatchNorm1d, 4: torch.nn.BatchNorm2d, 5: torch.nn.BatchNorm3d}
        norm = kinds[x.dim()](layer["channels"], eps=own["epsilon"], track_running_stats=layer["tracked"]).eval()
        with torch.no_grad():
            norm.weight.copy_(vector(own["gamma"]))
            norm.bias.copy_(vector(own["beta"]))
            if layer["tracked"]:
                norm.running_mean.copy_(vector(own["mean"]))
                norm.running_var.copy_(vector(own["variance"]))
        return norm(x)
    shape = [1, -1] + [1] * (x.dim() - 2)
    return x * tensor(layer["weight"]).reshape(shape) + vector(layer["bias"]).reshape(shape)


def apart(layers, parallel, x):
    if not parallel:
        for layer in layers:
            x = run(layer, x)
        return x
    outputs = [run(layer, x) for layer in layers]
    if len({o.shape for o in outputs}) > 1:
        raise RuntimeError("the branches do not have one shape")
    return sum(outputs)


def columns(form, x):
    """For each output channel the numbers that its weights multiply: [outputs, positions, weights + 1]."""
    axes, op = form.get("axes", []), form["op"]
    if op == "linear":
        flat = x.reshape(-1, x.shape[-1])
        return torch.cat([flat, torch.ones(len(flat), 1)], 1).expand(form["out"], -1, -1)
    taps = torch.cartesian_prod(*[torch.arange(a["kernel"]) for a in axes]).reshape(-1, len(axes))
    per_group, own = [], []
    groups = form["groups"]
    if op == "conv":
        padded = pad(x, axes, form["mode"])
        out = [(s - a["dilation"] * (a["kernel"] - 1) - 1) // a["stride"] + 1 for s, a in zip(padded.shape[2:], axes)]
        for tap in taps.tolist():
            at = padded
            for i, (u, a, n) in enumerate(zip(tap, axes, out)):
                at = at.index_select(2 + i, torch.arange(n) * a["stride"] + u * a["dilation"])
            own.append(at)
    else:
        for tap in taps.tolist():
            one = torch.zeros(1, 1, *[a["kernel"] for a in axes])
            one[(0, 0, *tap)] = 1
            kind = [F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d][len(axes) - 1]
            flat = x.reshape(-1, 1, *x.shape[2:])
            at = kind(flat, one, None, [a["stride"] for a in axes], [a["padding"] for a in axes],
                      [a["extra"] for a in axes], 1, [a["dilation"] for a in axes])
            own.append(at.reshape(*x.shape[:2], *at.shape[2:]))
    stacked = torch.stack(own, 2)  # [B, C, taps, …]
    size = form["in"] // groups
    for o in range(form["out"]):
        g = o * groups // form["out"]
        part = stacked[:, g * size:(g + 1) * size].flatten(3).permute(0, 3, 1, 2).flatten(2).flatten(0, 1)
        per_group.append(torch.cat([part, torch.ones(len(part), 1)], 1))
    return torch.stack(per_group)


def rows_of(form, y):
    """For each output channel its numbers: [outputs, positions, 1]."""
    if form["op"] == "linear":
        return y.reshape(-1, y.shape[-1]).T.unsqueeze(2)
    return y.flatten(2).transpose(0, 1).flatten(1).unsqueeze(2)


def best(form, x, y):
    """The largest difference on some inputs that remains whatever the weights of the one layer."""
    a = torch.cat([columns(form, one) for one in x], 1)
    b = torch.cat([rows_of(form, one) for one in y], 1)
    # Another number of outputs, whatever the weights.
    if a.shape[:2] != b.shape[:2]:
        return float("inf")
    if a.shape[1] < 1.3 * a.shape[2]:
        return None
    solution = torch.linalg.lstsq(a, b, driver="gelsd").solution
    return (a @ solution - b).abs().max().item()


def judge(trial):
    """None where PyTorch agrees, else why not; a string that begins with ? where it cannot be told."""
    generator = torch.Generator().manual_seed(trial["seed"])
    inputs = trial.get("rows") or [[4, trial["channels"], *size] for size in trial["sizes"]]
    possible, told = True, False
    for size in inputs:
        x = torch.rand(size, generator=generator) * 2 - 1
        try:
            y = apart(trial["layers"], trial["parallel"], x)
        except (RuntimeError, ValueError) as e:
            if trial["legal"]:
                # Nothing to fold where the layers themselves do not run (kernel larger than input, reflect too wide).
                return "? does not run: " + str(e)[:80]
            return None
        if trial["legal"]:
            try:
                folded = run(trial["form"], x)
            except (RuntimeError, ValueError) as e:
                # A wrapped padding wider than the input is something only PyTorch's own layer refuses.
                return "? the one layer does not run: " + str(e)[:80]
            if folded.shape != y.shape:
                return f"legal, but {list(folded.shape)} is not {list(y.shape)}"
            gap = (folded - y).abs().max().item()
            if gap > SAME:
                return f"legal, but {gap:.2g} apart"
            continue
        if trial.get("form") is None:
            return "? no form"
        other = torch.randn(size, generator=generator)
        try:
            gap = best(trial["form"], [x, other], [y, apart(trial["layers"], trial["parallel"], other)])
        except RuntimeError as e:
            return "? the one layer does not run: " + str(e)[:80]
        if gap is None:
            continue
        told = True
        possible = gap < SAME
        if not possible:
            break
    if trial["legal"]:
        return None
    if not told:
        return "? too few outputs"
    return "illegal, but weights exist that give the same" if possible else None


def main():
    from collections import Counter
    seen, doubts, wrong = Counter(), Counter(), 0
    for number, line in enumerate(open(sys.argv[1]), 1):
        trial = json.loads(line)
        answer = judge(trial)
        seen[trial["kind"], "legal" if trial["legal"] else "illegal"] += 1
        if answer is None:
            continue
        if answer.startswith("?"):
            doubts[trial["kind"], answer[:40]] += 1
            continue
        wrong += 1
        if wrong <= 10:
            print(f"line {number} {trial['kind']}: {answer}; {trial['rules']} {trial['why']}")
    for (kind, verdict), times in sorted(seen.items()):
        print(f"{times:6} {kind} {verdict}")
    for (kind, why), times in sorted(doubts.items()):
        print(f"{times:6} {kind} not told: {why}")
    print(f"{sum(seen.values())} trials, {wrong} disagreements, {sum(doubts.values())} not told")
    sys.exit(1 if wrong else 0)


main()
