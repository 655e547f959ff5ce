import torch
import torch.nn as nn
from torch.types import _size

# Inputs and parameters that are no tensors and no numbers, although nothing but their use tells it.


class Step(nn.Module):
    """The state is a pair."""

    def __init__(self, dim, layers: int):
        super().__init__()
        self.rnn = nn.LSTM(dim, dim, layers, batch_first=True, dropout=0.5 if layers > 1 else 0)
        self.cell = nn.LSTMCell(dim, dim)

    def forward(self, x, state, last):
        y, state = self.rnn(x.view(x.size(0), 1, -1), state)
        return self.cell(y.squeeze(1), last), state


class FromArray(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 3)

    def forward(self, wave, rate):
        return self.fc(torch.from_numpy(wave).unsqueeze(0))


class Graph(nn.Module):
    """A batch has attributes that tensors have too."""

    def __init__(self, n, dim):
        super().__init__()
        self.entities = nn.Parameter(torch.empty(n, dim))
        self.rnn = nn.GRU(dim, dim, batch_first=True)

    def forward(self, data):
        assert 'history' in data
        history = data.history + data.steps * 3
        subject = self.entities[data.sub].unsqueeze(1).repeat(1, 3, 1)
        return self.rnn(subject)[1], history


class Unflatten(nn.Unflatten):
    def __init__(self, dim: int, sizes: _size):
        nn.Unflatten.__init__(self, dim=dim, unflattened_size=sizes)


class Frequencies(nn.Module):
    """What is written into a tensor has its element type."""

    def __init__(self, n: int):
        super().__init__()
        self.freq = nn.Parameter(torch.empty(n))
        with torch.no_grad():
            torch.arange(1, n + 1, out=self.freq).mul_(3.14)

    def forward(self, x):
        return x.unsqueeze(-1) * self.freq
