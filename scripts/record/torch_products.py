"""Makers of calls to products, contractions, transforms and decompositions of PyTorch, and to einops."""
from record.draw import R, T, Case, any_tensor, axis, maybe, n, sizes, some
from record.torch_tensor import both


def products():
    a, b, c, d = sizes(4)
    kind = R.randint(0, 10)
    if kind < 3:
        left, right = R.choice(
            [([a, b], [b, c]), ([a], [a]), ([a, b], [b]), ([a], [a, b]), ([d, a, b], [b, c]), ([d, a, b], [d, b, c]), ([a, b], [d, b, c]), ([2, 1, a, b], [d, b, c]), ([d, a, b], [b])]
        )
        return Case(both("matmul"), T(*left), T(*right))
    if kind == 3:
        return Case(both("mm"), T(a, b), T(b, c))
    if kind == 4:
        return Case(both("bmm"), T(d, a, b), T(d, b, c))
    if kind == 5:
        return Case(both(R.choice(["dot", "inner", "outer", "vdot"])), T(a), T(a))
    if kind == 6:
        return Case(both("addmm"), T(*R.choice([[c], [a, c], [1, c]])), T(a, b), T(b, c))
    if kind == 7:
        return Case(both("baddbmm"), T(d, a, c), T(d, a, b), T(d, b, c))
    if kind == 8:
        return Case("torch.cdist", T(d, a, b), T(d, c, b))
    if kind == 9:
        return Case(both("kron"), any_tensor(1, 3), any_tensor(1, 3))
    return Case("torch.tensordot", T(a, b, c), T(b, c, d), **some(dims=2))


def einsum():
    text, shapes = R.choice(
        [
            ("bij,bjk->bik", ["bij", "bjk"]),
            ("b h i d, b h j d -> b h i j", ["bhid", "bhjd"]),
            ("ij,jk", ["ij", "jk"]),
            ("ii->i", ["ii"]),
            ("...d,md->...m", ["abd", "md"]),
            ("bcn,bcm->bnm", ["bcn", "bcm"]),
            ("i,j->ij", ["i", "j"]),
            ("bchw->bc", ["bchw"]),
        ]
    )
    size = {letter: n() for letter in "abcdefghijklmnw"}
    return Case("torch.einsum", text, *[T(*[size[x] for x in s]) for s in shapes])


def einops():
    size = {letter: n() for letter in "bchwndk"}
    kind = R.randint(0, 5)
    if kind == 0:
        return Case("einops.rearrange", T(size["b"], size["n"], size["h"] * size["d"]), "b n (h d) -> b h n d", h=size["h"])
    if kind == 1:
        return Case("einops.rearrange", T(*[size[x] for x in "bchw"]), R.choice(["b c h w -> b (h w) c", "b c h w -> b h w c", "b ... -> b (...)", "b c h w -> (b c) 1 h w"]))
    if kind == 2:
        return Case("einops.repeat", T(size["n"], size["d"]), R.choice(["n d -> b n d", "n d -> (b n) d", "n d -> n d b"]), b=size["b"])
    if kind == 3:
        return Case("einops.reduce", T(*[size[x] for x in "bchw"]), R.choice(["b c h w -> b c", "b c h w -> b", "b c h w -> b c () ()"]), R.choice(["mean", "max", "sum"]))
    if kind == 4:
        return Case("einops.rearrange", T(size["b"], size["c"], 2 * size["h"], 3 * size["w"]), "b c (h p) (w q) -> b (h w) (p q c)", p=2, q=3)
    return Case("einops.layers.torch.Rearrange", "b c h w -> b (c h) w", call=([T(*[size[x] for x in "bchw"])], {}))


def spectra():
    t = any_tensor(1, 3)
    kind = R.randint(0, 3)
    if kind == 0:
        return Case("torch.fft." + R.choice(["fft", "ifft", "rfft"]), t, **some(n=n, dim=lambda: axis(t)))
    if kind == 1:
        return Case("torch.fft.irfft", T(*t.shape, dtype="complex64"), **some(n=n, dim=lambda: axis(t)))
    if kind == 2:
        return Case("torch.fft." + R.choice(["fft2", "rfft2"]), T(*sizes(R.randint(2, 3))))
    return Case("torch.fft." + R.choice(["fftn", "rfftn", "fftshift"]), t)


def linalg():
    a, b = sizes(2)
    lead = sizes(R.randint(0, 1))
    kind = R.randint(0, 3)
    if kind == 0:
        return Case("torch.linalg." + R.choice(["svd", "qr", "pinv", "svdvals", "matrix_norm"]), T(*lead, a, b))
    if kind == 1:
        return Case("torch.linalg." + R.choice(["det", "slogdet", "matrix_exp", "eigvals", "eigh"]), T(*lead, a, a))
    if kind == 2:
        return Case("torch.linalg." + R.choice(["norm", "vector_norm"]), T(*lead, a, b), **some(dim=-1, keepdim=maybe))
    return Case("torch." + R.choice(["det", "svd", "trace", "cov"]), T(a, a))


FAMILIES = [
    (products, 4), (einsum, 2), (einops, 3), (spectra, 2), (linalg, 2),
]  # fmt: skip
