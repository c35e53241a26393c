"""The data a case makes use of: materials, surface states and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.results.groups.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materials import Database, Material
    from materials.prop import Property
    from thermal.case import Case


def inputs_of(case: Case, database: Database) -> Inputs:
    """Collect the case and its data as texts.

    Parameters
    ----------
    case
        The case.
    database
        Materials.

    """
    surfaces = _surfaces(case)
    materials = _with_fibres((database[name] for name in surfaces), database)
    used = [item for material in materials for item in material.properties.values()]
    for name, states in surfaces.items():
        used += [item for state in states for item in database[name].surface(state).properties.values()]
    keys = _sources(used)
    known = database.bibliography()
    cited = [key for key in keys if key in known]
    return Inputs(
        title=case.title,
        case_name=case.path.name,
        as_given=case.source_text,
        resolved=case.resolved_toml(),
        sha256=case.sha256,
        start=case.sky.start,
        duration_s=case.run.duration,
        latitude=case.site.latitude,
        longitude=case.site.longitude,
        materials={material.name: material.path.read_text("utf-8") for material in materials},
        citations="\n".join(f"{key}: {known[key].citation()}" if key in known else key for key in keys),
        references=known.bibtex(cited),
    )


def _surfaces(case: Case) -> dict[str, set[str]]:
    """Name the surface states of each material that the case uses."""
    flag = case.flag
    printed = {
        state for region in flag.region for state in (region.surface, region.front, region.back) if state
    }
    surfaces = {flag.material: {flag.front_surface, flag.back_surface} | printed}
    for tube in case.tube:
        surfaces.setdefault(tube.material, set()).update({tube.surface, tube.inside_surface})
    for box in case.box:
        if box.material is not None and box.surface is not None:
            surfaces.setdefault(box.material, set()).add(box.surface)
    return surfaces


def _with_fibres(used: Iterable[Material], database: Database) -> list[Material]:
    """Add what the yarns are made of; each material once, by name."""
    found = {material.name: material for material in used}
    for material in list(found.values()):
        found |= {part.material: database[part.material] for part in material.components}
    return [found[name] for name in sorted(found)]


def _sources(properties: Iterable[Property]) -> list[str]:
    return sorted({key for item in properties for key in item.source})
