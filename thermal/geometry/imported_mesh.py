"""A cloth meshed elsewhere: triangles of a gmsh file, x along the width and y along the height."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import meshio
import numpy as np

from materials.problems import Problem
from thermal.core.errors import CaseError
from thermal.geometry.sheet import flat_sheet, pose_axes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from thermal.geometry.surface import Surface


def imported_sheet(
    name: str,
    path: Path,
    extent: tuple[float, float],
    *,
    position: Sequence[float],
    azimuth: float,
    tilt: float,
    roll: float,
) -> Surface:
    """Read a mesh of the flat cloth and bring it into its pose.

    Parameters
    ----------
    name
        Name of the part.
    path
        Mesh file, metres.
    extent
        Width and height that the case gives, m: the mesh must fill them.
    position, azimuth, tilt, roll
        Pose as for :func:`~thermal.geometry.sheet.flat_sheet`.

    Raises
    ------
    CaseError
        Where the file cannot be read, has no triangles, or has another size than the cloth.

    """
    try:
        mesh = meshio.read(path)
    except (OSError, meshio.ReadError, ValueError, KeyError) as error:
        raise _bad(path, f"the mesh cannot be read ({error})", "give a gmsh file of triangles") from error
    triangles = mesh.cells_dict.get("triangle")
    if triangles is None or not len(triangles):
        raise _bad(path, "the mesh has no triangles", "mesh the surface with linear triangles")
    used, triangles = np.unique(triangles, return_inverse=True)
    triangles = triangles.reshape(-1, 3).astype(np.int64)
    uv = mesh.points[used, :2].astype(float)
    found = uv.max(axis=0) - uv.min(axis=0)
    if not np.allclose(uv.min(axis=0), 0.0, atol=1e-6) or not np.allclose(found, extent, atol=1e-6):
        raise _bad(
            path,
            f"the mesh is {found[0]:g} m x {found[1]:g} m from {uv.min(axis=0)}",
            f"let it fill 0 to {extent[0]:g} m and 0 to {extent[1]:g} m",
        )
    a, b, c = (uv[triangles[:, k]] for k in range(3))
    first, second = b - a, c - a
    turned = first[:, 0] * second[:, 1] < first[:, 1] * second[:, 0]
    triangles[turned] = triangles[turned][:, ::-1]
    plain = flat_sheet(
        name, np.array([0.0, extent[0]]), np.array([0.0, extent[1]]),
        position=position, azimuth=azimuth, tilt=tilt, roll=roll,
    )  # fmt: skip
    width, height, normal = pose_axes(azimuth, tilt, roll)
    return replace(
        plain,
        points=np.asarray(position, float) + uv[:, :1] * width + uv[:, 1:] * height,
        triangles=triangles,
        normals=np.tile(normal, (len(uv), 1)),
        uv=uv,
        warp=np.tile(width, (len(triangles), 1)),
        lines=(),
    )


def _bad(path: Path, message: str, remedy: str) -> CaseError:
    return CaseError(Problem("mesh-file", str(path), message, remedy))
