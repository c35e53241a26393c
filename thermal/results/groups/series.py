"""The group ``series``: one row an output, of everything that is a number and not a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.results.groups.series_reducer import Digest
from thermal.results.layout.hdf import Column, columns
from thermal.results.layout.quantities import FIELDS, FieldInfo, named, power_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    import h5py
    from numpy.typing import NDArray

    from thermal.results.layout.mesh import JointMesh, Place, Probe
    from thermal.results.writing.state import StateLike

_EXTREMES = ("minimum", "mean", "maximum")


class PartRows:
    """Columns of each part's minimum, mean and maximum, and of each probe.

    Parameters
    ----------
    group
        Group that gets ``parts/NAME/`` and ``probes/NAME/``.
    mesh
        The joint mesh, whose areas weigh the mean.
    probes
        Places to record.

    """

    def __init__(self, group: h5py.Group, mesh: JointMesh, probes: Mapping[Probe, Place]) -> None:
        parts, found = group.require_group("parts"), group.require_group("probes")
        self._parts = {name: columns(parts.require_group(name), _EXTREMES) for name in mesh.names}
        self._probes: dict[str, Column] = {}
        for probe in probes:
            own = found.require_group(probe.name)
            own.attrs["part"] = probe.part
            own.attrs["at_m"] = np.array(probe.at)
            what = f"temperature at probe {probe.name}"
            self._probes[probe.name] = Column(own, named("temperature", "temperature", what))

    def append(self, rows: NDArray[np.float64]) -> None:
        """Add rows as :class:`Digest` makes them."""
        table = rows.reshape(-1, 3 * len(self._parts) + len(self._probes))
        width = 3 * len(self._parts)
        for number, part in enumerate(self._parts.values()):
            for offset, column in enumerate(part.values()):
                column.append(table[:, 3 * number + offset])
        for number, column in enumerate(self._probes.values()):
            column.append(table[:, width + number])


class Series:
    """Writes the group ``series``.

    Parameters
    ----------
    root
        The open file.
    mesh, probes
        As for :class:`PartRows`.
    start_text
        The run's start in ISO 8601, which CF wants in the unit of a time axis.
    first
        The first state, which names the terms of the balance.

    """

    def __init__(
        self,
        root: h5py.File,
        mesh: JointMesh,
        probes: Mapping[Probe, Place],
        start_text: str,
        first: StateLike,
    ) -> None:
        group = root.require_group("series")
        self._clock = columns(group, ("time", "step_size", "local_hour"))
        self._counts = {name: Column(group, FIELDS[name], "i8") for name in ("steps", "rejected")}
        self._clock["time"].dataset.attrs["since"] = start_text
        self._rows = PartRows(group, mesh, probes)
        self._digest = Digest(mesh, tuple(probes.values()))
        powers, ledger = group.require_group("powers"), group.require_group("ledger")
        self._powers = {term: Column(powers, power_field(term)) for term in first.powers_w}
        self._ledger = {
            name: Column(ledger, FIELDS.get(name) or _ledger_field(name)) for name in first.ledger.to_json()
        }

    def append(self, state: StateLike, temperature: NDArray[np.float64], local_hour: float) -> None:
        """Add a row.

        Parameters
        ----------
        state
            The state to record.
        temperature
            Its temperature at all vertices, K.
        local_hour
            Local solar time, NaN where there is no Sun to tell it.

        """
        for column, value in zip(self._clock.values(), (state.time_s, state.step_s, local_hour), strict=True):
            column.append(value)
        for column, count in zip(self._counts.values(), (state.steps, state.rejected), strict=True):
            column.append(count)
        self._rows.append(self._digest(temperature))
        for term, column in self._powers.items():
            column.append(state.powers_w[term])
        entries = state.ledger.to_json()
        for name, column in self._ledger.items():
            column.append(entries[name])


def _ledger_field(name: str) -> FieldInfo:
    unit = "J" if name.endswith("_j") else "1"
    return FieldInfo(name, "", name.removesuffix("_j").replace("_", " ") + " since the start", unit)
