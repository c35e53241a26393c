"""Materials and surfaces must be in the database, with the data that a run needs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from materials.problems import MaterialError
from thermal.case.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from materials import Material
    from thermal.case.draft import Draft
    from thermal.case.lines import Location

SHEETS = frozenset({"cloth", "film"})
"""Kinds of material a flag can be made of."""


def check_materials(draft: Draft, database: Mapping[str, Material]) -> Iterator[Finding]:
    """Find materials and surfaces that are unknown, or lack data.

    Parameters
    ----------
    draft
        The sound tables of a case.
    database
        What :func:`materials.load_database` returns.

    Yields
    ------
    Finding
        With the code of the database's own problem, or ``wrong-kind``.

    """
    if draft.flag is not None:
        surfaces = {"front": draft.flag.front_surface, "back": draft.flag.back_surface}
        if draft.flag.surface is not None:
            surfaces = {"surface": draft.flag.surface}
        yield from _check(database, draft.flag.material, surfaces, ("flag",), _use_sheet)
        for index, region in enumerate(draft.flag.region):
            given = {"surface": region.surface, "front": region.front, "back": region.back}
            yield from _check_surfaces(database, draft.flag.material, given, ("flag", "region", index))
    for index, tube in draft.tubes.items():
        surfaces = {"surface": tube.surface} | ({"inside": tube.inside} if tube.inside else {})
        yield from _check(database, tube.material, surfaces, ("tube", index), _use_wall)

    for index, box in draft.boxes.items():
        if box.material is not None:
            yield from _check(
                database, box.material, {"surface": str(box.surface)}, ("box", index), _use_skin
            )


def _check_surfaces(
    database: Mapping[str, Material], name: str, surfaces: Mapping[str, str | None], table: Location
) -> Iterator[Finding]:
    """Check the surfaces of a part whose material is checked elsewhere."""
    found: list[Finding] = []
    for key, surface in surfaces.items():
        if surface is not None and name in database:
            with _collected(found, (*table, key)):
                database[name].surface(surface)
    yield from found


def _check(
    database: Mapping[str, Material],
    name: str,
    surfaces: Mapping[str, str],
    table: Location,
    use: Callable[[Material], None],
) -> Iterator[Finding]:
    """Check the material of a part and each of its surfaces."""
    here = (*table, "material")
    found: list[Finding] = []
    with _collected(found, here):
        material = database[name]
        if use is _use_sheet and material.kind not in SHEETS:
            message = f'"{name}" is a {material.kind}, a flag needs a cloth or a film'
            found.append(Finding("wrong-kind", here, message, "`lunarflag materials list` names them"))
        else:
            with _collected(found, here):
                use(material)
        for key, surface in surfaces.items():
            with _collected(found, (*table, key)):
                material.surface(surface)
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
    _ = material.density, material.specific_heat
