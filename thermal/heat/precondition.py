"""Preconditioners made for thin walls: solve along the grid lines that bind strongly, leave the rest.

A cloth graded to a quarter of a millimetre at its hem is bound a hundred times stronger across the hem than
it loses heat: its columns are solved as tridiagonal systems. Tubes are solved by :mod:`thermal.heat.arm`.
Other vertices get their own rate.

What is left out of the approximate inverse M is couplings that form an M-matrix with zero row sums, so that
max |M^-1 r| bounds the temperature error that a residual r means: the solver and Newton's method are judged
by it, in kelvin. The usual norms are not the error: smooth errors of fine cold meshes are tens of times
larger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat import sweeps
from thermal.heat.arm import ArmBlock
from thermal.heat.evaluation import LENT
from thermal.heat.law import LOWEST, STEP
from thermal.heat.network import grid_coupling
from thermal.heat.ranks import line_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.heat.couplings import Couplings
    from thermal.heat.network import Network
    from thermal.heat.part import Part


SHEET: Final = 1
ARM: Final = 2
WEAK: Final = 10.0
"""W/m2/K: conduction between neighbours up to which a sheet beside no tube is left to its own rates."""


class Preconditioner:
    """Sheets by lines, arms by modes, and the hems between them eliminated.

    With sheets L, arms T and the joints G between them, M is the block factorisation

        [ L + G   -G ]
        [ -G       S ],   S = T + G - G (L + G)^-1 G  taken as  T,

    since a hem follows its arm: what it draws from the arm is small beside the joint.

    Parameters
    ----------
    network
        The discrete model.
    couplings
        Its couplings.
    parts
        Parts in order.

    """

    def __init__(self, network: Network, couplings: Couplings, parts: Sequence[Part]) -> None:
        self._network, self._couplings = network, couplings
        place = np.full(sum(len(p.surface.points) for p in parts), -1, np.int64)
        place[network.vertex[: network.owned]] = np.arange(network.owned)
        side = np.zeros(len(place), np.int8)
        self._sheets: list[LineBlock] = []
        tubes = []
        tubular = any(part.surface.closed for part in parts)  # hems pay, however coarse the sheet
        first = 0
        for part in parts:
            surface = part.surface
            here = slice(first, first + len(surface.points))
            first = here.stop
            if not surface.lines:
                continue
            if surface.closed:
                side[here] = ARM
                if (place[here] >= 0).all():
                    tubes.append(place[here].reshape(len(surface.lines[0]), len(surface.lines[1])))
            elif tubular or _binding(part) > WEAK:
                side[here] = SHEET
                grid = place[here][line_grid(surface)]
                owned_lines = (grid >= 0).all(axis=0)
                if owned_lines.any():
                    self._sheets.append(LineBlock(network, grid[:, owned_lines]))
        self._arm = ArmBlock(network, couplings.radiative, tubes) if tubes else None
        self._side = side[network.vertex]
        joints = network.joints
        row_side = self._side[np.repeat(joints.rows, np.diff(joints.start))]
        hems = bool(((row_side == SHEET) & (self._side[joints.column] == ARM)).any())
        self._hems = any(network.comm.allgather(hems))
        self._r = np.zeros(network.owned)
        self._z, self._ghosts = network.vector()
        self._rest = np.flatnonzero(self._side[: network.owned] == 0).astype(np.uint32)
        self.plain = not side.any()
        """Whether every vertex is left to its own rate."""

    def prepare(self, slope: NDArray[np.float64], local: NDArray[np.float64]) -> None:
        """Take the present matrix.

        Parameters
        ----------
        slope
            (potentials, local) sheet conductances, W/K.
        local
            (owned,) own rates, W/K.

        """
        self._local = local = np.maximum(local, LENT * self._couplings.sums)
        for sheet in self._sheets:
            sheet.prepare(slope, local, self._couplings.links)
        if self._arm is not None:
            self._arm.prepare(slope, local)

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write the approximate solution for residual ``r`` into ``z``, (owned,)."""
        sweeps.divide(self._rest, r, self._local, z)
        for sheet in self._sheets:
            sheet.apply(r, z)
        if not self._hems:
            if self._arm is not None:
                self._arm.apply(r, z)
            return
        self._carry(SHEET, ARM, r, z)
        if self._arm is not None:
            self._arm.apply(self._r, z)
        self._carry(ARM, SHEET, r, z)
        for sheet in self._sheets:
            sheet.apply(self._r, z)

    def _carry(self, source: int, target: int, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Set the buffer to ``r`` and what joints bring from ``z`` on one side to the other."""
        joints = self._network.joints
        self._z[: len(z)] = z
        self._network.update(self._ghosts)
        self._r[:] = r
        sweeps.carry_over(
            self._z,
            joints.rows,
            joints.start,
            joints.column,
            joints.value,
            self._side,
            source,
            target,
            self._r,
        )


class LineBlock:
    """Tridiagonal solves along the columns of a grid of vertices, (positions, lines)."""

    def __init__(self, network: Network, grid: NDArray[np.int64]) -> None:
        self._lines = np.ascontiguousarray(grid, np.uint32)
        self._off = grid_coupling(network, grid, 0)
        self._upper = np.zeros(grid.shape, np.float32)
        self._pivot = np.zeros(grid.shape, np.float32)
        self._work = np.zeros(grid.shape)

    def prepare(
        self, slope: NDArray[np.float64], local: NDArray[np.float64], links: NDArray[np.float64]
    ) -> None:
        """Factorise every line."""
        sweeps.factor_lines(self._lines, self._off, slope, local, links, self._upper, self._pivot)

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Solve every line."""
        sweeps.solve_lines(self._lines, self._upper, self._pivot, r, z, self._work)


def _binding(part: Part) -> float:
    """Strongest conduction between neighbouring vertices at room temperature, W/m2/K."""
    room = int((300.0 - LOWEST) / STEP)
    conductance = max(law.values[room] for law in part.conductance)
    finest = min(np.diff(lines).min() for lines in part.surface.lines)
    return float(conductance / finest**2)
