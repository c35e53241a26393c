"""The temperature profile through a wall while loads are faster than its diffusion (theory W4).

    T(z) = T + sum_n a_n cos(n pi z / t),   da_n/dt = -a_n / tau_n + (2 / C) (N_f + (-1)^n N_b)

with tau_n = C t / (n^2 pi^2 k_z), C the areal capacity and N the net fluxes into the faces. One implicit
stage gives T_f = T + same N_f + cross N_b + past_f, of the same form as the settled profile, whose sums
over n are t/(3 k_z) and -t/(6 k_z). Modes beyond those carried are taken as settled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODES: Final = 16


class WallProfile:
    """Modes of every vertex that has a through resistance.

    Parameters
    ----------
    resistance
        (n,) t / k_z, m2 K/W.

    Attributes
    ----------
    modes
        (MODES, n) amplitudes, K.

    """

    def __init__(self, resistance: NDArray[np.float64]) -> None:
        self._resistance = resistance
        self._order = np.arange(1, MODES + 1)[:, None]
        self._sign = np.where(self._order % 2 == 0, 1.0, -1.0)
        share = 2.0 / (self._order * np.pi) ** 2
        self._tail_same = resistance * (1.0 / 3.0 - share.sum())
        self._tail_cross = resistance * (-1.0 / 6.0 - (share * self._sign).sum())
        self.modes: NDArray[np.float64] = np.zeros((MODES, len(resistance)))

    def settle(
        self, front: NDArray[np.float64], back: NDArray[np.float64], capacity: NDArray[np.float64]
    ) -> None:
        """Take the settled profile for net face fluxes in W/m2 and capacity in J/m2/K."""
        self.modes = self._time(capacity) * self._push(front, back, capacity)

    def rate(
        self, front: NDArray[np.float64], back: NDArray[np.float64], capacity: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the derivatives of the modes, K/s."""
        with np.errstate(divide="ignore", invalid="ignore"):
            decay: NDArray[np.float64] = np.where(
                self._resistance > 0.0, self.modes / self._time(capacity), 0.0
            )
        return self._push(front, back, capacity) - decay

    def stage(
        self, history: NDArray[np.float64], step_s: float, capacity: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], ...]:
        """Coefficients of one implicit stage.

        Parameters
        ----------
        history
            (MODES, n) amplitudes that the stage starts from.
        step_s
            gamma dt of the stage, s.
        capacity
            (n,) J/m2/K.

        Returns
        -------
        tuple
            ``same``, ``cross`` (n,) m2 K/W, and ``past_front``, ``past_back`` (n,) K.

        """
        damping = self._damping(step_s, capacity)
        gain = 2.0 * step_s / capacity * damping
        kept = history * damping
        return (
            gain.sum(axis=0) + self._tail_same,
            (gain * self._sign).sum(axis=0) + self._tail_cross,
            kept.sum(axis=0),
            (kept * self._sign).sum(axis=0),
        )

    def advance(
        self,
        history: NDArray[np.float64],
        step_s: float,
        front: NDArray[np.float64],
        back: NDArray[np.float64],
        capacity: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Amplitudes at the end of a stage, (MODES, n)."""
        return self._damping(step_s, capacity) * (history + step_s * self._push(front, back, capacity))

    def _time(self, capacity: NDArray[np.float64]) -> NDArray[np.float64]:
        """Relaxation times tau_n, s."""
        return capacity * self._resistance / (self._order * np.pi) ** 2

    def _damping(self, step_s: float, capacity: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 / (1 + step / tau_n): 0 for walls without resistance."""
        time = self._time(capacity)
        return time / (time + step_s)

    def _push(
        self, front: NDArray[np.float64], back: NDArray[np.float64], capacity: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """How the fluxes drive the modes, K/s; nothing where the wall has no resistance."""
        drive = 2.0 / capacity * (front + self._sign * back)
        return np.where(self._resistance > 0.0, drive, 0.0)
