"""What went into a run, kept in its result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thermal.results.layout.hdf import put_text
from thermal.results.layout.quantities import FIELDS, FieldInfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import h5py


@dataclass(frozen=True, slots=True)
class Inputs:
    """The case and the data it used, as texts.

    Parameters
    ----------
    title
        Title of the case.
    case_name
        Name of the case file, without its folder.
    as_given, resolved
        The case as the user wrote it, and with every default and override in place; TOML.
    sha256
        Hash of the resolved case.
    start
        Start of the run, with a zone.
    duration_s
        Length of the run, s.
    latitude, longitude
        The site, rad, east positive.
    materials
        TOML text of every material used, by name.
    citations
        Sources of the data that were used, one a line.
    references
        The same in BibTeX.
    stack
        "hot" or "cold" where every uncertain input is at that end; otherwise empty.
    reproducible
        Whether stages are solved so tightly that any number of ranks gives the same numbers.
    years_ahead
        How far the run looks ahead by cycle jump, years; 0 where it does not.

    """

    title: str
    case_name: str
    as_given: str
    resolved: str
    sha256: str
    start: datetime
    duration_s: float
    latitude: float
    longitude: float
    materials: Mapping[str, str] = field(default_factory=dict)
    citations: str = ""
    references: str = ""
    stack: str = ""
    reproducible: bool = False
    years_ahead: float = 0.0

    @property
    def start_text(self) -> str:
        """Start of the run in ISO 8601, UTC."""
        return self.start.strftime("%Y-%m-%dT%H:%M:%SZ")

    def write(self, root: h5py.File) -> None:
        """Write the group ``inputs`` and the attributes that name the case."""
        group = root.create_group("inputs")
        put_text(group, FIELDS["case_as_given"], self.as_given)
        put_text(group, FIELDS["case_resolved"], self.resolved)
        put_text(group, FIELDS["citations"], self.citations)
        put_text(group, FIELDS["references"], self.references)
        materials = group.create_group("materials")
        for name, text in self.materials.items():
            put_text(materials, FieldInfo(name, "", f"data of the material {name}, TOML", "1"), text)
        root.attrs.update(
            {
                "title": self.title,
                "case_name": self.case_name,
                "case_sha256": self.sha256,
                "start": self.start_text,
                "duration_s": self.duration_s,
                "latitude_rad": self.latitude,
                "longitude_rad": self.longitude,
                "stack": self.stack,
                "reproducible": self.reproducible,
                "years_ahead": self.years_ahead,
            }
        )
