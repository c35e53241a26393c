"""What the writer takes: the shape of the states that the heat core yields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray


class LedgerLike(Protocol):
    """Energies since the start (``thermal.heat.Ledger``)."""

    def to_json(self) -> Mapping[str, float]:
        """Give names and values, J where the name ends in ``_j``."""


class StepLike(Protocol):
    """An accepted step as observers see it (``thermal.heat.Step``): the vertices of this rank."""

    @property
    def time_s(self) -> float:
        """Time at the end of the step, s."""

    @property
    def step_s(self) -> float:
        """Size of the step, s."""

    @property
    def temperature(self) -> NDArray[np.float64]:
        """Temperature at the end of the step, (own,), K."""

    @property
    def vertex(self) -> NDArray[np.int64]:
        """Number of each vertex, counted through all parts, (own,)."""


class StateLike(Protocol):
    """A state of the run (``thermal.heat.State``); every mapping is by name of part."""

    @property
    def time_s(self) -> float:
        """Time since the start, s."""

    @property
    def step_s(self) -> float:
        """Size of the last accepted step, s."""

    @property
    def temperature(self) -> Mapping[str, NDArray[np.float64]]:
        """Mean temperature of the wall at each vertex, K."""

    @property
    def front(self) -> Mapping[str, NDArray[np.float64]]:
        """Temperature of the front face, K."""

    @property
    def back(self) -> Mapping[str, NDArray[np.float64]]:
        """Temperature of the back face, K."""

    @property
    def powers_w(self) -> Mapping[str, float]:
        """Power of every term of the balance, W, positive heats."""

    @property
    def ledger(self) -> LedgerLike:
        """Energy since the start."""

    @property
    def steps(self) -> int:
        """Accepted steps so far."""

    @property
    def rejected(self) -> int:
        """Rejected steps so far."""
