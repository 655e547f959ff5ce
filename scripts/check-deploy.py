"""Runs the folding code that we write, on the real libraries, and records that it gives the same.

    python scripts/check-deploy.py            # test/golden/deploy.json

For every class of the models in `test/models` that has such code: the class with random statistics, before and after
`fuse()`, in float64. What is kept is the code and the largest difference; `test/core/features/deploy.test.ts` writes the
code again.
"""
import importlib.util
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARGUMENTS = {
    "RepVGG": [(4, 4), (4, 6), (4, 4, 2)], "ACNet": [(4, 6)], "DBB": [(4, 6)], "MobileOne": [(4,)],
    "RepLKNet": [(4,)], "DilatedReparam": [(4,)], "RepConv": [(4, 4), (4, 6), (4, 6, 3, 2)], "WrongPadding": [(4,)],
    "Between": [(4,)], "Upsample": [(4, 6)], "PreNorm": [(4,)], "SharedPair": [(4,)], "NormLinear": [(4, 5)],
    "RepMixer": [(4,)], "CSLA": [(4,)], "Implicit": [(4, 6)], "RepCPE": [(4,)], "Pooled": [(4,)], "Counted": [(4,)], "ConvBN": [(4, 6, 3)], "RepVggBlock": [(4, 6)], "BasicBlock": [(4,)], "Up": [(4,)], "LinearNorm": [(4, 5)],
    "BorderedDBB": [(4, 6), (4, 4, 5)], "ForgottenBias": [(4, 6)], "WideBorder": [(4, 6)], "HandBorderedDBB": [(4, 6), (4, 4, 5)], "ConvNormAct": [(4, 6)], "ConvNormRelu": [(4, 6)], "GivenBranch": [(4, 6, 5, 2, 3), (4, 4, 7, 0, 5)],
}
# An eval-only copy with one pair folded: the class, its arguments, the normalisation.
PAIRS = {
    "RepVGG": [((4, 6), "self.conv3[1]")], "Upsample": [((4, 6), "self.bn")], "SharedPair": [((4,), "self.bn")],
    "ConvNormRelu": [((4, 6), "self.bn"), ((4, 6), "self.last")], "PreNorm": [], "LinearNorm": [((4, 5), "self.bn")], "ConvBN": [((4, 6, 3), "self.bn")], "Up": [((4,), "self.bn")],
}
INPUTS = {"NormLinear": (3, 4), "LinearNorm": (2, 3, 4), "RepLKNet": (1, 4, 33, 33)}


def code_of(path, name, *more):
    done = subprocess.run(["node", str(ROOT / "dist" / "cli.js"), "fuse", str(path), "--class", name, "--format", "python", *more],
                          capture_output=True, text=True, check=True)
    return done.stdout


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def method_of(module, code):
    scope = vars(module)
    exec("import copy\nclass Holder:\n" + code, scope)
    return scope["Holder"]


def torch_gap(module, cls, args, code, pair=False):
    import torch
    torch.manual_seed(3)
    model = cls(*args).double()
    for p in model.parameters():
        p.data.uniform_(-1, 1)
    for m in model.modules():
        if getattr(m, "running_var", None) is not None:
            m.running_mean.uniform_(-0.5, 0.5)
            m.running_var.uniform_(0.5, 2)
    model.eval()
    x = torch.rand(INPUTS.get(cls.__name__, (2, 4, 12, 12)), dtype=torch.float64) * 2 - 1
    with torch.no_grad():
        before = model(x)
        norms = sum(isinstance(m, torch.nn.modules.batchnorm._BatchNorm) for m in model.modules())
        if pair:
            # The instance itself stays as it is.
            folded = method_of(module, code).folded_copy(model)
            assert torch.equal(before, model(x)) and not folded.training
            model = folded
        else:
            method_of(module, code).fuse(model)
        after = model(x)
        left = sum(isinstance(m, torch.nn.modules.batchnorm._BatchNorm) for m in model.modules())
    return (before - after).abs().max().item() / max(1.0, before.abs().max().item()), norms, left


def paddle_gap(module, cls, args, code, pair=False):
    import paddle
    paddle.set_default_dtype("float64")
    paddle.seed(3)
    model = cls(*args)
    model.to(dtype="float64")
    for m in model.sublayers():
        for name, low, high in (("weight", -1, 1), ("bias", -1, 1), ("_mean", -0.5, 0.5), ("_variance", 0.5, 2)):
            value = getattr(m, name, None)
            if value is not None:
                value.set_value(paddle.uniform(value.shape, "float64", low, high))
    model.eval()
    x = paddle.uniform((2, 4, 12, 12), "float64", -1, 1)
    kind = (paddle.nn.BatchNorm1D, paddle.nn.BatchNorm2D)
    with paddle.no_grad():
        before = model(x)
        norms = sum(isinstance(m, kind) for m in model.sublayers())
        if pair:
            folded = method_of(module, code).folded_copy(model)
            assert bool((before == model(x)).all()) and not folded.training
            model = folded
        else:
            method_of(module, code).fuse(model)
        after = model(x)
        left = sum(isinstance(m, kind) for m in model.sublayers())
    return float((before - after).abs().max()) / max(1.0, float(before.abs().max())), norms, left


def main():
    found, failed = [], 0
    for file in ("reparameterised", "folding", "reparameterised_by_hand", "reparameterised_paddle"):
        path = ROOT / "test" / "models" / f"{file}.py"
        module = load(path)
        for name, arguments in ARGUMENTS.items():
            cls = getattr(module, name, None)
            if cls is None or cls.__module__ != file:
                continue
            code = code_of(path, name)
            if not code:
                print(f"{name}: no code")
                continue
            for args in arguments:
                gap, norms, left = (paddle_gap if file.endswith("paddle") else torch_gap)(module, cls, args, code)
                print(f"{name}{args}: {gap:.1e}, {norms} norms, {left} left")
                failed += gap > 1e-12
                found.append({"file": f"{file}.py", "class": name, "arguments": list(args), "code": code, "difference": gap,
                              "norms": norms, "left": left})
            for args, norm in PAIRS.get(name, []):
                code = code_of(path, name, "--pair", norm)
                gap, norms, left = (paddle_gap if file.endswith("paddle") else torch_gap)(module, cls, args, code, True)
                print(f"{name}{args}, {norm} only: {gap:.1e}, {norms} norms, {left} left")
                failed += gap > 1e-12
                found.append({"file": f"{file}.py", "class": name, "arguments": list(args), "norm": norm, "code": code,
                              "difference": gap, "norms": norms, "left": left})
    (ROOT / "test" / "golden" / "deploy.json").write_text(json.dumps(found, indent=1) + "\n")
    sys.exit(1 if failed else 0)


main()
