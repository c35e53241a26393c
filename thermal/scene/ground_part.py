"""Ground below a cloth that lies on it, as a part of the heat model: a regolith column for each patch.

The columns stand side by side as the lines of a sheet that conducts along them alone. With x the coordinate
along a column and L the layers of the sheet, a sheet of width w conducts L k w / dx and stores L c w dx; both
are those of a column of area A where

    dx = sqrt(rho / kc) dz,    L = sqrt(rho kc) A,

up to constant factors: x counts time of diffusion, L thermal inertia. Conductivity kc(z) (1 + chi (T/350)^3)
and heat capacity rho(z) c_p(T) then are one law of temperature each (theory G1 to G3, G6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.geometry.surface import Surface, grid_triangles
from thermal.heat.model.law import Law
from thermal.heat.model.part import Face, Part
from thermal.sky.ground.regolith import CHI_OVER_T3, Regolith, build_column, specific_heat

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME: Final = "ground"
"""Of the part."""
FIRST_CELL_M: Final = 5e-4
GROWTH: Final = 1.12
"""54 vertices down to 1.5 m."""
WIDTH: Final = 10.0
"""m, between columns on the sheet that stands for them: far more than between vertices of a column."""
APART: Final = 1e-9
"""Conductance between columns over that along them: none to speak of."""
COLDEST_K: Final = 10.0
"""Below it the specific heat of the regolith's law has no meaning."""
SAME: Final = 1e-6
"""Relative difference of areas up to which columns stand side by side."""


@dataclass(frozen=True)
class GroundPart:
    """Columns of ground as a part of the heat model.

    Parameters
    ----------
    part
        The part; vertex ``k * columns + i`` is position k of column i.
    depth
        (n,) of its positions, m.
    surface
        (P,) numbers within the part of the patches' surface vertices.
    bottom
        (P,) the same of the deepest ones.
    area
        (P,) of the patches, m2.

    """

    part: Part
    depth: NDArray[np.float64]
    surface: NDArray[np.int64]
    bottom: NDArray[np.int64]
    area: NDArray[np.float64]

    def at_depth(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give every vertex of the part the value (n,) of its depth."""
        return np.repeat(values, len(self.part.surface.points) // len(self.depth))


def ground_part(
    regolith: Regolith, centres: NDArray[np.float64], area: NDArray[np.float64], emissivity: float
) -> GroundPart:
    """Stand the columns of patches side by side.

    Parameters
    ----------
    regolith
        The material.
    centres, area
        (P, 3) m and (P,) m2 of the patches.
    emissivity
        Infrared emissivity of their surface.

    """
    column = build_column(regolith, FIRST_CELL_M, GROWTH)
    cells = np.diff(column.depth)
    density = regolith.density(0.5 * (column.depth[1:] + column.depth[:-1]))
    conductivity = column.coupling * cells
    size, layer, place = _stand(area)
    largest = float(area.max())
    # The upper half cell stands for the surface: its area is that of the largest patch, whose layer is 1.
    stretch = np.sqrt(density / conductivity) * cells
    stretch *= 2.0 * largest / WIDTH / stretch[0]
    inertia = np.sqrt(density * conductivity)
    inertia /= inertia[0]
    conductance = largest * conductivity[0] / cells[0] * stretch[0] / WIDTH
    capacity = largest * density[0] * cells[0] / (WIDTH * stretch[0])

    lines = np.concatenate([[0.0], np.cumsum(stretch)]), WIDTH * np.arange(size, dtype=np.float64)
    rows = len(lines[0])
    x, y = (side.ravel() for side in np.meshgrid(*lines, indexing="ij"))
    triangles = grid_triangles(rows, size)
    corner = triangles.min(axis=1)
    points = np.zeros((rows * size, 3))
    points[:, :2] = np.repeat(centres[:1, :2], rows * size, axis=0)
    points.reshape(rows, size, 3)[:, place, :2] = centres[:, :2]
    points[:, 2] = -np.repeat(column.depth, size)
    surface = Surface(
        name=NAME,
        points=points,
        triangles=triangles,
        normals=np.tile([0.0, 0.0, 1.0], (rows * size, 1)),
        uv=np.stack([x, y], axis=1),
        warp=np.tile([1.0, 0.0, 0.0], (len(triangles), 1)),
        lines=lines,
        rest=np.stack([x, y, np.zeros_like(x)], axis=1),
    )
    top = np.zeros(rows * size)
    top[place] = 1.0
    law = Law.of(lambda T: conductance * (1.0 + CHI_OVER_T3 * T**3), name="conductivity of the ground")
    part = Part(
        surface=surface,
        heat_capacity=Law.of(
            lambda T: capacity * specific_heat(np.maximum(T, COLDEST_K)), name="specific heat of the ground"
        ),
        conductance=(law, law.scaled(APART)),
        front=Face(emissivity=emissivity),
        back=Face(),
        exposed=top * np.tile(layer, rows),
        layers=inertia[corner // size] * np.maximum(layer[:-1], layer[1:])[corner % size],
        judged=top,
        emission="emission of the ground",
    )
    return GroundPart(part, column.depth, place, (rows - 1) * size + place, area)


def _stand(area: NDArray[np.float64]) -> tuple[int, NDArray[np.float64], NDArray[np.int64]]:
    """Put columns of one area side by side, between columns that stand for nothing.

    Returns
    -------
    tuple
        Columns in all; (columns,) area of each over the largest; (P,) the column of each patch.

    """
    order = np.argsort(area, kind="stable")
    rising = area[order]
    new = np.concatenate([[True], np.diff(rising) > SAME * rising[1:]])
    column = np.arange(len(area)) + np.cumsum(new)
    size = int(column[-1]) + 2
    layer = np.zeros(size)
    layer[column] = rising / rising[-1]
    place = np.empty(len(area), np.int64)
    place[order] = column
    return size, layer, place
