"""The case file: models, units, checks. Needs no dolfinx."""

from __future__ import annotations

from thermal.case.reading.load import load_case
from thermal.case.tables.flag import Flag
from thermal.case.tables.joint import Joint
from thermal.case.tables.mesh import Mesh
from thermal.case.tables.output import Output, Probe
from thermal.case.tables.requirements import Requirements
from thermal.case.tables.root import Case
from thermal.case.tables.run import Run
from thermal.case.tables.sink import Sink
from thermal.case.tables.site import Site
from thermal.case.tables.sky import Sky
from thermal.case.tables.solver import Solver
from thermal.case.tables.tube import Tube

__all__ = [
    "Case",
    "Flag",
    "Joint",
    "Mesh",
    "Output",
    "Probe",
    "Requirements",
    "Run",
    "Sink",
    "Site",
    "Sky",
    "Solver",
    "Tube",
    "load_case",
]
