"""The GPT of bench/gpt.ts in Python, for `deno task peers gpt`.

Each contender takes the documents and the initial weights, as parsed from JSON, and returns a function
that trains on the next document and returns the loss before the update.
"""

import math

WIDTH, HEADS = 16, 4
SIZE = WIDTH // HEADS
SHAPES = {
    "tokens": (27, WIDTH),
    "positions": (16, WIDTH),
    "queries": (WIDTH, WIDTH),
    "keys": (WIDTH, WIDTH),
    "values": (WIDTH, WIDTH),
    "outputs": (WIDTH, WIDTH),
    "expand": (64, WIDTH),
    "contract": (WIDTH, 64),
    "logits": (27, WIDTH),
}
BETA1, BETA2, EPSILON = 0.85, 0.99, 1e-8


def learning_rate(step):
    """The learning rate of a step, counted from 1."""
    return 0.01 * max(0.1, 1 - step / 1000)


class Scalar:
    """A number, its operands and its local derivatives, as in microgpt."""

    __slots__ = ("data", "grad", "operands", "derivatives")

    def __init__(self, data, operands=(), derivatives=()):
        self.data = data
        self.grad = 0.0
        self.operands = operands
        self.derivatives = derivatives

    def __add__(self, other):
        if isinstance(other, Scalar):
            return Scalar(self.data + other.data, (self, other), (1.0, 1.0))
        return Scalar(self.data + other, (self,), (1.0,))

    __radd__ = __add__

    def __mul__(self, other):
        if isinstance(other, Scalar):
            return Scalar(self.data * other.data, (self, other), (other.data, self.data))
        return Scalar(self.data * other, (self,), (other,))

    def __pow__(self, exponent):
        derivative = exponent * self.data ** (exponent - 1)
        return Scalar(self.data**exponent, (self,), (derivative,))

    def exp(self):
        power = math.exp(self.data)
        return Scalar(power, (self,), (power,))

    def log(self):
        return Scalar(math.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        return Scalar(max(0.0, self.data), (self,), (float(self.data > 0),))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for operand in node.operands:
                    visit(operand)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            upstream = node.grad
            for operand, derivative in zip(node.operands, node.derivatives):
                operand.grad += derivative * upstream


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def linear(matrix, x):
    return [dot(row, x) for row in matrix]


def normal(x):
    scale = (dot(x, x) * (1 / len(x)) + 1e-5) ** -0.5
    return [value * scale for value in x]


def softmax(scores):
    powers = [score.exp() for score in scores]
    scale = sum(powers) ** -1
    return [power * scale for power in powers]


def add(a, b):
    return [x + y for x, y in zip(a, b)]


def loss_of(w, document):
    """The loss of a document, in scalars."""
    keys, values, losses = [], [], []
    for place, (letter, following) in enumerate(zip(document, document[1:])):
        x = normal(add(w["tokens"][letter], w["positions"][place]))
        normed = normal(x)
        query = linear(w["queries"], normed)
        keys.append(linear(w["keys"], normed))
        values.append(linear(w["values"], normed))
        mixed = []
        for start in range(0, WIDTH, SIZE):
            own = slice(start, start + SIZE)
            shares = softmax([dot(query[own], key[own]) * SIZE**-0.5 for key in keys])
            mixed += [dot(shares, column) for column in zip(*(value[own] for value in values))]
        x = add(linear(w["outputs"], mixed), x)
        inner = [value.relu() for value in linear(w["expand"], normal(x))]
        x = add(linear(w["contract"], inner), x)
        losses.append(softmax(linear(w["logits"], x))[following].log() * -1)
    return sum(losses) * (1 / len(losses))


def scalars(problem):
    parameters = [Scalar(weight) for weight in problem["weights"]]
    w, at = {}, 0
    for name, (rows, columns) in SHAPES.items():
        w[name] = [parameters[at + r * columns :][:columns] for r in range(rows)]
        at += rows * columns
    m, v = [0.0] * len(parameters), [0.0] * len(parameters)
    documents, steps = problem["documents"], 0

    def step():
        nonlocal steps
        loss = loss_of(w, documents[steps % len(documents)])
        loss.backward()
        steps += 1
        rate, one, two = learning_rate(steps), 1 - BETA1**steps, 1 - BETA2**steps
        for i, p in enumerate(parameters):
            m[i] = BETA1 * m[i] + (1 - BETA1) * p.grad
            v[i] = BETA2 * v[i] + (1 - BETA2) * p.grad**2
            p.data -= rate * (m[i] / one) / ((v[i] / two) ** 0.5 + EPSILON)
            p.grad = 0.0
        return loss.data

    return step


def matrices(flat):
    """Views of one vector: a matrix for each name."""
    result, at = {}, 0
    for name, (rows, columns) in SHAPES.items():
        result[name] = flat[at : at + rows * columns].reshape(rows, columns)
        at += rows * columns
    return result


def numpy(problem):
    import numpy as np

    parameters = np.array(problem["weights"])
    gradients = np.zeros_like(parameters)
    w, g = matrices(parameters), matrices(gradients)
    m, v = np.zeros_like(parameters), np.zeros_like(parameters)
    documents, steps = [np.array(document) for document in problem["documents"]], 0
    future = np.triu(np.full((16, 16), -np.inf), 1)

    def normal(x):
        scale = ((x * x).mean(1, keepdims=True) + 1e-5) ** -0.5
        return x * scale, scale

    def normal_back(x, scale, dy):
        return dy * scale - x * (scale**3 * (x * dy).mean(1, keepdims=True))

    def split(x):
        return x.reshape(-1, HEADS, SIZE).transpose(1, 0, 2)

    def join(x):
        return x.transpose(1, 0, 2).reshape(-1, WIDTH)

    def softmax(scores):
        powers = np.exp(scores)
        return powers / powers.sum(-1, keepdims=True)

    def gradient(document):
        """Writes the gradients of a document and returns its loss."""
        tokens, following = document[:-1], document[1:]
        n = len(tokens)
        each = np.arange(n)
        embedded = w["tokens"][tokens] + w["positions"][:n]
        x0, scale0 = normal(embedded)
        n0, scale1 = normal(x0)
        query, key, value = (split(n0 @ w[name].T) for name in ("queries", "keys", "values"))
        shares = softmax(query @ key.transpose(0, 2, 1) * SIZE**-0.5 + future[:n, :n])
        mixed = join(shares @ value)
        x1 = mixed @ w["outputs"].T + x0
        n1, scale2 = normal(x1)
        inner = np.maximum(0, n1 @ w["expand"].T)
        x2 = inner @ w["contract"].T + x1
        probabilities = softmax(x2 @ w["logits"].T)
        loss = -np.log(probabilities[each, following]).mean()

        d_logits = probabilities
        d_logits[each, following] -= 1
        d_logits /= n
        g["logits"][:] = d_logits.T @ x2
        dx2 = d_logits @ w["logits"]
        g["contract"][:] = dx2.T @ inner
        d_inner = (dx2 @ w["contract"]) * (inner > 0)
        g["expand"][:] = d_inner.T @ n1
        dx1 = dx2 + normal_back(x1, scale2, d_inner @ w["expand"])
        g["outputs"][:] = dx1.T @ mixed
        d_mixed = split(dx1 @ w["outputs"])
        d_shares = d_mixed @ value.transpose(0, 2, 1)
        d_scores = shares * (d_shares - (d_shares * shares).sum(-1, keepdims=True)) * SIZE**-0.5
        d_query = join(d_scores @ key)
        d_key = join(d_scores.transpose(0, 2, 1) @ query)
        d_value = join(shares.transpose(0, 2, 1) @ d_mixed)
        g["queries"][:] = d_query.T @ n0
        g["keys"][:] = d_key.T @ n0
        g["values"][:] = d_value.T @ n0
        dn0 = d_query @ w["queries"] + d_key @ w["keys"] + d_value @ w["values"]
        dx0 = dx1 + normal_back(x0, scale1, dn0)
        d_embedded = normal_back(embedded, scale0, dx0)
        g["tokens"][:] = 0
        np.add.at(g["tokens"], tokens, d_embedded)
        g["positions"][:n] = d_embedded
        g["positions"][n:] = 0
        return float(loss)

    def step():
        nonlocal steps
        loss = gradient(documents[steps % len(documents)])
        steps += 1
        m[:] = BETA1 * m + (1 - BETA1) * gradients
        v[:] = BETA2 * v + (1 - BETA2) * gradients**2
        change = (m / (1 - BETA1**steps)) / (np.sqrt(v / (1 - BETA2**steps)) + EPSILON)
        parameters[:] -= learning_rate(steps) * change
        return loss

    return step


def pytorch(problem):
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(1)
    flat = torch.tensor(problem["weights"], dtype=torch.float64)
    w = {name: matrix.clone().requires_grad_() for name, matrix in matrices(flat).items()}
    adam = torch.optim.Adam(w.values(), betas=(BETA1, BETA2), eps=EPSILON, fused=True)
    documents, steps = [torch.tensor(document) for document in problem["documents"]], 0

    def normal(x):
        return F.rms_norm(x, (WIDTH,), eps=1e-5)

    def loss_of(document):
        n = len(document) - 1
        x = normal(w["tokens"][document[:-1]] + w["positions"][:n])
        y = normal(x)
        query, key, value = (
            (y @ w[name].T).reshape(n, HEADS, SIZE).transpose(0, 1)
            for name in ("queries", "keys", "values")
        )
        mixed = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + mixed.transpose(0, 1).reshape(n, WIDTH) @ w["outputs"].T
        x = x + torch.relu(normal(x) @ w["expand"].T) @ w["contract"].T
        return F.cross_entropy(x @ w["logits"].T, document[1:])

    def step():
        nonlocal steps
        loss = loss_of(documents[steps % len(documents)])
        steps += 1
        adam.param_groups[0]["lr"] = learning_rate(steps)
        adam.zero_grad()
        loss.backward()
        adam.step()
        return loss.item()

    return step


contenders = {
    "scalars as in microgpt, on CPython": scalars,
    "NumPy, derivatives by hand": numpy,
    "PyTorch, a document at a time": pytorch,
}
