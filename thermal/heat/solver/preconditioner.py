"""Preconditioners made for thin walls: solve along the grid lines that bind strongly, leave the rest.

A cloth graded to a quarter of a millimetre at its hem is bound a hundred times stronger across the hem than
it loses heat: its columns are solved as tridiagonal systems. Tubes are solved by
:mod:`thermal.heat.solver.arm`. Other vertices get their own rate.

What is left out of the approximate inverse M is couplings that form an M-matrix with zero row sums, so that
max |M^-1 r| bounds the temperature error that a residual r means: the solver and Newton's method are judged
by it, in kelvin. The usual norms are not the error: smooth errors of fine cold meshes are tens of times
larger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from thermal.core.kernels import fast_kernel
from thermal.heat.model.law import LOWEST, STEP
from thermal.heat.network.partition import line_grid
from thermal.heat.solver.arm import ArmBlock, solve_arm
from thermal.heat.solver.evaluation import LENT
from thermal.heat.solver.line_solver import LineBlock, solve_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.core.kernels.types import Floats, Indices, Integers, Singles
    from thermal.heat.model.part import Part
    from thermal.heat.network.build import Network
    from thermal.heat.network.couplings import Couplings
    from thermal.heat.network.links import Links


SHEET: Final = 1
ARM: Final = 2
WEAK: Final = 10.0
"""W/m2/K: conduction between neighbours up to which a sheet, but for its hem, is left to its own rates."""


class Preconditioner:
    """Sheets by lines, arms by modes, and the hems between them eliminated.

    Of a sheet that conducts weakly, such as coarse cloth, the hem alone counts. With sheets L, arms T and the
    joints G between them, M is the block factorisation

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

    Attributes
    ----------
    plain
        Whether every vertex is left to its own rate.
    alone
        What :func:`approximate` takes: on one rank, where no more than one sheet has lines.

    """

    def __init__(self, network: Network, couplings: Couplings, parts: Sequence[Part]) -> None:
        self._network, self._couplings = network, couplings
        place = np.full(sum(len(p.surface.points) for p in parts), -1, np.int64)
        place[network.vertex[: network.owned]] = np.arange(network.owned)
        side = np.zeros(len(place), np.int8)
        self._sheets: list[LineBlock] = []
        tubes = []
        tubular = any(part.surface.closed for part in parts)
        hems = _hems(parts, network)
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
            elif _binding(part) > WEAK or part.sheltered:
                side[here] = SHEET
                grid = place[here][line_grid(surface)]
                owned_lines = (grid >= 0).all(axis=0)
                if owned_lines.any():
                    self._sheets.append(LineBlock(network, grid[:, owned_lines]))
            elif tubular:
                hem = hems[(hems >= here.start) & (hems < here.stop)]
                side[hem] = SHEET
                if (place[hem] >= 0).any():
                    self._sheets.append(LineBlock(network, place[hem[place[hem] >= 0]][None, :]))
        self._arm = ArmBlock(network, couplings.radiative, tubes)
        self._side = side[network.vertex]
        self._local, self._r = np.zeros(network.owned), np.zeros(network.owned)
        self._z, self._ghosts = network.vector()
        self._rest = np.flatnonzero(self._side[: network.owned] == 0).astype(np.uint32)
        self.plain = not side.any()
        to_arm, to_sheets = self._joints(SHEET, ARM), self._joints(ARM, SHEET)
        self._hems = any(network.comm.allgather(len(to_arm.rows) > 0))
        self._to_arm, self._to_sheets = to_arm.terms, to_sheets.terms
        self.alone: tuple[Any, ...] | None = None
        if network.index is None and len(self._sheets) < 2:
            sheet = (self._sheets or [LineBlock(network, np.zeros((0, 0), np.int64))])[0].terms
            self.alone = (
                self._rest, self._local, sheet, self._arm.terms, self._to_arm, self._to_sheets, self._r,
            )  # fmt: skip

    def prepare(
        self, slope: NDArray[np.float64], local: NDArray[np.float64], *, steady: bool = False
    ) -> None:
        """Take the present matrix.

        Parameters
        ----------
        slope
            (potentials, local) sheet conductances, W/K.
        local
            (owned,) own rates, W/K.
        steady
            Whether vertices may have no rate of their own: they are lent a share of their couplings.

        """
        np.maximum(local, LENT * self._couplings.sums if steady else 0.0, out=self._local)
        for sheet in self._sheets:
            sheet.prepare(slope, self._local, self._couplings.links)
        self._arm.prepare(slope, self._local)

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write the approximate solution for residual ``r`` into ``z``, (owned,)."""
        if self.alone is not None:
            approximate(self.alone, r, z)
            return
        divide(self._rest, r, self._local, z)
        for sheet in self._sheets:
            sheet.apply(r, z)
        if not self._hems:
            self._arm.apply(r, z)
            return
        self._carry(self._to_arm, r, z)
        self._arm.apply(self._r, z)
        self._carry(self._to_sheets, r, z)
        for sheet in self._sheets:
            sheet.apply(self._r, z)

    def _carry(self, joints: tuple[Any, ...], r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Set the buffer to ``r`` and what joints bring from ``z`` on one side to the other."""
        self._z[: len(z)] = z
        self._network.update(self._ghosts)
        carry_over(*joints, self._z, r, self._r)

    def _joints(self, source: int, target: int) -> Links:
        """Joints that lead from one side to the other."""
        joints = self._network.joints
        row = np.repeat(joints.rows, np.diff(joints.start))
        return joints.only((self._side[row] == target) & (self._side[joints.column] == source))


@fast_kernel(inline=True)
def divide(rows: Indices, r: Floats, local: Floats, z: Floats) -> None:
    """Leave some vertices to their own rates."""
    for row in range(rows.size):
        i = rows[row]
        z[i] = r[i] / local[i]


@fast_kernel(inline=True)
def carry_over(
    rows: Indices, start: Integers, column: Indices, value: Floats, z: Floats, r: Floats, carried: Floats
) -> None:
    """Write ``r`` and what joints bring from ``z``."""
    for i in range(r.size):
        carried[i] = r[i]
    for row in range(rows.size):
        total = 0.0
        for k in range(start[row], start[row + 1]):
            total += value[k] * z[column[k]]
        carried[rows[row]] += total


@fast_kernel(inline=True)
def approximate(
    terms: tuple[
        Indices,
        Floats,
        tuple[Indices, Singles, Singles, Floats],
        tuple[
            Integers, Integers, Singles, Floats, Singles, Singles, Singles, Floats, Integers, Floats, Floats
        ],
        tuple[Indices, Integers, Indices, Floats],
        tuple[Indices, Integers, Indices, Floats],
        Floats,
    ],
    r: Floats,
    z: Floats,
) -> None:
    """Apply the preconditioner of one rank and no more than one sheet: :attr:`Preconditioner.alone`."""
    rest, local, sheet, arm, to_arm, to_sheets, carried = terms
    divide(rest, r, local, z)
    if sheet[0].size:
        solve_lines(*sheet, r, z)
    if to_arm[0].size:
        carry_over(*to_arm, z, r, carried)
        solve_arm(*arm, carried, z)
        carry_over(*to_sheets, z, r, carried)
        solve_lines(*sheet, carried, z)
    else:
        solve_arm(*arm, r, z)


def _hems(parts: Sequence[Part], network: Network) -> NDArray[np.int64]:
    """Numbers of the vertices, owned or ghosts, that joints couple with tubes, without the tubes' own."""
    closed = np.repeat([part.surface.closed for part in parts], [len(p.surface.points) for p in parts])
    joints = network.joints
    one = network.vertex[np.repeat(joints.rows, np.diff(joints.start))]
    other = network.vertex[joints.column]
    pairs = (one, other), (other, one)
    hems: NDArray[np.int64] = np.unique(np.concatenate([a[~closed[a] & closed[b]] for a, b in pairs]))
    return hems


def _binding(part: Part) -> float:
    """Strongest conduction between neighbouring vertices at room temperature, W/m2/K."""
    room = int((300.0 - LOWEST) / STEP)
    conductance = max(law.values[room] for law in part.conductance)
    finest = min(np.diff(lines).min() for lines in part.surface.lines)
    return float(conductance / finest**2)
