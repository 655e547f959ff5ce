"""What recorders of calls share, whatever the library: drawing cases, spoiling them, and writing them as JSON.

Values are JSON, with arrays for what JSON lacks: ["T", shape, dtype] a tensor, ["L", …] a list, ["U", …] a tuple,
["D", name] an element type, ["F", 2] the number 2.0. A result that is a tensor is ["T", shape, dtype, 1 if row by row else 0].
"""
import argparse
import json
import random
import sys

R = random.Random()


class T:
    """A tensor to be made: its shape and element type."""

    def __init__(self, *shape, dtype="float32"):
        self.shape, self.dtype = [int(s) for s in shape], dtype


class Case(tuple):
    """A path, positional arguments and keywords; for a layer also what the instance is called with."""

    def __new__(cls, path, *args, call=None, **kwargs):
        return super().__new__(cls, (path, list(args), kwargs, call))


def n(low=1, high=6):
    return R.randint(low, high)


def maybe(p=0.5):
    return R.random() < p


def sizes(count, low=1, high=6):
    return [n(low, high) for _ in range(count)]


def any_tensor(least=0, most=4, **kw):
    return T(*sizes(R.randint(least, most)), **kw)


def ints(*shape):
    return T(*shape, dtype="int64")


def bools(*shape):
    return T(*shape, dtype="bool")


def axis(t, extra=0):
    rank = max(1, len(t.shape) + extra)
    return R.randint(-rank, rank - 1)


def some_axes(t):
    rank = len(t.shape)
    return tuple(R.sample(range(-rank, 0) if maybe(0.3) else range(rank), R.randint(1, rank))) if rank else (0,)


def broadcastable(t):
    """A shape that broadcasts with the tensor's."""
    shape = [s if maybe(0.7) else 1 for s in t.shape]
    return T(*shape[R.randint(0, len(shape)) :])


def some(**options):
    """A random part of keyword arguments; values that are functions are drawn."""
    return {k: (v() if callable(v) else v) for k, v in options.items() if maybe(0.4)}


def tensors_in(value):
    if isinstance(value, T):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from tensors_in(item)


def spoil(case):
    """Makes one thing odd: a size, a rank, a type, a value, a name, or one argument more or less."""
    path, args, kwargs, call = case
    if path == "chain":
        return case
    target, words = (args, kwargs) if call is None or maybe() else (call[0], call[1])
    held = list(tensors_in([args, list(kwargs.values()), call[0] if call else []]))
    kind = R.randint(0, 8)
    if kind <= 2 and held:
        t = R.choice(held)
        if t.shape and kind < 2:
            i = R.randrange(len(t.shape))
            t.shape[i] = max(0, t.shape[i] + R.choice([-1, 1, 1, 2]))
        elif maybe() and t.shape:
            t.shape.pop(R.randrange(len(t.shape)))
        else:
            t.shape.insert(R.randint(0, len(t.shape)), n())
    elif kind == 3 and held:
        R.choice(held).dtype = R.choice(["int64", "bool", "float64", "float32", "complex64", "uint8"])
    elif kind == 4:
        words[R.choice(["dimension", "foo", "axis", "dim", "inplace", "keepdims", "bias"])] = R.choice([0, 1, True])
    elif kind == 5 and target:
        target.pop()
    elif kind == 6:
        target.append(R.choice([1, 0, None, True, 2.5, "a"]))
    else:
        numbers = [i for i, a in enumerate(target) if isinstance(a, (int, float)) and not isinstance(a, bool)]
        if numbers:
            target[R.choice(numbers)] = R.choice([0, -1, -2, 7, 2.5, None, "3", (2, 3), [1], True])
        elif words:
            words[R.choice(list(words))] = R.choice([0, -1, 7, 2.5, None, "3", (2, 3), True])
    return case


def plain(value):
    if isinstance(value, T):
        return ["T", value.shape] if value.dtype == "float32" else ["T", value.shape, value.dtype]
    if isinstance(value, list):
        return ["L", *map(plain, value)]
    if isinstance(value, tuple):
        return ["U", *map(plain, value)]
    if isinstance(value, float) and value.is_integer():
        return ["F", int(value)]
    if type(value).__name__ in ("dtype", "DataType"):
        return ["D", str(value).split(".")[-1].lower()]
    return value


def write(case, record):
    path, args, kwargs, call = case
    row = {"op": path, "args": [a if path in ("index", "chain") and not isinstance(a, (T, list, tuple)) else plain(a) for a in args]}
    if kwargs:
        row["kw"] = {k: plain(v) for k, v in kwargs.items()}
    if call is not None:
        row["call"] = [[plain(a) for a in call[0]], {k: plain(v) for k, v in call[1].items()}]
    if not record.get("buffers"):
        record.pop("buffers", None)
    return {**row, **record}


def record(library, version, families, attempt, out, description, odd=True):
    """
    Draws cases until there are enough and writes what `attempt` says of each; one that says nothing is left out. With `odd`
    some of them are spoilt first.
    """
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--out", default=out)
    parser.add_argument("--ops", help="what `tensorscribe ops --format json` prints: calls are made out of its examples, too")
    parser.add_argument("--only", default="", help="makers whose name contains this")
    parser.add_argument("--distort", action="store_true", help="arguments that nobody would write (record/odd.py)")
    options = parser.parse_args()
    R.seed(options.seed)
    makers = [maker for maker, weight in families if options.only in maker.__name__ for _ in range(weight)]
    if options.ops:
        from record import examples

        makers += [examples.maker(options.ops, library)] * (len(makers) // 2 + 1)
    if options.distort:
        from record import odd as odder

        makers = [odder.distorted(maker) for maker in makers]
    rows, seen = [], set()
    while len(rows) < options.count:
        case = R.choice(makers)()
        for _ in range(R.choice([0, 0, 0, 1, 1, 2]) if odd else 0):
            case = spoil(case)
        answered = attempt(case)
        if answered is None:
            continue
        row = write(case, answered)
        text = json.dumps(row, separators=(",", ":"))
        if text in seen or (row.get("error") is None and "?" in json.dumps(row.get("out"))):
            continue
        seen.add(text)
        rows.append(text)
    head = {"library": library, "version": version, "python": sys.version.split()[0], "seed": options.seed}
    with open(options.out, "w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1] + ',"cases":[\n' + ",\n".join(rows) + "\n]}\n")
