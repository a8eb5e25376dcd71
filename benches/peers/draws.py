"""100,000 draws of weights as somebody who knows NumPy well writes them, on one thread; prints the seconds.

Arguments: vendors, criteria, draws. Weights are drawn within a band of 25 percent or, with a fourth argument `uniform`,
over the simplex; totals, ranks, how often each vendor has each rank, pairs, and the mean weights of each winner.
"""

import os
import sys

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import time

import numpy as np

vendors, criteria, draws = (int(word) for word in sys.argv[1:4])
uniform = sys.argv[4:] == ["uniform"]
points = np.random.default_rng(2).random((vendors, criteria))


def once():
    began = time.perf_counter()
    chance = np.random.default_rng(1)
    ranks = np.zeros((vendors, vendors), np.int64)
    ahead = np.zeros((vendors, vendors), np.int64)
    central = np.zeros((vendors, criteria))
    rows = np.arange(vendors)
    for start in range(0, draws, 2048):
        size = min(2048, draws - start)
        if uniform:
            weights = chance.standard_exponential((size, criteria))
        else:
            weights = chance.uniform(0.75, 1.25, (size, criteria))
        weights /= weights.sum(axis=1, keepdims=True)
        totals = weights @ points.T
        order = np.argsort(-totals, axis=1)
        place = np.empty_like(order)
        np.put_along_axis(place, order, rows[None, :], axis=1)
        np.add.at(ranks, (np.broadcast_to(rows, place.shape), place), 1)
        for vendor in rows:
            ahead[vendor] += (totals[:, [vendor]] > totals).sum(axis=0)
        np.add.at(central, order[:, 0], weights)
    assert ranks.sum() == draws * vendors
    return time.perf_counter() - began


print(min(once() for _ in range(3)))
