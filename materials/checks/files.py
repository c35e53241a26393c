"""What a material file has to satisfy beyond its form, and the run over many files.

Each rule yields :class:`~materials.problems.Problem` objects that name file, line and key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from materials.checks import physics_rules
from materials.checks.physics_rules import checked_points
from materials.problems import MaterialError, Problem
from materials.schema import reader
from materials.schema.build import build
from materials.schema.draft import draft_of
from materials.schema.quantities import QUANTITIES, SURFACE_QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from materials.schema.build import Built
    from materials.schema.draft import Draft
    from materials.schema.models import Datum
    from materials.schema.reader import Source

REGRESSION_TOLERANCE: Final = 1e-3
WIDEST: Final = 1.5
"""A relative half width above this is a percentage written as a number."""


@dataclass(frozen=True)
class Loaded:
    """The sound parts of a file, and what they may refer to.

    Parameters
    ----------
    draft, built
        Checked form, and the material made of it.
    sources
        Keys of the bibliography.
    names
        Names of all materials.

    """

    draft: Draft
    built: Built
    sources: Collection[str]
    names: Collection[str]

    @property
    def source(self) -> Source:
        """The text, to say where a problem is."""
        return self.draft.source

    def data(self) -> Iterator[tuple[tuple[str | int, ...], Datum]]:
        """Every datum of the file with its path in it."""
        file = self.draft.file
        for key, datum in file.properties.items():
            yield ("properties", key), datum
        for name, surface in file.surfaces.items():
            for quantity in SURFACE_QUANTITIES:
                own = surface.datum(quantity)
                if own is not None:
                    yield ("surfaces", name, quantity), own
        for number, alternative in zip(self.draft.alternatives, file.alternative, strict=True):
            yield ("alternative", number), alternative


def sources_resolve(loaded: Loaded) -> Iterator[Problem]:
    """Every source key is in the bibliography."""
    for path, datum in loaded.data():
        places = [((*path, "source"), datum.source)]
        if datum.extension is not None:
            places.append(((*path, "extension"), datum.extension.source))
        for place, keys in places:
            for key in keys:
                if key not in loaded.sources:
                    yield loaded.source.problem(
                        "unknown-source",
                        place,
                        f"the source {key!r} is not in the bibliography",
                        "add it to the .bib",
                    )
    for key, absent in loaded.draft.file.not_applicable.items():
        for source in absent.source:
            if source not in loaded.sources:
                yield loaded.source.problem(
                    "unknown-source",
                    ("not_applicable", key),
                    f"the source {source!r} is not in the bibliography",
                )


def grades_agree(loaded: Loaded) -> Iterator[Problem]:
    """Estimates are marked as such in both places and say why; uncertainties are shares, not percentages."""
    for path, datum in loaded.data():
        if (datum.method == "estimate" and datum.confidence != "E") or (
            datum.confidence == "P" and datum.method in ("estimate", "derived")
        ):
            yield loaded.source.problem(
                "material-grade-mismatch",
                (*path, "confidence"),
                f"confidence {datum.confidence!r} does not go with the method {datum.method!r}",
                "P is published, D derived, E estimate",
            )
        if datum.confidence == "E" and not datum.note:
            yield loaded.source.problem(
                "material-no-reason", path, "an estimate without a reason", "say in its note what it rests on"
            )
        shares = datum.u_rel if isinstance(datum.u_rel, list) else [datum.u_rel or 0.0]
        if max(shares) > WIDEST:
            yield loaded.source.problem(
                "material-uncertainty",
                (*path, "u_rel"),
                f"a relative uncertainty of {max(shares):g} is {100 * max(shares):g} %",
                "write 5 % as 0.05, or use u_factor",
            )


def regressions_hold(loaded: Loaded) -> Iterator[Problem]:
    """Laws give their regression values to 0.1 %."""
    for entry in loaded.built.entries:
        for temperature, wanted in entry.prop.regression:
            low, high = entry.prop.range_k
            place = (*entry.path, "regression")
            if not low <= temperature <= high:
                yield loaded.source.problem(
                    "material-regression", place, f"{temperature:g} K is outside the range of the law"
                )
                continue
            got = float(entry.prop(temperature))
            if abs(got - wanted) > REGRESSION_TOLERANCE * abs(wanted):
                yield loaded.source.problem(
                    "material-regression",
                    place,
                    f"the law gives {got:.5g} {entry.prop.unit} at {temperature:g} K, not {wanted:.5g}",
                    "look for a digit that was lost or changed",
                )


def values_possible(loaded: Loaded) -> Iterator[Problem]:
    """No value crosses the bounds of its kind."""
    for entry in loaded.built.entries:
        quantity = QUANTITIES[entry.prop.name]
        values = entry.prop(checked_points(entry.prop)) / entry.prop.display_factor
        low, high = quantity.low / entry.prop.display_factor, quantity.high / entry.prop.display_factor
        worst = values[~((values >= low) & (values <= high))]
        if worst.size:
            yield loaded.source.problem(
                "material-impossible-value",
                entry.path,
                f"{worst[0]:.4g} {entry.prop.display_unit} is impossible for {quantity.label.lower()}",
                f"values lie between {low:.4g} and {high:.4g} {entry.prop.display_unit}",
            )


def names_resolve(loaded: Loaded) -> Iterator[Problem]:
    """Components and coatings exist, shares add up, aliases are used once."""
    file = loaded.draft.file
    for index, coating in enumerate(file.coatings):
        if coating not in loaded.names:
            yield loaded.source.problem(
                "unknown-material", ("coatings", index), f"there is no coating {coating!r}"
            )
    parts = file.construction.components if file.construction else []
    for part in parts:
        if part.material not in loaded.names:
            yield loaded.source.problem(
                "unknown-material", ("construction", "components"), f"there is no material {part.material!r}"
            )
    if parts and abs(sum(part.mass_fraction for part in parts) - 1.0) > 1e-3:
        total = sum(part.mass_fraction for part in parts)
        yield loaded.source.problem(
            "material-wrong-shares",
            ("construction", "components"),
            f"the mass fractions add up to {total:g}, not 1",
        )
    seen: dict[str, str] = {}
    for name, surface in file.surfaces.items():
        for alias in (name, *surface.aliases):
            if alias in seen:
                yield loaded.source.problem(
                    "material-duplicate-name",
                    ("surfaces", name),
                    f"{alias!r} also names the surface {seen[alias]!r}",
                )
            seen[alias] = name


RULES: Final[tuple[Callable[[Loaded], Iterator[Problem]], ...]] = (
    sources_resolve,
    grades_agree,
    values_possible,
    regressions_hold,
    names_resolve,
)


def check_file(path: Path, sources: Collection[str], names: Collection[str]) -> list[Problem]:
    """Check one file.

    Parameters
    ----------
    path
        The file.
    sources
        Keys of the bibliography.
    names
        Names of all materials, for components and coatings.

    """
    try:
        draft = draft_of(reader.read_text(path))
    except MaterialError as error:
        return list(error.problems)
    built = build(draft)
    loaded = Loaded(draft, built, sources, names)
    found = [problem for rule in RULES for problem in rule(loaded)]
    if not any(problem.code == "material-impossible-value" for problem in found):
        found += [
            problem
            for rule in physics_rules.RULES
            for problem in rule(draft.source, built.material, built.entries)
        ]
    return [*built.problems, *found, *physics_rules.needed_by_kind(draft.source, built)]


def check_files(files: Iterable[Path], sources: Collection[str], names: Collection[str]) -> list[Problem]:
    """Check many files, in the order given."""
    return [problem for path in files for problem in check_file(path, sources, names)]
