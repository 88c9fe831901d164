"""The contenders in Python: python peers.py RACE CONTENDER losses|speed < race.json

In the race "moons" it trains as bench/yardstick.ts does, in the race "gpt" as bench/gpt.ts, from the
same data and initial weights, and prints the first losses or the steps per second as JSON.
"""

import json
import sys
import time

import peers_gpt

STRENGTH = 1e-4
SIZES = [2, 16, 16, 1]


def learning_rate(k):
    return 1 - 0.9 * min(k, 100) / 100


def micrograd(problem):
    from micrograd.nn import MLP

    mlp = MLP(2, [16, 16, 1])
    parameters = mlp.parameters()
    for parameter, weight in zip(parameters, problem["weights"]):
        parameter.data = weight
    k = 0

    def step():
        nonlocal k
        scores = [mlp(point["x"]) for point in problem["points"]]
        losses = [
            (1 + -point["label"] * score).relu() for point, score in zip(problem["points"], scores)
        ]
        loss = sum(losses) * (1.0 / len(losses)) + STRENGTH * sum(p * p for p in parameters)
        mlp.zero_grad()
        loss.backward()
        lr = learning_rate(k)
        for p in parameters:
            p.data -= lr * p.grad
        k += 1
        return loss.data

    return step


def layers(problem):
    """The weights as one matrix (outputs × inputs) and one bias vector for each layer."""
    import numpy as np

    weights = np.array(problem["weights"])
    result, at = [], 0
    for inputs, outputs in zip(SIZES, SIZES[1:]):
        block = weights[at : at + outputs * (inputs + 1)].reshape(outputs, inputs + 1)
        result.append((block[:, :-1].copy(), block[:, -1].copy()))
        at += block.size
    x = np.array([point["x"] for point in problem["points"]])
    y = np.array([point["label"] for point in problem["points"]], dtype=float)
    return result, x, y


def numpy(problem):
    import numpy as np

    ((w1, b1), (w2, b2), (w3, b3)), x, y = layers(problem)
    parameters = [w1, b1, w2, b2, w3, b3]
    k = 0

    def step():
        nonlocal k
        h1 = np.maximum(0, x @ w1.T + b1)
        h2 = np.maximum(0, h1 @ w2.T + b2)
        margins = 1 - y * (h2 @ w3.T + b3)[:, 0]
        loss = np.maximum(0, margins).mean() + STRENGTH * sum((p * p).sum() for p in parameters)
        ds = (np.where(margins > 0, -y, 0) / len(y))[:, None]
        d2 = (ds @ w3) * (h2 > 0)
        d1 = (d2 @ w2) * (h1 > 0)
        gradients = [d1.T @ x, d1.sum(0), d2.T @ h1, d2.sum(0), ds.T @ h2, ds.sum(0)]
        lr = learning_rate(k)
        for p, g in zip(parameters, gradients):
            p -= lr * (g + 2 * STRENGTH * p)
        k += 1
        return float(loss)

    return step


def pytorch(problem):
    import torch

    torch.set_num_threads(1)
    blocks, x, y = layers(problem)
    parameters = [torch.tensor(a, requires_grad=True) for block in blocks for a in block]
    w1, b1, w2, b2, w3, b3 = parameters
    x, y = torch.tensor(x), torch.tensor(y)
    k = 0

    def step():
        nonlocal k
        h1 = torch.relu(x @ w1.T + b1)
        h2 = torch.relu(h1 @ w2.T + b2)
        margins = 1 - y * (h2 @ w3.T + b3)[:, 0]
        loss = torch.relu(margins).mean() + STRENGTH * sum((p * p).sum() for p in parameters)
        loss.backward()
        lr = learning_rate(k)
        with torch.no_grad():
            for p in parameters:
                p -= lr * p.grad
                p.grad = None
        k += 1
        return loss.item()

    return step


contenders = {
    "moons": {"micrograd": micrograd, "NumPy": numpy, "PyTorch": pytorch},
    "gpt": peers_gpt.contenders,
}


def speed(step, seconds, round_of, most):
    """Steps per second of this thread's CPU time, in whole rounds."""
    before, end, steps = time.thread_time(), time.perf_counter() + seconds, 0
    while True:
        for _ in range(round_of):
            step()
        steps += round_of
        if time.perf_counter() >= end or steps >= most:
            return steps / (time.thread_time() - before)


def main():
    race, name, what = sys.argv[1:]
    task = json.load(sys.stdin)
    step = contenders[race][name](task["problem"])
    if what == "losses":
        result = [step() for _ in range(task["losses"])]
    else:
        seconds, round_of, most = task["seconds"], task["roundOf"], task["most"]
        speed(step, seconds / 2, round_of, most / 2)
        result = speed(step, seconds, round_of, most)
    print(json.dumps(result))


main()
