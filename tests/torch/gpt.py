"""Computes with PyTorch, in float64, what the network of lesson 11 is compared with.

Writes tests/torch/gpt.json, the same on every run. How to make an environment for it stands in
tests/torch/training.py.

It is written as PyTorch is used: a name is one matrix, and a mask keeps each row from looking ahead.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

OUTPUT = Path(__file__).parent / "gpt.json"
SHAPES = {
    "token": (16, 27),
    "position": (16, 16),
    "query": (16, 16),
    "key": (16, 16),
    "value": (16, 16),
    "output": (16, 16),
    "expand": (64, 16),
    "contract": (16, 64),
    "logits": (27, 16),
}
NAMES = ["emma", "bo", "christopherjohn", "isabella", "al", "maximiliano", "zoe", "quinn"]
HEADS = 4

torch.set_default_dtype(torch.float64)


def new_weights():
    """Weights that need no random generator: a formula that the test knows, too."""
    weights, k = {}, 0
    for name, (rows, columns) in SHAPES.items():
        numbers = [0.12 * math.sin((k + i) ** 2) for i in range(rows * columns)]
        weights[name] = torch.tensor(numbers).reshape(rows, columns).requires_grad_()
        k += rows * columns
    return weights


def tokens_of(name):
    return torch.tensor([26, *[ord(letter) - ord("a") for letter in name], 26])


def loss_of(w, name):
    tokens = tokens_of(name)
    n = len(tokens) - 1
    x = w["token"].T[tokens[:-1]] + w["position"][:n]
    x = F.rms_norm(x, (16,), eps=1e-5)
    y = F.rms_norm(x, (16,), eps=1e-5)
    q, k, v = (
        (y @ w[name].T).reshape(n, HEADS, -1).transpose(0, 1) for name in ("query", "key", "value")
    )
    attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    x = x + attended.transpose(0, 1).reshape(n, 16) @ w["output"].T
    y = F.rms_norm(x, (16,), eps=1e-5)
    x = x + torch.relu(y @ w["expand"].T) @ w["contract"].T
    return F.cross_entropy(x @ w["logits"].T, tokens[1:])


def first_gradient():
    """The gradients of one name: a row of each matrix, and a weighted sum of all its numbers."""
    weights = new_weights()
    loss_of(weights, NAMES[0]).backward()
    return {
        name: {
            "row": matrix.grad[2].tolist(),
            "sum": (matrix.grad.flatten() * torch.cos(torch.arange(matrix.numel()))).sum().item(),
        }
        for name, matrix in weights.items()
    }


def training():
    weights = new_weights()
    optimizer = torch.optim.Adam(weights.values(), lr=0.01, betas=(0.85, 0.99), eps=1e-8)
    losses = []
    for step in range(5 * len(NAMES)):
        optimizer.param_groups[0]["lr"] = 0.01 * (1 - step / 1000)
        optimizer.zero_grad()
        loss = loss_of(weights, NAMES[step % len(NAMES)])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


if __name__ == "__main__":
    golden = {
        "torch": torch.__version__.split("+")[0],
        "names": NAMES,
        "gradient": first_gradient(),
        "losses": training(),
    }
    OUTPUT.write_text(json.dumps(golden, indent=2) + "\n")
