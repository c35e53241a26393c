"""Materials and surfaces must be in the database, with the data that a run needs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from materials.problems import MaterialError
from thermal.case.reading.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from materials import Material
    from thermal.case.reading.draft import Draft
    from thermal.case.reading.lines import Location

SHEETS = frozenset({"cloth", "film"})
"""Kinds of material a flag can be made of."""
SURFACES = ("surface", "front", "back", "inside")
"""Keys that name a surface state."""


def check_materials(draft: Draft, database: Mapping[str, Material]) -> Iterator[Finding]:
    """Find materials and surfaces that are unknown, or lack data, in tables that may be wrong elsewhere.

    Parameters
    ----------
    draft
        What is known of a case.
    database
        What :func:`materials.load_database` returns.

    Yields
    ------
    Finding
        With the code of the database's own problem, or ``wrong-kind``.

    """
    for location, table in draft.tables("flag"):
        yield from _check(database, table.get("material"), table, location, _use_sheet)
        for place, region in draft.tables("flag", "region"):
            yield from _check_surfaces(database, table.get("material"), region, place)
    for location, table in draft.tables("tube"):
        yield from _check(database, table.get("material"), table, location, _use_wall)
    for location, table in draft.tables("box"):
        yield from _check(database, table.get("material"), table, location, _use_skin)


def _check(
    database: Mapping[str, Material],
    name: object,
    table: Mapping[str, object],
    location: Location,
    use: Callable[[Material], None],
) -> Iterator[Finding]:
    """Check the material of a part and each of its surfaces; what is no text is reported elsewhere."""
    if not isinstance(name, str):
        return
    here = (*location, "material")
    found: list[Finding] = []
    with _collected(found, here):
        material = database[name]
    if found:  # a file that cannot be read: its surfaces would say the same again
        yield from found
        return
    with _collected(found, here):
        if use is _use_sheet and material.kind not in SHEETS:
            message = f'"{name}" is a {material.kind}, a flag needs a cloth or a film'
            found.append(Finding("wrong-kind", here, message, "`lunarflag materials list` names them"))
        else:
            use(material)
    yield from found
    yield from _check_surfaces(database, name, table, location)


def _check_surfaces(
    database: Mapping[str, Material], name: object, table: Mapping[str, object], location: Location
) -> Iterator[Finding]:
    """Check that a known material has the surfaces that a table names."""
    found: list[Finding] = []
    for key in SURFACES:
        surface = table.get(key)
        if isinstance(surface, str) and name in database:
            with _collected(found, (*location, key)):
                database[str(name)].surface(surface)
    yield from found


@contextmanager
def _collected(found: list[Finding], location: Location) -> Iterator[None]:
    """Turn what the database raises into findings at a key of the case."""
    try:
        yield
    except MaterialError as error:
        for problem in error.problems:
            message = f"{problem.where}: {problem.message}" if problem.where else problem.message
            found.append(Finding(problem.code, location, message, problem.remedy))


def _use_sheet(material: Material) -> None:
    """Ask for what a run needs of a cloth."""
    _ = material.areal_density, material.specific_heat, material.through_conductivity, material.thickness
    for direction in ("warp", "weft"):
        material.sheet_conductance(direction)


def _use_skin(material: Material) -> None:
    """Ask for nothing: of a box the surface alone is needed."""
    del material


def _use_wall(material: Material) -> None:
    """Ask for what a run needs of a tube's wall."""
    _ = material.density, material.specific_heat, material.along_wall("thermal_conductivity")
