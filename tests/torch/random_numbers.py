"""The random numbers of the lessons, computed a second time: xoshiro128** 1.1, seeded by SplitMix.

Written from the papers that engine/random.ts names, so that PyTorch can start from the same data.
"""

import math

WORD = 0xFFFFFFFF


class Random:
    def __init__(self, seed):
        self.state = []
        for k in range(1, 5):
            z = (seed + k * 0x9E3779B9) & WORD
            z = (z ^ (z >> 16)) * 0x85EBCA6B & WORD
            z = (z ^ (z >> 13)) * 0xC2B2AE35 & WORD
            self.state.append(z ^ (z >> 16))

    def bits(self):
        def rotated(x, k):
            return ((x << k) | (x >> (32 - k))) & WORD

        a, b, c, d = self.state
        result = rotated(b * 5 & WORD, 7) * 9 & WORD
        c, d = c ^ a, d ^ b
        self.state = [a ^ d, b ^ c, c ^ (b << 9 & WORD), rotated(d, 11)]
        return result

    def uniform(self, low=0.0, high=1.0):
        unit = ((self.bits() >> 5) * 2**26 + (self.bits() >> 6)) / 2**53
        return low + (high - low) * unit

    def normal(self, mean=0.0, deviation=1.0):
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return mean + deviation * radius * math.cos(2 * math.pi * self.uniform())

    def shuffle(self, items):
        items = list(items)
        for k in range(len(items) - 1, 0, -1):
            other = math.floor(self.uniform() * (k + 1))
            items[k], items[other] = items[other], items[k]
        return items
