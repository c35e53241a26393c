"""Result files: one writer, one reader (layout: docs/result-file.md)."""

from __future__ import annotations

from thermal.results.groups.inputs import Inputs
from thermal.results.groups.steps import StepLog
from thermal.results.layout.field import Field
from thermal.results.layout.mesh import JointMesh, Probe
from thermal.results.reading.opening import open_result
from thermal.results.reading.reader import ProbeHistory, Result
from thermal.results.writing.paths import check_output, default_output, partial_path
from thermal.results.writing.writer import ResultWriter

__all__ = [
    "Field",
    "Inputs",
    "JointMesh",
    "Probe",
    "ProbeHistory",
    "Result",
    "ResultWriter",
    "StepLog",
    "check_output",
    "default_output",
    "open_result",
    "partial_path",
]
