"""Runs the folding code of `test/models/reparameterised_by_hand.py` on real PyTorch, and records whether it is right.

    python scripts/check-written.py           # test/golden/written.json

In float64 with random statistics: `forward`, the method, `forward` again; a method that gives a kernel and a bias is held
against `forward` where that is linear. `test/core/features/written.test.ts` follows the same code without running it.
"""
import importlib.util
import json
import pathlib

import torch
import torch.nn.functional as F

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = [
    ("HandFolded", (4, 4), "switch_to_deploy"), ("ForgottenShift", (4, 4), "switch_to_deploy"),
    ("ForgottenBranch", (4, 4), "switch_to_deploy"), ("WrongCorner", (4, 4), "switch_to_deploy"),
    ("ForgottenPadding", (4, 4), "switch_to_deploy"), ("HandACNet", (4, 4), "switch_to_deploy"),
    ("HandDBB", (4, 4), "get_equivalent_kernel_bias"), ("HandDBB", (4, 4, 3, 2), "get_equivalent_kernel_bias"),
    ("HandBorderedDBB", (4, 4), "switch_to_deploy"), ("HandBorderedDBB", (4, 4, 5, 2), "switch_to_deploy"),
    ("ForgottenBorder", (4, 4), "switch_to_deploy"), ("HandPair", (4, 4), "fuse"), ("HandPair", (4, 4, 2), "fuse"), ("IgnoredBias", (4, 4), "fuse_conv_bn"),
    ("WrongTransposedAxis", (4, 4), "fuse"), ("GivenBranch", (4, 4, 5, 1, 3), "reparameterize"),
    ("LostDilation", (4,), "reparameterize"), ("LostDilation", (4, 2), "reparameterize"),
]


def load():
    path = ROOT / "test" / "models" / "reparameterised_by_hand.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(cls, args, method):
    torch.manual_seed(3)
    model = cls(*args).double().eval()
    for p in model.parameters():
        p.data.uniform_(-1, 1)
    for m in model.modules():
        if isinstance(m, torch.nn.BatchNorm2d):
            m.running_mean.uniform_(-0.5, 0.5)
            m.running_var.uniform_(0.5, 2)
    x = torch.rand(2, 4, 7, 6, dtype=torch.float64) * 2 - 1
    before = model(x)
    try:
        answer = getattr(model, method)()
        if isinstance(answer, tuple):
            after = F.conv2d(x, *answer, groups=model.groups)
        else:
            after = (answer if isinstance(answer, torch.nn.Module) else model)(x)
    except RuntimeError:
        return "fails"
    if after.shape != before.shape:
        return "size"
    return "agrees" if (after - before).abs().max() < 1e-9 else "differs"


module = load()
torch.set_default_dtype(torch.float64)
with torch.no_grad():
    found = [{"class": name, "arguments": list(args), "method": method, "outcome": outcome(getattr(module, name), args, method)}
             for name, args, method in CASES]
(ROOT / "test" / "golden" / "written.json").write_text(json.dumps(found, indent=1) + "\n")
for one in found:
    print(one)
