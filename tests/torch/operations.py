"""Computes with PyTorch, in float64, what the operations and the backward pass are checked against.

Every operation at ordinary numbers and at those where things go wrong, and whole random graphs.
What to compute comes from the table of operations:

    deno run tests/torch/graphs.ts | .venv/torch/bin/python tests/torch/operations.py

Writes tests/torch/operations.json. How to make the environment stands in training.py. In
the data, NaN, the infinities and -0 are strings, which JSON has no numbers for.
"""

import itertools
import json
import sys
from pathlib import Path

import torch
from training import pretty

OUTPUT = Path(__file__).parent / "operations.json"


def sum_(*xs):
    return torch.stack(xs).sum() if xs else torch.tensor(0.0)


def dot(*xs):
    """The first half times the second half, and what is left over: the bias."""
    half = len(xs) // 2
    ws, bias = xs[:half], sum_(*xs[2 * half :])
    return torch.dot(torch.stack(ws), torch.stack(xs[half : 2 * half])) + bias if ws else bias


def log_sum_exp(*xs):
    return torch.logsumexp(torch.stack(xs) if xs else torch.zeros(0), 0)


def operation(name):
    own = {
        "clampMin": torch.clamp_min,
        "clampMax": torch.clamp_max,
        "sum": sum_,
        "dot": dot,
        "logSumExp": log_sum_exp,
    }
    return own.get(name) or getattr(torch, name)


def with_gradient(f, numbers):
    """The result of f at these numbers, then its derivative in each of them."""
    xs = [torch.tensor(float(number), requires_grad=True) for number in numbers]
    y = f(*xs)
    if y.requires_grad:
        y.backward()
    return [y.item(), *(0.0 if x.grad is None else x.grad.item() for x in xs)]


def graph(steps):
    """The last of a list of steps: a name, then operands: a place, or a number as a string."""

    def output(*leaves):
        nodes = list(leaves)
        for name, *operands in steps:
            xs = [torch.tensor(float(x)) if isinstance(x, str) else nodes[x] for x in operands]
            nodes.append(operation(name)(*xs))
        return nodes[-1]

    return output


def chain(code):
    return lambda a: eval(code, {"a": a})


def encode(data):
    """The data as JSON can have it."""
    if isinstance(data, dict):
        return {key: encode(item) for key, item in data.items()}
    if isinstance(data, list):
        return [encode(item) for item in data]
    words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity", "-0.0": "-0"}
    return words.get(str(data), data) if isinstance(data, float) else data


def golden(numbers, unary, binary, lists, clamp, saturated, chains, graphs):
    pairs = [list(pair) for pair in itertools.product(numbers, repeat=2)]
    return {
        "torch": torch.__version__.split("+")[0],
        "numbers": numbers,
        "unary": {name: [with_gradient(operation(name), [x]) for x in numbers] for name in unary},
        "binary": {name: [with_gradient(operation(name), pair) for pair in pairs] for name in binary},
        "lists": {
            name: [{"x": x, "y": with_gradient(operation(name), x)} for x in rows]
            for name, rows in lists.items()
        },
        "clamp": [{"x": x, "y": with_gradient(torch.clamp, x)} for x in clamp],
        "saturated": {
            name: [{"x": [x], "y": with_gradient(operation(name), [x])} for x in saturated]
            for name in ("tanh", "sigmoid")
        },
        "chains": [
            {"code": code, "a": a, "y": with_gradient(chain(code), [a])} for code, a in chains
        ],
        "graphs": [
            {"leaves": leaves, "steps": steps, "y": with_gradient(graph(steps), leaves)}
            for leaves, steps in graphs
        ],
    }


if __name__ == "__main__":
    OUTPUT.write_text(pretty(encode(golden(**json.load(sys.stdin)))))
