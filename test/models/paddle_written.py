import numpy as np
import paddle
from paddle import nn

ELEMENTS = {1: 'H', 6: 'C'}


class Named(nn.Layer):
    # What the keyword of a list of layers holds is in it.
    def __init__(self, depth=3):
        super().__init__()
        self.blocks = nn.LayerList(sublayers=[nn.Linear(4, 4) for _ in range(depth)])
        self.heads = nn.LayerDict(sublayers={'a': nn.Linear(4, 2)})
        self.angles = depth

    def forward(self, x):
        x = self.blocks[-1](x)  #: [*, 4]
        y = self.heads['a'](x)  #: [*, 2]
        print('mean: %.4f' % y.mean().numpy(), 'sum: %s' % y.sum())
        return y

    def tables(self, n):
        found = {(0, 0): 1}
        for i in range(1, n):
            found[(i, i)] = i * found[(i - 1, i - 1)]
        return found

    def symbols(self, numbers: np.ndarray):
        return [ELEMENTS[int(number)] for number in numbers]


class Gate(nn.Layer):
    # A helper that is known by its name may take other arguments.
    def __init__(self, kinds, functions):
        super().__init__()
        self.act = Activation(kinds, functions)

    def forward(self, x):
        return self.act(x)
