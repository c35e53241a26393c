"""A Latin hypercube that grows by doubling and keeps the points that it has.

Each stage of n points has one in each of n equal slices of every input. The next splits all slices in two:
the halves that are still empty get one new point each, paired at random across inputs (Sallaberry, Helton and
Hora 2008, "Extension of Latin hypercube samples with correlated variables").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def nested_latin_hypercube(count: int, inputs: int, seed: int) -> NDArray[np.float64]:
    """Draw ``count`` points in the unit cube; the first half are those of half the count, if that is whole.

    Parameters
    ----------
    count, inputs
        Points and columns.
    seed
        Of the random numbers.

    Returns
    -------
    NDArray
        (count, inputs), each column with one point in each of ``count`` equal slices.

    """
    random = np.random.default_rng(seed)
    size = count
    while size % 2 == 0:
        size //= 2
    slices = np.column_stack([random.permutation(size) for _ in range(inputs)])
    within = random.random((size, inputs))
    points = (slices + within) / size
    while size < count:
        halves = 2 * slices + (within >= 0.5)
        empty = random.permuted(halves ^ 1, axis=0)
        fresh = random.random((size, inputs))
        points = np.vstack([points, (empty + fresh) / (2 * size)])
        slices = np.vstack([halves, empty])
        within = np.vstack([(2.0 * within) % 1.0, fresh])
        size *= 2
    return points
