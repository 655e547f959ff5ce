// Classes of Python's own library that code keeps things in.

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
