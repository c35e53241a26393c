"""How a sheet hangs: a documented wave, or offsets measured on a sheet, over the flat rectangle."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import RectBivariateSpline

from thermal.core.errors import CaseError, Problem
from thermal.core.tables import Column, read_table

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS: Final = (
    Column("u", "m", "u [m]", older=MappingProxyType({"u": "m"})),
    Column("v", "m", "v [m]", older=MappingProxyType({"v": "m"})),
    Column("offset", "m", "offset [mm]", -100.0, 100.0, MappingProxyType({"offset": "m"})),
)
"""Width, height and offset out of the front face of a point of the cloth."""

Array = NDArray[np.float64]
Edge = Literal["top", "bottom", "left", "right"]


class Drape(Protocol):
    """A shape of the sheet in its own frame: width, height, and out of the front face."""

    def place(self, uv: ArrayLike) -> tuple[Array, Array]:
        """Return positions and unit normals of the front face, each (n, 3), of cloth points (n, 2) m."""
        ...


@dataclass(frozen=True)
class Wave:
    r"""A sheet that ripples along the edge it hangs from, more the farther from it.

    With *s* the coordinate along the held edge, *q* the distance from it and *Q* the sheet's extent that way,

    .. math:: w = a\,\frac{q}{Q} \sin\Bigl(\frac{2\pi s}{\lambda} + \varphi\Bigr), \qquad
              s' = s - \tfrac12 \int_0^s \Bigl(\frac{\partial w}{\partial s}\Bigr)^2 ds .

    The integral draws the cloth together, so that lengths along *s* are the flat cloth's but for
    ``slope**4 / 8``, with the slope ``2 pi a / lambda``. *q* stays: lengths across are too long by half the
    square of ``a / Q`` and of the shear ``slope**2 s / (2 Q)`` that goes with drawing the free edge in more
    than the held one. Keep the slope below 0.3. Zero amplitude is exactly the flat sheet; the corner at
    s = 0 stays.

    Parameters
    ----------
    width, height
        Of the sheet, m.
    amplitude
        a, m, at the free edge.
    wavelength
        lambda, m along the cloth.
    held
        The edge that hangs straight.
    phase
        phi, rad.

    """

    width: float
    height: float
    amplitude: float
    wavelength: float
    held: Edge = "top"
    phase: float = 0.0

    def place(self, uv: ArrayLike) -> tuple[Array, Array]:
        """Return positions and unit normals of the front face, each (n, 3), of cloth points (n, 2) m."""
        cloth = np.asarray(uv, dtype=float)
        along, away = (0, 1) if self.held in {"top", "bottom"} else (1, 0)
        extent = (self.width, self.height)[away]
        s, q = cloth[:, along], cloth[:, away]
        outward = 1.0
        if self.held in {"top", "right"}:
            q, outward = extent - q, -1.0
        wave = 2.0 * np.pi / self.wavelength
        angle = wave * s + self.phase
        growth = self.amplitude * q / extent
        slope = growth * wave
        drawn = 0.5 * s + (np.sin(2.0 * angle) - np.sin(2.0 * self.phase)) / (4.0 * wave)
        place = np.zeros((len(s), 3))
        place[:, along] = s - 0.5 * slope**2 * drawn
        place[:, away] = cloth[:, away]
        place[:, 2] = growth * np.sin(angle)
        by_s, by_q = np.zeros_like(place), np.zeros_like(place)
        by_s[:, along] = 1.0 - 0.5 * (slope * np.cos(angle)) ** 2
        by_s[:, 2] = slope * np.cos(angle)
        by_q[:, along] = -slope * self.amplitude / extent * wave * drawn * outward
        by_q[:, away] = 1.0
        by_q[:, 2] = self.amplitude / extent * np.sin(angle) * outward
        return place, _normal(by_s, by_q) if along == 0 else _normal(by_q, by_s)


@dataclass(frozen=True, eq=False)
class MeasuredDrape:
    """Offsets out of the flat front face, splined over a grid of cloth points.

    Cloth points keep their place in the plane: only small slopes keep lengths.

    Parameters
    ----------
    spline
        Offset in m over width and height in m.

    """

    spline: RectBivariateSpline

    @classmethod
    def read(cls, path: Path, width: float, height: float) -> MeasuredDrape:
        """Read a table of ``u [m], v [m], offset [mm]``, one row a grid point in any order.

        Parameters
        ----------
        path
            The CSV file.
        width, height
            Of the sheet, m: the grid must cover it.

        Raises
        ------
        CaseError
            The table has faults, is not a full grid, or does not cover the sheet.

        """
        table = read_table(path, COLUMNS, rising=False)
        u, v = np.unique(table[:, 0]), np.unique(table[:, 1])
        if len(table) != len(u) * len(v) or len(np.unique(table[:, :2], axis=0)) != len(table):
            raise _bad(path, "the points are not a full grid", "give every u with every v, once")
        if min(len(u), len(v)) < 2 or u[0] > 0.0 or v[0] > 0.0 or u[-1] < width or v[-1] < height:
            raise _bad(
                path, f"the grid does not cover the sheet of {width:g} m x {height:g} m", "extend the grid"
            )
        offset = table[np.lexsort((table[:, 1], table[:, 0])), 2].reshape(len(u), len(v))
        return cls(RectBivariateSpline(u, v, offset, kx=min(3, len(u) - 1), ky=min(3, len(v) - 1)))

    def place(self, uv: ArrayLike) -> tuple[Array, Array]:
        """Return positions and unit normals of the front face, each (n, 3), of cloth points (n, 2) m."""
        cloth = np.asarray(uv, dtype=float)
        u, v = cloth.T
        one, nought = np.ones(len(u)), np.zeros(len(u))
        by_u = np.stack([one, nought, self.spline.ev(u, v, dx=1)], axis=1)
        by_v = np.stack([nought, one, self.spline.ev(u, v, dy=1)], axis=1)
        return np.stack([u, v, self.spline.ev(u, v)], axis=1), _normal(by_u, by_v)


def _normal(by_width: Array, by_height: Array) -> Array:
    cross = np.cross(by_width, by_height)
    return np.asarray(cross / np.linalg.norm(cross, axis=1)[:, None])


def _bad(path: Path, message: str, remedy: str) -> CaseError:
    return CaseError(Problem("drape-file", str(path), message, remedy))
