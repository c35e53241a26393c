"""The part of the file that VTK and ParaView read: VTKHDF 2.0, UnstructuredGrid, with Steps.

The mesh stands still, so it is written once and every step's offsets into it are zero; a field that changes
is one long array to which each step adds as many values as there are vertices (VTK file formats, "VTKHDF",
transient data).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.results.layout.hdf import Column, put
from thermal.results.layout.quantities import FIELDS, FieldInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    import h5py
    from numpy.typing import NDArray

    from thermal.results.layout.mesh import JointMesh

_TRIANGLE = 5
_GEOMETRY_OFFSETS = ("PartOffsets", "PointOffsets", "CellOffsets", "ConnectivityIdOffsets")


class VtkHdf:
    """Writes the group ``VTKHDF``.

    Parameters
    ----------
    root
        The open file.
    mesh
        All parts in one mesh.
    fields
        Point data that change with time; stored as 32 bit numbers (3e-5 K at 400 K).

    """

    def __init__(self, root: h5py.File, mesh: JointMesh, fields: tuple[str, ...]) -> None:
        self._size = len(mesh.points)
        group = root.require_group("VTKHDF")
        if "Version" not in group.attrs:
            group.attrs["Version"] = np.array([2, 0], "i8")
            group.attrs.create("Type", np.bytes_("UnstructuredGrid"))
            self._write_mesh(group, mesh)
        self._points = group.require_group("PointData")
        self._steps = group.require_group("Steps")
        self._values = Column(self._steps, FieldInfo("Values", "t", "time since the start of the run", "s"))
        self._parts = Column(self._steps, FieldInfo("NumberOfParts", "", "partitions of a step", "1"), "i8")
        self._geometry = [
            Column(self._steps, FieldInfo(name, "", "where a step begins (the mesh stands still)", "1"), "i8")
            for name in _GEOMETRY_OFFSETS
        ]
        point_offsets = self._steps.require_group("PointDataOffsets")
        cell_offsets = self._steps.require_group("CellDataOffsets")
        self._part_offset = Column(cell_offsets, _offset("part"), "i8")
        self._fields = {
            name: Column(self._points, FIELDS[name], "f4", self._size, compress=True) for name in fields
        }
        self._offsets = {name: Column(point_offsets, _offset(name), "i8") for name in fields}
        self._point_offsets = point_offsets
        self._count = len(self._values.dataset)
        self._steps.attrs["NSteps"] = np.int64(self._count)

    def _write_mesh(self, group: h5py.Group, mesh: JointMesh) -> None:
        cells = len(mesh.triangles)
        for name, number in (
            ("NumberOfPoints", self._size),
            ("NumberOfCells", cells),
            ("NumberOfConnectivityIds", 3 * cells),
        ):
            put(group, FieldInfo(name, "", "size of the one partition", "1"), np.array([number], "i8"))
        put(group, FIELDS["Points"], mesh.points, compress=True)
        put(group, FIELDS["Connectivity"], mesh.triangles.ravel().astype("i8"), compress=True)
        put(group, FIELDS["Offsets"], np.arange(0, 3 * cells + 1, 3, dtype="i8"), compress=True)
        put(group, FIELDS["Types"], np.full(cells, _TRIANGLE, "u1"), compress=True)
        put(group.create_group("CellData"), FIELDS["part"], mesh.part_of_triangle(), compress=True)

    def append(self, time_s: float, values: Mapping[str, NDArray[np.float64]]) -> None:
        """Add a step.

        Parameters
        ----------
        time_s
            Its time, s.
        values
            For each field named at the start, one value a vertex.

        """
        self._values.append(time_s)
        self._parts.append(1)
        for column in (*self._geometry, self._part_offset):
            column.append(0)
        for name, column in self._fields.items():
            self._offsets[name].append(self._count * self._size)
            column.append(values[name])
        self._count += 1
        self._steps.attrs["NSteps"] = np.int64(self._count)

    def add_static(self, info: FieldInfo, dataset: h5py.Dataset) -> None:
        """Show a dataset that has one value a vertex and no time as point data of every step."""
        self._points[info.name] = dataset
        put(self._point_offsets, _offset(info.name), np.zeros(self._count, "i8"))


def _offset(name: str) -> FieldInfo:
    return FieldInfo(name, "", f"where the values of {name} begin in each step", "1")
