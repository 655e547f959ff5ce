import torch
import torch.nn as nn


class Decoder(nn.Module):
    """A state that only the layer asks for has the shape that the layer asks for."""

    def __init__(self, words, size, layers):
        super().__init__()
        self.embedding = nn.Embedding(words, size)
        self.rnn = nn.LSTM(size, size, layers)
        self.head = nn.Linear(size, words)

    def forward(self, word, hidden, cell):
        x = self.embedding(word.unsqueeze(0))  #: [1, B, size]
        out, (hidden, cell) = self.rnn(x, (hidden, cell))  #: [1, B, size], ([layers, B, size] × 2)
        twice = hidden * 2  #: [layers, B, size]
        return self.head(out), twice, cell


class Cell(nn.Module):
    def __init__(self, size, hidden):
        super().__init__()
        self.cell = nn.GRUCell(size, hidden)

    def forward(self, x, state):
        state = self.cell(x, state)  #: [B, hidden]
        return state + 1  #: [B, hidden]


class Wrong(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(8, 16, num_layers=2)

    def forward(self, x):
        state = torch.zeros(1, 3, 16)
        return self.rnn(x.view(5, 3, 8), state)  #! hidden-mismatch


class Flat(nn.Module):
    """How many items there are, nobody knows: they are as many all the way."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(784, 32)
        self.second = nn.Linear(32, 10)

    def forward(self, x):
        x = x.view(-1, 784)  #: [N, 784]
        h = torch.relu(self.first(x))  #: [N, 32]
        return self.second(h), x  #: [N, 10], [N, 784]


class Two(nn.Module):
    def forward(self, x, y):
        a, b = x.view(-1, 8), y.view(-1, 8)
        both = torch.cat([a, b])  #: [N + N2, 8]
        return both
