"""Anderson acceleration of a fixed point x = g(x) (Anderson 1965; Walker and Ni 2011).

What the last images had in common with their residuals tells where the fixed point lies: a map of p slow
modes is solved in about p + 3 images, whatever their time constants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEPTH: Final = 8
"""Differences of images that are kept: more than there are slow bodies in a scene."""
NEWS: Final = 0.01
"""Share of a difference that newer ones do not know, below which it is left out: radiation bends the map."""


@dataclass(frozen=True)
class Past:
    """What an acceleration remembers, k differences of n unknowns, the newest first.

    Parameters
    ----------
    image, residual
        (n,) of the last point; the residual is weighted.
    images, residuals
        (k, n) differences between one point and the one before it.

    """

    image: NDArray[np.float64]
    residual: NDArray[np.float64]
    images: NDArray[np.float64]
    residuals: NDArray[np.float64]


class Anderson:
    """Proposes where the fixed point lies.

    Parameters
    ----------
    weight
        (n,) weights of the squares of the residuals.
    reach
        Largest change of an unknown from the last image.

    """

    def __init__(self, weight: NDArray[np.float64], reach: float) -> None:
        self._root, self._reach = np.sqrt(weight), reach
        self._last: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
        self._images: list[NDArray[np.float64]] = []
        self._residuals: list[NDArray[np.float64]] = []

    @property
    def past(self) -> Past:
        """What it remembers, once it has proposed a point.

        Raises
        ------
        RuntimeError
            Before that.

        """
        if self._last is None:
            raise RuntimeError("an acceleration has no past before its first point")
        none = np.zeros((0, len(self._root)))
        return Past(
            *self._last,
            np.array(self._images) if self._images else none,
            np.array(self._residuals) if self._residuals else none,
        )

    def recall(self, past: Past) -> None:
        """Go on from what another one remembered."""
        self._last = past.image, past.residual
        self._images, self._residuals = list(past.images), list(past.residuals)

    def propose(self, start: NDArray[np.float64], image: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take a point and its image, (n,) each, and propose the next point.

        The image itself comes back until there are two of them.
        """
        residual = self._root * (image - start)
        if self._last is not None:
            self._images.insert(0, image - self._last[0])
            self._residuals.insert(0, residual - self._last[1])
            del self._images[DEPTH:], self._residuals[DEPTH:]
        self._last = image, residual
        kept = _independent(self._residuals)
        if not kept:
            return image.copy()
        share = np.linalg.lstsq(np.stack([self._residuals[k] for k in kept], axis=1), residual)[0]
        change = np.stack([self._images[k] for k in kept], axis=1) @ share
        largest = float(np.abs(change).max())
        return np.asarray(image - change * min(1.0, self._reach / largest if largest > 0.0 else 1.0))


def _independent(columns: list[NDArray[np.float64]]) -> list[int]:
    """Choose columns, the newest first, each of which says something that those before it do not."""
    basis: list[NDArray[np.float64]] = []
    kept = []
    for number, column in enumerate(columns):
        size = np.linalg.norm(column)
        rest = column - sum((direction * (direction @ column) for direction in basis), np.zeros_like(column))
        left = np.linalg.norm(rest)
        if left > NEWS * size:
            basis.append(rest / left)
            kept.append(number)
    return kept
