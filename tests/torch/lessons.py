"""Trains with PyTorch, in float64, what lessons 08, 09 and 11 train.

Writes tests/torch/lessons.json, the same on every run. How to make an environment for it stands in
tests/torch/training.py. The lessons' random numbers are computed here again.
"""

import json
import math
from pathlib import Path

import gpt
import torch
from random_numbers import Random

OUTPUT = Path(__file__).parent / "lessons.json"
NAMES = Path(__file__).parents[2] / "lessons" / "names.txt"

torch.set_default_dtype(torch.float64)


def new_network(sizes, activation, random):
    layers = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        layer = torch.nn.Linear(fan_in, fan_out)
        weights = [[random.uniform(-1, 1) for _ in range(fan_in)] for _ in range(fan_out)]
        layer.weight.data = torch.tensor(weights)
        layer.bias.data.zero_()
        layers += [layer, activation()]
    return torch.nn.Sequential(*layers[:-1])  # the output is linear


def step(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def flat(network):
    """Its parameters as the engine lists them: for each neuron its weights, then its bias."""
    layers = [layer for layer in network if isinstance(layer, torch.nn.Linear)]
    rows = [torch.cat([layer.weight, layer.bias[:, None]], 1).flatten() for layer in layers]
    return torch.cat(rows).tolist()


# ---- Lesson 08

FOUR = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
ASKED = [[0.0, 0.0, 0.0], [1.0, -1.0, -1.0]]


def learned(network, inputs, targets, lr, steps):
    """The losses of a training on the mean squared error."""
    x, y = torch.tensor(inputs), torch.tensor(targets)
    optimizer = torch.optim.SGD(network.parameters(), lr=lr)

    def loss():
        return torch.nn.functional.mse_loss(network(x)[:, 0], y)

    return [step(optimizer, loss()) for _ in range(steps)]


def lesson_08():
    corners = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    xor = new_network([2, 4, 1], torch.nn.Tanh, Random(1))
    losses = learned(xor, corners, [-1.0, 1.0, 1.0, -1.0], 0.3, 200)

    def by_seed(seed):
        network = new_network([3, 4, 4, 1], torch.nn.Tanh, Random(seed))
        losses = learned(network, FOUR, [1.0, -1.0, -1.0, 1.0], 0.1, 100)
        answers = network(torch.tensor(FOUR + ASKED))[:, 0].tolist()
        return {"losses": losses, "answers": answers}

    return {
        "xor": {"losses": losses, "final": flat(xor)},
        "bySeed": {seed: by_seed(seed) for seed in range(1, 6)},
    }


# ---- Lesson 09


def moons(count, noise, seed):
    random = Random(seed)
    points, labels = [], []
    for k in range(count):
        angle = random.uniform(0, math.pi)
        x, y = math.cos(angle), math.sin(angle)
        x, y = (x, y) if k % 2 == 0 else (1 - x, 0.5 - y)
        points.append([x + random.normal(0, noise), y + random.normal(0, noise)])
        labels.append(1.0 if k % 2 == 0 else -1.0)
    return torch.tensor(points), torch.tensor(labels)


def moons_network():
    return new_network([2, 16, 16, 1], torch.nn.ReLU, Random(5))


def loss_on(network, points, labels):
    return torch.relu(1 - labels * network(points)[:, 0]).mean()


def shuffled(count, random):
    rest = list(range(count))
    return [rest.pop(math.floor(random.uniform(0, len(rest)))) for _ in range(count)]


def epoch(network, data, random, size):
    points, labels = data
    optimizer = torch.optim.SGD(network.parameters(), lr=0.2)
    for batch in torch.tensor(shuffled(len(points), random)).split(size):
        step(optimizer, loss_on(network, points[batch], labels[batch]))


def by_batch_size(data):
    def loss_of(size):
        network, random = moons_network(), Random(7)
        for _ in range(10):
            epoch(network, data, random, size)
        return loss_on(network, *data).item()

    return {size: loss_of(size) for size in [100, 20, 5]}


def training(data, test):
    network, random = moons_network(), Random(7)
    losses = {"training": [], "test": []}
    for _ in range(30):
        epoch(network, data, random, 10)
        losses["training"].append(loss_on(network, *data).item())
        losses["test"].append(loss_on(network, *test).item())
    return {"losses": losses, "final": flat(network)}


def regularised(strength, few, many):
    network = moons_network()

    def sum_of_squares():
        return sum((p**2).sum() for p in network.parameters())

    optimizer = torch.optim.SGD(network.parameters(), lr=0.3)
    for _ in range(100):
        step(optimizer, loss_on(network, *few) + strength * sum_of_squares())
    losses = [loss_on(network, *data).item() for data in (few, many)]
    return {"sumOfSquares": sum_of_squares().item(), "losses": losses, "final": flat(network)}


def lesson_09():
    data, test = moons(100, 0.1, 3), moons(100, 0.1, 4)
    few, many = moons(20, 0.3, 2), moons(200, 0.3, 100)
    return {
        "byBatchSize": by_batch_size(data),
        **training(data, test),
        "byStrength": {s: regularised(s, few, many) for s in [0, 0.01, 0.03, 0.3]},
    }


# ---- Lesson 11


def lesson_11():
    """The losses of all thousand steps."""
    random = Random(42)
    names = random.shuffle(NAMES.read_text().split())
    weights = {
        name: torch.tensor([[random.normal(0, 0.08) for _ in range(columns)] for _ in range(rows)])
        for name, (rows, columns) in gpt.SHAPES.items()
    }
    for matrix in weights.values():
        matrix.requires_grad_()
    optimizer = torch.optim.Adam(weights.values(), lr=0.01, betas=(0.85, 0.99), eps=1e-8)
    losses = []
    for k, name in enumerate(names[:1000]):
        optimizer.param_groups[0]["lr"] = 0.01 * (1 - k / 1000)
        losses.append(step(optimizer, gpt.loss_of(weights, name)))
    return losses


if __name__ == "__main__":
    golden = {
        "torch": torch.__version__.split("+")[0],
        "08": lesson_08(),
        "09": lesson_09(),
        "11": lesson_11(),
    }
    OUTPUT.write_text(json.dumps(golden, indent=2) + "\n")
