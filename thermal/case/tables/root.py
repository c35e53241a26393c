"""The whole case."""

import hashlib
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, PrivateAttr

from thermal.case.reading.toml_text import to_toml
from thermal.case.tables.base import Name, Table
from thermal.case.tables.box import Box
from thermal.case.tables.deployment import Deployment
from thermal.case.tables.event import HeatPulse
from thermal.case.tables.flag import Flag
from thermal.case.tables.ground import Ground
from thermal.case.tables.joint import Joint
from thermal.case.tables.mesh import Mesh
from thermal.case.tables.output import Output
from thermal.case.tables.requirements import Requirements
from thermal.case.tables.run import Run
from thermal.case.tables.sink import Sink
from thermal.case.tables.site import Site
from thermal.case.tables.sky import Sky
from thermal.case.tables.solver import Solver
from thermal.case.tables.tube import Tube


class Case(Table):
    """A case: what stands where, under which sky, for how long, and what is asked of it."""

    schema_version: Literal[1]
    """Version of the case format: 1."""
    title: str = Field(min_length=1, max_length=200, examples=["My flag at the Chang'e-5 site"])
    """One line that names the case in tables and figures."""
    site: Site
    """Where on the Moon."""
    sky: Sky
    """Sun, Earth and ground."""
    run: Run
    """What is computed."""
    flag: Flag
    """The cloth."""
    tube: tuple[Tube, ...] = ()
    """Tubes of the arm or the staff."""
    joint: tuple[Joint, ...] = ()
    """Contacts between parts, or to sinks."""
    sink: dict[Name, Sink] = Field(default_factory=dict)
    """Bodies of given temperature."""
    box: tuple[Box, ...] = ()
    """Opaque bodies: the lander."""
    event: tuple[HeatPulse, ...] = ()
    """Heat pulses."""
    deployment: Deployment | None = None
    """When the cloth is rolled up; always deployed without it."""
    ground: Ground = Ground()
    """Shadows on the ground."""
    mesh: Mesh = Mesh()
    """Sizes of the cells."""
    solver: Solver = Solver()
    """How exact."""
    output: Output = Output()
    """What is stored."""
    requirements: Requirements = Requirements()
    """What counts as failure."""

    _source_text: str = PrivateAttr(default="")
    _path: Path = PrivateAttr(default=Path())

    @property
    def source_text(self) -> str:
        """The case file as it was written."""
        return self._source_text

    @property
    def path(self) -> Path:
        """Where the case file was read; tables named in it lie beside it."""
        return self._path

    def with_source(self, text: str, path: Path) -> Self:
        """Return the same case, remembering the file it came from."""
        copy = self.model_copy()
        copy._source_text = text  # noqa: SLF001  (own class)
        copy._path = path  # noqa: SLF001  (own class)
        return copy

    def resolved_toml(self) -> str:
        """Return the case with all defaults and overrides, quantities in SI, as a case file."""
        return to_toml(self.model_dump(exclude_none=True))

    @property
    def sha256(self) -> str:
        """Hash of the resolved case: equal for cases that mean the same."""
        return hashlib.sha256(self.resolved_toml().encode()).hexdigest()
