"""Computes with PyTorch, in float64, what losses, optimisers and training are checked against.

Writes tests/torch/training.json, the same on every run. It needs an environment of its own, and
to be run again only when there is something new to compare:

    python3 -m venv .venv/torch
    .venv/torch/bin/pip install torch==2.13.0 numpy
    .venv/torch/bin/python tests/torch/training.py

In the data, the parameters of a network are one list: for each layer, for each neuron, its weights,
then its bias.
"""

import json
import re
from pathlib import Path

import torch
import torch.nn.functional as F

OUTPUT = Path(__file__).parent / "training.json"
LINE_WIDTH = 100

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)


def with_gradient(f, numbers):
    """The result of f at these numbers, and its gradient with respect to them."""
    x = torch.tensor(numbers, requires_grad=True)
    result = f(x)
    result.backward()
    return {"result": result.item(), "gradient": x.grad.tolist()}


def sum_(values):
    return {"values": values, **with_gradient(torch.sum, values)}


def dot(weights, inputs, bias):
    n = len(weights)
    result = with_gradient(
        lambda x: torch.dot(x[:n], x[n : 2 * n]) + x[2 * n], [*weights, *inputs, bias]
    )
    return {"weights": weights, "inputs": inputs, "bias": bias, **result}


def mean_squared_error(predictions, targets):
    loss = with_gradient(lambda p: F.mse_loss(p, torch.tensor(targets)), predictions)
    return {"predictions": predictions, "targets": targets, **loss}


def max_margin(scores, labels):
    loss = with_gradient(lambda s: torch.relu(1 - torch.tensor(labels) * s).mean(), scores)
    return {"scores": scores, "labels": labels, **loss}


def cross_entropy(logits, targets):
    loss = with_gradient(lambda x: F.cross_entropy(x, torch.tensor(targets)), logits)
    return {"logits": logits, "targets": targets, **loss}


def l2(parameters, strength):
    loss = with_gradient(lambda p: strength * (p**2).sum(), parameters)
    return {"parameters": parameters, "strength": strength, **loss}


START = [0.5, -1.25, 3.0]
# Large, small, of either sign, one parameter with none at first, one that stops.
GRADIENTS = [
    [0.3, -12.0, 0.0],
    [0.25, 7.5, 0.0],
    [-0.4, -3.0, 0.0],
    [0.1, 0.75, 1e-3],
    [0.1, -0.5, 2e-3],
    [-0.8, 20.0, -1e-3],
    [0.6, -18.0, 5e-4],
    [0.0, 1.0, 1.5],
    [0.0, 1.0, -2.5],
    [0.0, 1.0, 100.0],
    [0.0, 1.0, -3e-6],
    [0.0, 1.0, 3e-6],
]


def optimizer_run(make, lr_factor=1.0, **options):
    """Where START is after each step of GRADIENTS; lr is multiplied by lr_factor after each."""
    parameters = torch.tensor(START, requires_grad=True)
    optimizer = make([parameters], **options)
    after = []
    for gradient in GRADIENTS:
        parameters.grad = torch.tensor(gradient)
        optimizer.step()
        after.append(parameters.tolist())
        optimizer.param_groups[0]["lr"] *= lr_factor
    return {
        "optimizer": make.__name__,
        "options": {camel_case(name): option for name, option in options.items()},
        "lrFactor": lr_factor,
        "after": after,
    }


def camel_case(name):
    return re.sub(r"_(.)", lambda match: match[1].upper(), name)


def network(inputs, sizes):
    """Random layers, each a matrix with a row for each neuron: its weights, then its bias."""
    fan_ins = [inputs, *sizes[:-1]]
    return [(2 * torch.rand(n, m + 1) - 1).requires_grad_() for m, n in zip(fan_ins, sizes)]


def forward(layers, xs, activation, output_activation):
    for layer in layers:
        xs = F.linear(xs, layer[:, :-1], layer[:, -1])
        xs = output_activation(xs) if layer is layers[-1] else activation(xs)
    return xs[:, 0]


def flat(layers):
    return torch.cat([layer.flatten() for layer in layers])


def training_run(layers, optimizer, loss, steps):
    initial, losses = flat(layers).tolist(), []
    for _ in range(steps):
        optimizer.zero_grad()
        current = loss()
        current.backward()
        optimizer.step()
        losses.append(current.item())
    return {"initial": initial, "losses": losses, "final": flat(layers).tolist()}


