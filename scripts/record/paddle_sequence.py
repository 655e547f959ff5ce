"""Makers of calls to Paddle's recurrent layers and attention."""
from record.draw import R, T, Case, maybe, n, some

F = "paddle.nn.functional."
NN = "paddle.nn."


def rnn():
    name = R.choice(["LSTM", "LSTM", "GRU", "SimpleRNN"])
    inside, hidden, layers = n(), n(2, 6), n(1, 2)
    both, major = maybe(0.4), maybe(0.3)
    batch, steps = n(1, 3), n(1, 4)
    rest = {"direction": R.choice(["bidirect", "bidirectional"])} if both else some(direction="forward")
    rest |= {"time_major": True} if major else {}
    project = name == "LSTM" and maybe(0.15)
    if project:
        rest["proj_size"] = n(1, hidden - 1)
    x = T(steps, batch, inside) if major else T(batch, steps, inside)
    lead = layers * (2 if both else 1)
    states = []
    if maybe(0.4):
        h = T(lead, batch, rest.get("proj_size", hidden))
        states = [(h, T(lead, batch, hidden))] if name == "LSTM" else [h]
    count = [layers] if layers > 1 or maybe(0.2) else []
    return Case(NN + name, inside, hidden, *count, **rest, call=[[x, *states], {}])


def cells():
    name = R.choice(["LSTMCell", "GRUCell", "SimpleRNNCell"])
    inside, hidden, batch = n(), n(), n(1, 4)
    state = T(batch, hidden)
    states = [] if maybe() else [(state, T(batch, hidden))] if name == "LSTMCell" else [state]
    return Case(NN + name, inside, hidden, call=[[T(batch, inside), *states], {}])


def attention():
    heads = n(1, 3)
    width = heads * n(1, 3)
    batch, queries, keys = n(1, 3), n(1, 5), n(1, 5)
    kind = R.randint(0, 4)
    masks = [[queries, keys], [batch, heads, queries, keys], [batch, 1, 1, keys], [1, queries, keys]]
    if kind <= 1:
        size = n()
        q, k, v = T(batch, queries, heads, size), T(batch, keys, heads, size), T(batch, keys, heads, size)
        mask = some(attn_mask=lambda: T(*R.choice(masks)))
        return Case(F + "scaled_dot_product_attention", q, k, v, **mask, **some(is_causal=lambda: maybe(), training=lambda: maybe()))
    if kind <= 3:
        alone = maybe(0.3)
        rest = some(need_weights=lambda: maybe(), bias_attr=False)
        other = {} if alone or maybe(0.7) else {"kdim": n(), "vdim": n()}
        query = T(batch, queries, width)
        more = [] if alone else [T(batch, keys, other.get("kdim", width)), T(batch, keys, other.get("vdim", width))]
        if alone:
            masks = [[queries, queries], [batch, heads, queries, queries]]
        mask = {"attn_mask": T(*R.choice(masks))} if maybe(0.4) else {}
        return Case(NN + "MultiHeadAttention", width, heads, **rest, **other, call=[[query, *more], mask])
    which = R.choice(["EncoderLayer", "DecoderLayer", ""])
    rest = some(normalize_before=True, activation="gelu", bias_attr=False)
    if which == "EncoderLayer":
        mask = {"src_mask": T(queries, queries)} if maybe(0.4) else {}
        return Case(NN + "TransformerEncoderLayer", width, heads, n(), **rest, call=[[T(batch, queries, width)], mask])
    pair = [T(batch, queries, width), T(batch, keys, width)]
    if which == "DecoderLayer":
        mask = {"memory_mask": T(queries, keys)} if maybe(0.4) else {}
        return Case(NN + "TransformerDecoderLayer", width, heads, n(), **rest, call=[pair, mask])
    return Case(NN + "Transformer", width, heads, n(1, 2), n(1, 2), n(), **rest, call=[pair, {}])


FAMILIES = [(rnn, 4), (cells, 1), (attention, 4)]
