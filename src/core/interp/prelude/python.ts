// Classes of Python's own library that code keeps things in or asks which function to call.

/** A variable of the thread that runs: as there is one, it holds what was set last. */
export const pythonContext = `
_absent = object()

class Token:
    MISSING = _absent

    def __init__(self, var, old):
        self.var = var
        self.old_value = old

class ContextVar:
    def __init__(self, name, default=_absent):
        self.name = name
        self._default = default
        self._held = _absent

    def get(self, default=_absent):
        if self._held is not _absent:
            return self._held
        if default is not _absent:
            return default
        if self._default is not _absent:
            return self._default
        raise LookupError(self.name)

    def set(self, value):
        token = Token(self, self._held)
        self._held = value
        return token

    def reset(self, token):
        self._held = token.old_value
`;

/** A function that the class of its first argument chooses among those that are registered. */
export const pythonDispatch = `
class singledispatch:
    def __init__(self, func):
        self._default = func
        self._registered = []

    def register(self, kind, func=None):
        if func is None:
            if isinstance(kind, type):
                return lambda given: self.register(kind, given)
            kind, func = list(kind.__annotations__.values())[0], kind
        self._registered.append((kind, func))
        return func

    def __call__(self, *args, **kwargs):
        for kind in type(args[0]).__mro__:
            for own, func in self._registered:
                if own is kind:
                    return func(*args, **kwargs)
        return self._default(*args, **kwargs)
`;

/** Objects that hold what they are given by name. */
export const pythonNamespaces = `
class SimpleNamespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

class Namespace(SimpleNamespace):
    def __contains__(self, name):
        return hasattr(self, name)
`;

/** Names of Python 2 and 3 alike, by which old code goes through things. */
export const sixMoves = `
import functools
import itertools

filter = filter
input = input
map = map
range = range
xrange = range
zip = zip
reduce = functools.reduce
zip_longest = itertools.zip_longest
filterfalse = itertools.filterfalse
`;

export const six = `
PY2 = False
PY3 = True
string_types = (str,)
integer_types = (int,)
class_types = (type,)
text_type = str
binary_type = bytes

def iteritems(mapping):
    return iter(mapping.items())

def iterkeys(mapping):
    return iter(mapping.keys())

def itervalues(mapping):
    return iter(mapping.values())
`;
