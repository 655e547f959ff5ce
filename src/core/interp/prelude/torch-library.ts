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

/** Mappings and sequences in each other, as the tensors in them and what puts them back. */
export const torchTrees = `
def _flatten(tree, leaves):
    if isinstance(tree, dict):
        return (type(tree), [(key, _flatten(value, leaves)) for key, value in tree.items()])
    if isinstance(tree, (list, tuple)):
        return (type(tree), [_flatten(value, leaves) for value in tree])
    leaves.append(tree)
    return None

def _unflatten(leaves, spec):
    if spec is None:
        return leaves.pop(0)
    kind, inner = spec
    if issubclass(kind, dict):
        return kind([(key, _unflatten(leaves, value)) for key, value in inner])
    parts = [_unflatten(leaves, value) for value in inner]
    return kind(*parts) if hasattr(kind, '_fields') else kind(parts)

def tree_flatten(tree, is_leaf=None):
    leaves = []
    spec = _flatten(tree, leaves)
    return leaves, spec

def tree_unflatten(leaves, treespec):
    return _unflatten(list(leaves), treespec)

def tree_leaves(tree, is_leaf=None):
    return tree_flatten(tree)[0]

def tree_map(func, tree, *rests, is_leaf=None):
    leaves, spec = tree_flatten(tree)
    others = [tree_flatten(rest)[0] for rest in rests]
    return tree_unflatten([func(*each) for each in zip(leaves, *others)], spec)

def tree_map_only(kind, func, tree, is_leaf=None):
    return tree_map(lambda leaf: func(leaf) if isinstance(leaf, kind) else leaf, tree)
`;
