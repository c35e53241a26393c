"""The shape of the cloth that a case's table gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.core.errors import CaseError, Problem

if TYPE_CHECKING:
    from thermal.case.tables.root import Case
    from thermal.geometry.drape import MeasuredDrape


def measured_drape(case: Case, name: str) -> MeasuredDrape:
    """Read the table of offsets that a case names.

    Raises
    ------
    CaseError
        With everything that is wrong with it.

    """
    from thermal.geometry.drape import MeasuredDrape

    return MeasuredDrape.read(case.path.parent / name, case.flag.width, case.flag.height_of_cloth)


def drape_problems(case: Case) -> list[Problem]:
    """Find what is wrong with the table of a drape, without a run; empty where there is none."""
    drape = case.flag.drape
    if drape is None or drape.file is None:
        return []
    try:
        measured_drape(case, drape.file)
    except CaseError as error:
        return list(error.problems)
    return []