def regression():
    """MLP(3, [4, 4, 1]), all tanh, on the lecture's four examples."""
    inputs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    targets = [1.0, -1.0, -1.0, 1.0]
    xs, ys = torch.tensor(inputs), torch.tensor(targets)
    layers = network(3, [4, 4, 1])

    def loss():
        return F.mse_loss(forward(layers, xs, torch.tanh, torch.tanh), ys)

    run = training_run(layers, torch.optim.SGD(layers, lr=0.1), loss, 50)
    return {"inputs": inputs, "targets": targets, "lr": 0.1, **run}


def classification():
    """MLP(2, [8, 8, 1]), relu then linear: which points are within a circle."""
    xs = (4 * torch.rand(20, 2) - 2).round(decimals=3)
    labels = torch.where((xs**2).sum(1) < 2, 1.0, -1.0)
    layers = network(2, [8, 8, 1])

    def loss():
        scores = forward(layers, xs, torch.relu, lambda x: x)
        return torch.relu(1 - labels * scores).mean() + 1e-4 * (flat(layers) ** 2).sum()

    run = training_run(layers, torch.optim.AdamW(layers, lr=0.02, weight_decay=0.1), loss, 30)
    options = {"lr": 0.02, "weightDecay": 0.1}
    return {"inputs": xs.tolist(), "labels": labels.tolist(), "l2": 1e-4, "options": options, **run}


def golden():
    SGD, AdamW = torch.optim.SGD, torch.optim.AdamW
    return {
        "torch": torch.__version__.split("+")[0],
        "sum": [sum_([2.0, -3.5, 0.25, 1e3]), sum_([0.1] * 10)],
        "dot": [dot([-3.0, 1.0], [2.0, 0.0], 6.75), dot([0.1, 0.2, 0.3], [-7.0, 0.5, 11.0], -1.0)],
        "meanSquaredError": [
            mean_squared_error([0.5, -1.25, 3.0], [1.0, -1.0, -2.0]),
            mean_squared_error([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [0.7] * 7),
            mean_squared_error([-1e6], [1e-6]),
        ],
        # On the right side beyond the margin, at it and within it; in the middle; on the wrong side.
        "maxMargin": [
            max_margin([3.0, 1.0, 0.25, 0.0, -1.0, -40.0], [1.0] * 6),
            max_margin([3.0, 1.0, 0.25, 0.0, -1.0, -40.0], [-1.0] * 6),
            max_margin([0.3, 0.7, -0.6], [1.0, -1.0, 1.0]),
        ],
        "crossEntropy": [
            cross_entropy([[0.5, -1.0, 2.0], [1.5, 1.5, 1.5], [-3.0, 0.1, 0.2]], [2, 0, 1]),
            cross_entropy([[1000.0, -1000.0]], [0]),
            cross_entropy([[1000.0, -1000.0]], [1]),
            cross_entropy([[1000.0, 999.0, -1000.0], [-1000.0, -1001.5, -1000.5]], [1, 1]),
            cross_entropy([[1e16, 1e16]], [0]),
            cross_entropy([[7.0]], [0]),
        ],
        "l2": [l2([0.5, -1.25, 3.0], 1e-4)],
        "optimizers": {
            "start": START,
            "gradients": GRADIENTS,
            "runs": [
                optimizer_run(SGD, lr=0.1),
                optimizer_run(SGD, lr=0.1, momentum=0.9),
                optimizer_run(SGD, lr=0.1, weight_decay=0.1),
                optimizer_run(SGD, lr=0.1, momentum=0.9, weight_decay=0.1),
                optimizer_run(SGD, lr=0.1, momentum=0.9, lr_factor=0.75),
                optimizer_run(AdamW),
                optimizer_run(AdamW, lr=0.05, betas=[0.8, 0.99], eps=1e-3, weight_decay=0.0),
                optimizer_run(AdamW, lr=0.05, betas=[0.5, 0.5], eps=1e-12, weight_decay=0.1),
                optimizer_run(AdamW, lr=0.05, betas=[0.0, 0.9]),
                optimizer_run(AdamW, lr=0.05, lr_factor=0.75),
            ],
        },
        "regression": regression(),
        "classification": classification(),
    }


def pretty(data):
    """JSON as `deno fmt` has it: a list of numbers on one line where it fits."""

    def on_one_line(match):
        line = f"{match[1]}[{', '.join(match[2].split())}]".replace(",,", ",")
        return line if len(line) < LINE_WIDTH else match[0]

    return re.sub(r"(.*)\[([^\[\]{}]+)\]", on_one_line, json.dumps(data, indent=2)) + "\n"


if __name__ == "__main__":
    OUTPUT.write_text(pretty(golden()))
