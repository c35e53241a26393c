"""What a result file says first: what it is, who made it, from what, and the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.results.layout.hdf import put, put_text
from thermal.results.layout.provenance import provenance
from thermal.results.layout.quantities import FIELDS

if TYPE_CHECKING:
    import h5py

    from thermal.results.groups.inputs import Inputs
    from thermal.results.layout.mesh import JointMesh

FILE_TYPE: Final = "lunarflag-result"
VERSION: Final = (1, 0)
"""Version of the layout (docs/result-file.md): the first number grows when old readers would fail."""


def write_head(file: h5py.File, inputs: Inputs, mesh: JointMesh, ranks: int) -> None:
    """Write the attributes of the root and the groups ``inputs`` and ``mesh``.

    Parameters
    ----------
    file
        An empty file.
    inputs
        The case and its data.
    mesh
        All parts in one mesh.
    ranks
        Processes of the run, for the record.

    """
    file.attrs.update(
        {
            "filetype": FILE_TYPE,
            "version": np.array(VERSION, "i8"),
            "Conventions": "CF-1.11",
            "complete": False,
            "ranks": ranks,
            **provenance(),
        }
    )
    inputs.write(file)
    group = file.create_group("mesh")
    put_text(group, FIELDS["part_name"], mesh.names)
    put(group, FIELDS["part_offset"], mesh.offsets)
    put(group, FIELDS["local_coordinates"], mesh.uv, compress=True)
    put(group, FIELDS["vertex_area"], mesh.area, compress=True)
