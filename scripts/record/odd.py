"""Arguments that nobody would write, and which Paddle often takes: other types, single numbers for lists, empty tensors."""
from record.draw import R, T, any_tensor, maybe, tensors_in

DTYPES = "float16 bfloat16 float64 int8 int16 int32 int64 uint8 bool complex64 float32".split()
WORDS = "SAME VALID NHWC NCHW none mean float32 int64 bilinear max fro".split()


def odd_value():
    numbers = [0, 1, -1, 2, 3, -3, 2.5, 2.0, None, True, False, "3", R.choice(WORDS), (2, 3), [1], [], (), [-1, 2], [None, 2]]
    return R.choice([*numbers, any_tensor(0, 3), T(0), T(2, 0, 3)])


def odd_tensor(t):
    shape = list(t.shape)
    place = R.randrange(len(shape)) if shape else None
    kind = R.randint(0, 7)
    if kind == 0:
        return T(dtype=t.dtype)
    if kind == 1:
        return T(*shape, dtype=R.choice(DTYPES))
    if kind == 2:
        return R.choice([2, 0.5, True, [1.0, 2.0], [[1, 2], [3, 4]], None, "x"])
    if kind == 3:
        return R.choice([[t], (t,), [t, t]])
    if place is None:
        return T(1, dtype=t.dtype)
    if kind == 4:
        shape.pop(place)
    elif kind == 5:
        shape.insert(place, R.choice([1, 2, 3]))
    else:
        shape[place] = R.choice([0, 1, shape[place] + 1])
    return T(*shape, dtype=t.dtype)


def odd(value):
    """Something else in place of a value."""
    if isinstance(value, T):
        return odd_tensor(value)
    if isinstance(value, bool):
        return R.choice([int(value), not value, None, "a", [value], odd_value()])
    if isinstance(value, (int, float)):
        return R.choice([[value], (value, value), value * 1.0, bool(value), -value, value + 1, 0, None, str(value), odd_value()])
    if isinstance(value, str):
        return R.choice([value.upper(), value.lower(), R.choice(WORDS), None, odd_value()])
    if isinstance(value, (list, tuple)):
        items = list(value)
        return R.choice([tuple(items), items, items[::-1], items + items[:1], items[:-1], [], [odd(v) if maybe(0.3) else v for v in items]])
    return odd_value()


def distort(case):
    """Makes one argument odd, or gives one twice, or one more."""
    path, args, kwargs, call = case
    target, words = (args, kwargs) if call is None or maybe(0.3) else (call[0], call[1])
    kind = R.randint(0, 9)
    # A method stays one of a tensor.
    first = 1 if ".Tensor." in path else 0
    if kind == 0:
        words[R.choice("name out dtype data_format keepdim axis dim input x bias requires_grad device".split())] = odd_value()
    elif words and (kind <= 3 or len(target) <= first):
        key = R.choice(list(words))
        words[key] = odd(words[key])
    elif len(target) > first:
        place = R.randrange(first, len(target))
        target[place] = odd(target[place])
    return case


def distorted(maker):
    """Calls of a maker with one to three odd arguments."""

    def make():
        case = maker()
        for _ in range(R.randint(1, 3) if case[0] != "index" else 0):
            case = distort(case)
        # A tensor among the arguments of a constructor becomes a buffer, whatever it was meant for.
        kept = case[3] is not None and any(tensors_in([case[1], list(case[2].values())]))
        return make() if kept else case

    return make
