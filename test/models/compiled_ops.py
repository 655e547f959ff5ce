import os
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, FileFinder

import torch
import torch.nn as nn

"""Ops that are there only when a compiled library stands beside the file: nobody who reads the code knows."""


def load():
    try:
        folder = os.path.dirname(__file__)
        found = FileFinder(folder, (ExtensionFileLoader, EXTENSION_SUFFIXES)).find_spec('_kernels')
        if found is None:
            raise ImportError(f'no kernels in {folder}')
        torch.ops.load_library(found.origin)
        return True
    except (ImportError, OSError):
        return False


def has_kernels():
    return False


if load():

    def has_kernels():
        return True


def need_kernels():
    if not has_kernels():
        raise RuntimeError('the kernels were not built')


class Fused(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        need_kernels()
        y = self.proj(x)  #: [*, dim]
        return y
