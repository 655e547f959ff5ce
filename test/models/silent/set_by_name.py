import torch.nn as nn


class Trunk(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def forward(self, x):
        return self.tail(self.fc(x))


class Tree(Trunk):
    def __init__(self, dim):
        super().__init__(dim)
        layers = {'tail': nn.ReLU()}
        for name in layers:
            self.add_module(name, layers[name])
