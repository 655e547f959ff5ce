"""Holds the pairs that we fold in whole models against those that torch.fx folds.

    node scripts/run.mjs scripts/fusion-models.ts --spec SPEC.json --root SOURCES --out out/fusion-models.json
    PYTHONPATH=SOURCES python scripts/compare-fx.py SPEC.json out/fusion-models.json

For every model that torch.fx can trace: each Conv+BN or Linear+BN pair that `torch.fx.experimental.optimization.fuse`
folds must be among ours, and each that it sees and refuses (several users, no statistics) must not be. Pairs that only
we see (subclasses such as timm's BatchNormAct2d) are checked on numbers: the outputs of the layer with and without.
"""
import importlib.abc
import importlib.machinery
import json
import sys
import types

import torch
from torch import nn
from torch.fx.experimental.optimization import matches_module_pattern

torch.set_num_threads(1)


class Any(type):
    """The class of classes that have whatever is asked of them."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return name


class Stub(types.ModuleType):
    """Stands for a package that cannot be imported here; whatever is asked of it is a class."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = Any(name, (nn.Module,), {})
        setattr(self, name, value)
        return value


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name.split(".")[0] in ("torchvision", "huggingface_hub", "safetensors") else None

    def create_module(self, spec):
        return Stub(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, Finder())

PATTERNS = [(nn.Conv1d, nn.BatchNorm1d), (nn.Conv2d, nn.BatchNorm2d), (nn.Conv3d, nn.BatchNorm3d),
            (nn.Linear, nn.BatchNorm1d)]


def pairs(model):
    """The pairs that torch.fx folds, and those that it sees and refuses."""
    traced = torch.fx.symbolic_trace(model)
    modules = dict(traced.named_modules())
    folded, refused = set(), set()
    for pattern in PATTERNS:
        for node in traced.graph.nodes:
            if not matches_module_pattern(pattern, node, modules):
                continue
            pair = (node.args[0].target, node.target)
            guard = len(node.args[0].users) > 1 or not modules[node.target].track_running_stats
            (refused if guard else folded).add(pair)
    return folded, refused


def watched(model, own, samples):
    """What the layers and norms of some pairs got and gave in one run of the model."""
    seen = {}

    def watch(name):
        def hook(module, given, result):
            # An activation in place would change what is kept.
            seen[name] = (given[0].clone(), result.clone())
        return hook

    hooks = [model.get_submodule(name).register_forward_hook(watch(name)) for name in {n for pair in own for n in pair}]
    with torch.no_grad():
        model(*samples)
    for hook in hooks:
        hook.remove()
    return seen


def agrees(model, pair, seen):
    """Whether folding the norm (whatever class it is) into the layer gives what both gave; None where it cannot be told."""
    norm = model.get_submodule(pair[1])
    if pair[0] not in seen or pair[1] not in seen or norm.running_var is None:
        return None
    between, (taken, result) = seen[pair[0]][1], seen[pair[1]]
    if between.shape != taken.shape or not torch.equal(between, taken):
        # A flattened view of the same rows (LeViT) is the same tensor.
        if between.numel() != taken.numel() or not torch.equal(between.flatten(), taken.flatten()):
            return False
        between = taken
    scale = (norm.weight if norm.weight is not None else 1) / torch.sqrt(norm.running_var + norm.eps)
    shift = (norm.bias if norm.bias is not None else 0) - norm.running_mean * scale
    shape = [1, -1] + [1] * (between.dim() - 2)
    with torch.no_grad():
        plain = between * scale.reshape(shape) + shift.reshape(shape)
        for name in ("drop", "act"):
            after = getattr(norm, name, None)
            plain = plain if after is None else after(plain)
    return (plain - result).abs().max().item() < 1e-4 * max(1.0, result.abs().max().item())


def main():
    spec = json.load(open(sys.argv[1]))
    ours = {entry["id"]: entry for entry in json.load(open(sys.argv[2]))}
    torch.manual_seed(0)
    totals = dict(models=0, untraced=0, folded=0, missing=0, refused=0, wrong=0, more=0, checked=0, unchecked=0, differ=0)
    for entry in spec["entries"]:
        mine = ours.get(entry["id"])
        if mine is None:
            continue
        scope = {"torch": torch}
        try:
            exec(entry.get("setup", ""), scope)
            model = eval(entry["model"], scope).eval()
            samples = [eval(text, scope) for text in entry["inputs"]]
        except Exception as e:
            print(f"{entry['id']}: not built: {str(e)[:90]}")
            continue
        # What a subclass of a norm calls inside stands for the norm.
        own = {tuple(name.removesuffix(".batch_norm") for name in pair) for pair in mine["folded"]}
        for norm in model.modules():
            if isinstance(norm, nn.modules.batchnorm._BatchNorm) and norm.running_var is not None:
                norm.running_mean.uniform_(-0.3, 0.3)
                norm.running_var.uniform_(0.5, 1.5)
        try:
            folded, refused = pairs(model)
        except Exception as e:
            totals["untraced"] += 1
            folded, refused = set(), set()
        totals["models"] += 1
        totals["folded"] += len(folded)
        totals["refused"] += len(refused)
        missing, wrong = folded - own, refused & own
        totals["missing"] += len(missing)
        totals["wrong"] += len(wrong)
        more = [pair for pair in own - folded if all(_has(model, name) for name in pair)]
        totals["more"] += len(own - folded)
        seen = watched(model, more, samples)
        for pair in more:
            answer = agrees(model, pair, seen)
            if answer is None:
                totals["unchecked"] += 1
                continue
            totals["checked"] += 1
            if not answer:
                totals["differ"] += 1
                print(f"{entry['id']}: differs on numbers: {pair}")
        if missing or wrong:
            print(f"{entry['id']}: missing {sorted(missing)[:4]} ({len(missing)}); folded against a refusal {sorted(wrong)[:4]}")
    print(totals)
    sys.exit(1 if totals["missing"] or totals["wrong"] or totals["differ"] else 0)


def _has(model, name):
    try:
        model.get_submodule(name)
        return True
    except AttributeError:
        return False


main()
