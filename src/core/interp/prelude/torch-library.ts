// Classes of PyTorch that run code of their users.

/** An operation with a gradient of its own: a call runs `forward`; what `backward` does changes no shape. */
export const torchAutograd = `
class FunctionCtx:
    def __init__(self, count):
        self.needs_input_grad = tuple(False for _ in range(count))

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def save_for_forward(self, *tensors):
        pass

    def mark_dirty(self, *tensors):
        pass

    def mark_non_differentiable(self, *tensors):
        pass

    def set_materialize_grads(self, value):
        pass

class Function:
    @classmethod
    def apply(cls, *args):
        ctx = FunctionCtx(len(args))
        if hasattr(cls, 'setup_context'):
            output = cls.forward(*args)
            cls.setup_context(ctx, args, output)
            return output
        return cls.forward(ctx, *args)
`;
