"""A result file, open for reading."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import h5py
import numpy as np

from thermal.results.layout.field import Field
from thermal.results.layout.mesh import JointMesh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType


@dataclass(frozen=True, slots=True)
class ProbeHistory:
    """What a probe recorded.

    Parameters
    ----------
    name, part, at_m
        Which probe, on which part, at which local coordinates in m.
    time, temperature
        Its history at every accepted step, s and K.

    """

    name: str
    part: str
    at_m: tuple[float, float]
    time: Field
    temperature: Field


class Result:
    """A result file, open for reading; a context manager.

    Parameters
    ----------
    path
        The file.
    file
        The same, opened.

    """

    def __init__(self, path: Path, file: h5py.File) -> None:
        self.path = path
        self._file = file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @cached_property
    def attributes(self) -> dict[str, Any]:
        """Attributes of the root: versions, case, creation."""
        return {name: python_value(value) for name, value in self._file.attrs.items()}

    @property
    def complete(self) -> bool:
        """Whether the run went to its end."""
        return bool(self._file.attrs["complete"])

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Names of the parts."""
        return tuple(self._file["mesh/part_name"].asstr()[()])

    @cached_property
    def mesh(self) -> JointMesh:
        """All parts in one mesh."""
        offsets = self._file["mesh/part_offset"][()]
        part_of_triangle = self._file["VTKHDF/CellData/part"][()]
        cells = np.searchsorted(part_of_triangle, np.arange(len(offsets)))
        return JointMesh(
            self.parts,
            offsets,
            cells.astype(np.int64),
            self._file["VTKHDF/Points"][()],
            self._file["VTKHDF/Connectivity"][()].reshape(-1, 3),
            self._file["mesh/local_coordinates"][()],
            self._file["mesh/vertex_area"][()],
        )

    @cached_property
    def time(self) -> Field:
        """Times of the outputs, s since the start."""
        return self["series/time"]

    def nearest(self, time_s: float) -> int:
        """Give the number of the output that is nearest in time."""
        return int(np.argmin(np.abs(self.time.values - time_s)))

    def temperature(
        self,
        part: str | None = None,
        *,
        output: int | None = None,
        time_s: float | None = None,
        face: str = "",
    ) -> Field:
        """Read the temperature of a part, or of all vertices.

        Parameters
        ----------
        part
            Name of the part, or None for all.
        output
            Number of the output (negative counts from the end), or
        time_s
            a time, for which the nearest output is taken; with neither, all outputs.
        face
            ``"front"`` or ``"back"`` for a face, empty for the mean of the wall.

        Returns
        -------
        Field
            (n,) for one output, (outputs, n) for all, K.

        Raises
        ------
        KeyError
            If there is no such part or face.

        """
        data = self._dataset(f"VTKHDF/PointData/{face + '_' if face else ''}temperature")
        piece = slice(None) if part is None else self.mesh.vertices(part) if part in self.parts else None
        if piece is None:
            raise KeyError(f"no part {part!r}; there are {', '.join(self.parts)}")
        size = len(self.mesh.points)
        if time_s is not None:
            output = self.nearest(time_s)
        if output is None:
            values = data[()].reshape(-1, size)[:, piece]
        else:
            row = range(len(self.time))[output]
            values = data[row * size : (row + 1) * size][piece]
        return Field(values.astype(float), data.attrs["units"], data.attrs["long_name"])

    @cached_property
    def probes(self) -> Mapping[str, ProbeHistory]:
        """Histories of the probes by name."""
        source = "steps" if "steps/probes" in self._file and len(self._file["steps/time"]) else "series"
        group = self._file[f"{source}/probes"]
        time = self[f"{source}/time"]
        return {
            name: ProbeHistory(
                name,
                str(own.attrs["part"]),
                (float(own.attrs["at_m"][0]), float(own.attrs["at_m"][1])),
                time,
                self[f"{source}/probes/{name}/temperature"],
            )
            for name, own in group.items()
        }

    @property
    def powers(self) -> dict[str, Field]:
        """Power of every term at the outputs, W, positive heats."""
        return self.group("series/powers")

    @property
    def ledger(self) -> dict[str, float]:
        """Energy ledger at the end, J and fractions."""
        return {name: float(field.values[-1]) for name, field in self.group("series/ledger").items()}

    @cached_property
    def verdict(self) -> dict[str, Any]:
        """The verdict on the flag, empty where none was given."""
        if "verdict/json" not in self._file:
            return {}
        text: dict[str, Any] = json.loads(self.text("verdict/json"))
        return text

    def text(self, name: str) -> str:
        """Read a text, such as ``inputs/case_resolved``."""
        return str(self._dataset(name).asstr()[()])

    def texts(self, name: str) -> list[str]:
        """Read a list of texts, such as ``sky/event_name``."""
        return list(self._dataset(name).asstr()[()])

    def group(self, name: str) -> dict[str, Field]:
        """Read every array of a group; empty where there is no such group."""
        if name not in self._file:
            return {}
        return {
            key: self[f"{name}/{key}"] for key, item in self._file[name].items() if item.dtype.kind != "O"
        }

    def group_names(self, name: str) -> tuple[str, ...]:
        """Give the names in a group; none where there is no such group."""
        return tuple(self._file[name]) if name in self._file else ()

    def __contains__(self, name: str) -> bool:
        return name in self._file

    def __getitem__(self, name: str) -> Field:
        data = self._dataset(name)
        return Field(data[()], data.attrs["units"], data.attrs["long_name"])

    def __iter__(self) -> Iterator[str]:
        names: list[str] = []
        self._file.visititems(
            lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None
        )
        return iter(names)

    def _dataset(self, name: str) -> h5py.Dataset:
        if name not in self._file:
            raise KeyError(f"{self.path} has no {name}")
        return self._file[name]


def python_value(value: Any) -> Any:
    """Give numpy's scalars and arrays as Python's own."""
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value
