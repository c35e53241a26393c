"""Checks that look at more than one table of a case."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from thermal.case.checks.boxes import check_boxes
from thermal.case.checks.dates import check_dates
from thermal.case.checks.files import check_files
from thermal.case.checks.ground_patches import check_ground_patches
from thermal.case.checks.meshes import check_meshes
from thermal.case.checks.names import check_names
from thermal.case.checks.outputs import check_outputs
from thermal.case.checks.probes import check_probes
from thermal.case.checks.regions import check_regions
from thermal.case.checks.schedule import check_schedule
from thermal.case.checks.shapes import check_shapes
from thermal.case.checks.touching import check_touching

if TYPE_CHECKING:
    from thermal.case.reading.draft import Draft
    from thermal.case.reading.finding import Finding

CHECKS = (
    check_dates,
    check_names,
    check_shapes,
    check_regions,
    check_boxes,
    check_ground_patches,
    check_touching,
    check_probes,
    check_schedule,
    check_files,
    check_meshes,
    check_outputs,
)
"""All checks; each takes a draft and yields findings."""


def cross_checks(draft: Draft) -> list[Finding]:
    """Run all checks.

    Parameters
    ----------
    draft
        The sound tables of a case.

    Returns
    -------
    list of Finding
        Empty when the tables agree with each other.

    """
    return list(chain.from_iterable(check(draft) for check in CHECKS))
