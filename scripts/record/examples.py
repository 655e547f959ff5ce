"""Calls made out of the examples that the rows of the op tables carry.

`tensorscribe ops --format json` prints every op with its signatures and examples. An example is read as a call, its
sizes are renamed at random, the same number to the same number, so that what had to fit still fits. What becomes of
the call says the real library: see record-ops.py.
"""
import importlib
import json
import re

from record.draw import R, T, Case, maybe, n

OPEN, CLOSE = "[(", "])"


def split_top(text):
    """Splits at commas outside brackets and quotes."""
    parts, depth, quote, start = [], 0, "", 0
    for i, ch in enumerate(text):
        if quote:
            quote = "" if ch == quote else quote
        elif ch in "'\"":
            quote = ch
        elif ch in OPEN:
            depth += 1
        elif ch in CLOSE:
            depth -= 1
        elif ch == "," and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    last = text[start:].strip()
    return parts + [last] if last else parts


def kinds_of(signature):
    """Names and kinds of the parameters of a signature, in order."""
    arrow = signature.rfind(" -> ")
    inner = signature[signature.index("(") + 1 : signature.rfind(")", 0, arrow if arrow > 0 else len(signature))]
    params = [part.split(": ", 1) for part in split_top(inner) if ": " in part]
    return [(name, spec.split(" = ")[0]) for name, spec in params]


def is_tensor(kind):
    return kind.startswith("Tensor") or kind.startswith("operand")


class Reader:
    """Reads examples of a library; equal sizes are renamed alike."""

    def __init__(self, library):
        self.library, self.sizes = importlib.import_module(library), {}

    def rename(self, size):
        return self.sizes.setdefault(size, size if maybe(0.4) else n(1, 9)) if size > 1 else size

    def value(self, text, tensors):
        sizes = re.fullmatch(r"\(([\d, ]*)\)(?::(\w+))?", text)
        if sizes and (tensors or sizes[2]):
            return T(*[self.rename(int(size)) for size in split_top(sizes[1])], dtype=sizes[2] or "float32")
        if text.startswith("["):
            return [self.value(part, tensors) for part in split_top(text[1:-1])]
        if text.startswith("("):
            return tuple(self.value(part, tensors) for part in split_top(text[1:-1]))
        if text in ("None", "True", "False"):
            return {"None": None, "True": True, "False": False}[text]
        if re.fullmatch(r"-?\d+", text):
            return self.rename(int(text))
        if re.fullmatch(r"-?[\d.e+-]+", text):
            return float(text)
        if re.fullmatch(r"(float|int|uint|complex|bfloat)\d+|bool", text):
            return getattr(self.library, text)
        return text.strip("'\"")

    def arguments(self, text, families):
        """Positional and keyword arguments; what may be a tensor is one where any signature takes one."""
        args, words = [], {}
        for part in split_top(text):
            named = re.fullmatch(r"(\w+)=(.*)", part)
            if named:
                kinds = [kind for params in families for name, kind in params if name == named[1]]
                words[named[1]] = self.value(named[2], any(map(is_tensor, kinds)))
            else:
                kinds = [kind_at(params, len(args)) for params in families]
                open_first = "any" in kinds and not args and part.startswith(("(", "[("))
                args.append(self.value(part, open_first or any(map(is_tensor, kinds))))
        return args, words


def kind_at(params, place):
    for _, kind in params[: place + 1]:
        if kind.endswith("*"):
            return kind
    return params[place][1] if place < len(params) else "any"


# What only we know, what leads to an op under a name that is no path of its own, or what asks for a device.
HIDDEN = ("torch.Tensor.cuda", "torch.Tensor.xpu", "torch.Tensor.pin_memory", "torch.Tensor.coalesce", "torch._nn", "torch._C", "torch.nn.modules", "paddle._nn", "numpy.")


def load(path, library):
    """The examples of a library's ops: path, kind, signatures, text."""
    with open(path, encoding="utf-8") as file:
        pages = json.load(file)
    homes = (f"{library}.", "einops.") if library == "torch" else (f"{library}.",)
    found = []
    for page in pages:
        if not page["path"].startswith(homes) or page["path"].startswith(HIDDEN):
            continue
        families = [kinds_of(signature) for signature in page["signatures"]]
        if any(params and params[0][0] == "self" for params in families):
            continue
        for example in page["examples"]:
            call = example.rsplit("->", 1)[0].strip()
            # A method is called on a tensor, whatever the function of its name takes.
            if ".Tensor." not in page["path"] or call.startswith("("):
                found.append((page["path"], page["kind"], families, call))
    return found


def maker(path, library):
    """A maker of calls out of the examples of all rows."""
    examples = load(path, library)

    def from_examples():
        name, kind, families, text = R.choice(examples)
        reader = Reader(library)
        if kind == "function":
            args, words = reader.arguments(text, families)
            return Case(name, *args, **words)
        made, _, called = text.partition("):")
        args, words = reader.arguments(made[made.index("(") + 1 :], families)
        return Case(name, *args, call=reader.arguments(called.strip(), [[("inputs", "Tensor*")]]), **words)

    return from_examples
