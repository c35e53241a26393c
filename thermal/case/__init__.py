"""The case file: models, units, checks. Needs no dolfinx."""

from __future__ import annotations

from thermal.case.flag import Flag
from thermal.case.joint import Joint
from thermal.case.load import load_case
from thermal.case.mesh import Mesh
from thermal.case.output import Output, Probe
from thermal.case.requirements import Requirements
from thermal.case.root import Case
from thermal.case.run import Run
from thermal.case.sink import Sink
from thermal.case.site import Site
from thermal.case.sky import Sky
from thermal.case.solver import Solver
from thermal.case.tube import Tube

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
