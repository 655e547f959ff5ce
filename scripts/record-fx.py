"""Records which pairs of layers torch.fx folds in the models of `test/models/whole_models.py`.

    python scripts/record-fx.py               # test/golden/fusion-fx.json

For each model: the pairs that `torch.fx.experimental.optimization.fuse` folds, those that it sees and refuses (several
users, no statistics), and the number of parameters before and after. `test/core/features/whole-models.test.ts` holds ours
against them; `scripts/compare-fx.py` does the same for the models of a library.
"""
import importlib.util
import json
import pathlib

import torch
from torch import nn
from torch.fx.experimental.optimization import fuse, matches_module_pattern

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATTERNS = [(nn.Conv1d, nn.BatchNorm1d), (nn.Conv2d, nn.BatchNorm2d), (nn.Conv3d, nn.BatchNorm3d),
            (nn.Linear, nn.BatchNorm1d)]

spec = importlib.util.spec_from_file_location("whole_models", ROOT / "test" / "models" / "whole_models.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
found = []
for name in ("ResNet50", "MobileNetV2", "Guarded"):
    model = getattr(module, name)().eval()
    traced = torch.fx.symbolic_trace(model)
    modules = dict(traced.named_modules())
    folded, refused = [], []
    for pattern in PATTERNS:
        for node in traced.graph.nodes:
            if matches_module_pattern(pattern, node, modules):
                guard = len(node.args[0].users) > 1 or not modules[node.target].track_running_stats
                (refused if guard else folded).append([node.args[0].target, node.target])
    count = lambda m: sum(p.numel() for p in m.parameters())
    after = fuse(model)
    left = sum(isinstance(m, nn.modules.batchnorm._BatchNorm) for m in after.modules())
    assert left == len(refused), name
    found.append({"class": name, "folded": sorted(folded), "refused": sorted(refused), "before": count(model),
                  "after": count(after)})
    print(name, len(folded), len(refused), count(model), count(after))
(ROOT / "test" / "golden" / "fusion-fx.json").write_text(json.dumps({"version": torch.__version__, "models": found}, indent=1) + "\n")
