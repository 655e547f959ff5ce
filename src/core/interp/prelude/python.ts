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

def total_ordering(cls):
    if '__lt__' in cls.__dict__:
        cls.__gt__ = lambda self, other: not (self < other or self == other)
        cls.__le__ = lambda self, other: self < other or self == other
        cls.__ge__ = lambda self, other: not self < other
    elif '__le__' in cls.__dict__:
        cls.__ge__ = lambda self, other: not self <= other or self == other
        cls.__lt__ = lambda self, other: self <= other and not self == other
        cls.__gt__ = lambda self, other: not self <= other
    elif '__gt__' in cls.__dict__:
        cls.__lt__ = lambda self, other: not (self > other or self == other)
        cls.__ge__ = lambda self, other: self > other or self == other
        cls.__le__ = lambda self, other: not self > other
    elif '__ge__' in cls.__dict__:
        cls.__le__ = lambda self, other: not self >= other or self == other
        cls.__gt__ = lambda self, other: self >= other and not self == other
        cls.__lt__ = lambda self, other: not self >= other
    return cls
`;

/** Iterators out of iterators. */
export const pythonIterators = `
def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            break
        yield item

def dropwhile(predicate, iterable):
    dropping = True
    for item in iterable:
        if dropping and predicate(item):
            continue
        dropping = False
        yield item

def filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item

def compress(data, selectors):
    for item, selected in zip(data, selectors):
        if selected:
            yield item

def starmap(function, iterable):
    for args in iterable:
        yield function(*args)

def tee(iterable, n=2):
    items = list(iterable)
    return tuple(iter(items) for _ in range(n))

def batched(iterable, n):
    items = list(iterable)
    for start in range(0, len(items), n):
        yield tuple(items[start:start + n])
`;

/** Mappings and lists that are made to be derived from. */
export const pythonContainers = `
class UserDict(dict):
    @property
    def data(self):
        return self

class UserList(list):
    @property
    def data(self):
        return self

class Counter(dict):
    def __init__(self, iterable=(), **counts):
        super().__init__()
        self.update(iterable, **counts)

    def __missing__(self, key):
        return 0

    def update(self, iterable=(), **counts):
        if hasattr(iterable, 'items'):
            for key, n in iterable.items():
                self[key] = self[key] + n
        else:
            for key in iterable:
                self[key] = self[key] + 1
        for key, n in counts.items():
            self[key] = self[key] + n

    def most_common(self, n=None):
        rows = sorted(self.items(), key=lambda row: row[1], reverse=True)
        return rows if n is None else rows[:n]

    def elements(self):
        for key, n in self.items():
            for _ in range(n):
                yield key

    def total(self):
        return sum(self.values())

class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for one in self.maps:
            if key in one:
                return one[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __contains__(self, key):
        return any(key in one for one in self.maps)

    def __iter__(self):
        return iter(dict.fromkeys(key for one in reversed(self.maps) for key in one))

    def __len__(self):
        return len(list(iter(self)))

    def get(self, key, default=None):
        return self[key] if key in self else default

    def keys(self):
        return list(iter(self))

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)
`;

export const pythonHeaps = `
def heapify(heap):
    heap.sort()

def heappush(heap, item):
    heap.append(item)
    heap.sort()

def heappop(heap):
    return heap.pop(0)

def heappushpop(heap, item):
    heappush(heap, item)
    return heappop(heap)

def heapreplace(heap, item):
    least = heappop(heap)
    heappush(heap, item)
    return least

def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]

def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]
`;

/** Places in a list that is in order. */
export const pythonBisection = `
def bisect_left(a, x, lo=0, hi=None, *, key=None):
    for place in range(lo, len(a) if hi is None else hi):
        if not (a[place] if key is None else key(a[place])) < x:
            return place
    return len(a) if hi is None else hi

def bisect_right(a, x, lo=0, hi=None, *, key=None):
    for place in range(lo, len(a) if hi is None else hi):
        if x < (a[place] if key is None else key(a[place])):
            return place
    return len(a) if hi is None else hi

def insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)

def insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)

bisect = bisect_right
insort = insort_right
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

def add_metaclass(metaclass):
    return lambda cls: metaclass(cls.__name__, cls.__bases__, dict(cls.__dict__))
`;
