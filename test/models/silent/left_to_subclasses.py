import abc

import paddle
import paddle.nn as nn


class Base(abc.ABC, nn.Layer):
    """What a subclass takes in a method that is left to it, it says itself."""

    @abc.abstractmethod
    def run_forward(self):
        """The forward pass of evaluation."""

    def forward(self, samples, *args):
        return self.run_forward(samples, *args)


class Shifts(nn.Layer):
    """The type of what `arange` counts may stand behind its three numbers."""

    def forward(self, size, stride):
        across = paddle.arange(0, size[0], 1, 'int32') * stride
        down = paddle.arange(0, 4, 1, 'int32') * stride
        return across, down
