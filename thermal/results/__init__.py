"""Result files: one writer, one reader (layout: docs/result-file.md)."""

from __future__ import annotations

from thermal.results.array import Field
from thermal.results.inputs import Inputs
from thermal.results.mesh import JointMesh, Probe
from thermal.results.opening import open_result
from thermal.results.paths import check_output, default_output, partial_path
from thermal.results.reader import ProbeHistory, Result
from thermal.results.steps import StepLog
from thermal.results.writer import ResultWriter

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
