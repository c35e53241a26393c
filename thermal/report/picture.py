"""The flag as it looks after some years, from a result: new and aged side by side, labelled."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from thermal.core.constants import YEAR
from thermal.core.errors import CaseError, Problem
from thermal.report.figure import STYLE
from thermal.report.words import site_words

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from materials import Material
    from thermal.case import Case
    from thermal.endurance.colour.layouts import Layout, LayoutName
    from thermal.endurance.observe.evidence import PartEvidence
    from thermal.results import Result

FACES: Final = ("front", "back")
_PIXELS: Final = 700


def draw_picture(result: Result, path: Path, years: float, layout: str = "regions") -> None:
    """Draw both faces of the flag, new and after some years.

    Parameters
    ----------
    result
        The run, from whose light the doses come: of the years ahead where it has looked so far.
    path
        The picture; its ending says the format.
    years
        Since the flag was new.
    layout
        "regions" draws what the case prints on the cloth; otherwise a name of
        `thermal.endurance.colour.layouts.LAYOUTS`.

    Raises
    ------
    CaseError
        Where nothing on the cloth has a fading law, or the run has no doses.

    """
    import matplotlib as mpl

    from materials import load_database
    from thermal.case.tables.root import Case

    case = Case.model_validate(tomllib.loads(result.text("inputs/case_resolved")))
    material = load_database()[case.flag.material]
    cloth = _evidence(result, case, material, years)
    with mpl.rc_context({**STYLE, "axes.grid": False}):
        from matplotlib.figure import Figure

        ratio = case.flag.height_of_cloth / case.flag.width
        figure = Figure(figsize=(9.6, 1.6 + 9.6 * ratio), dpi=150, layout="constrained")
        axes: Any = figure.subplots(2, 2)
        for row, face in zip(axes, FACES, strict=True):
            _draw_face(row, cloth, face, years, _layout(case, material, face, layout))
        figure.suptitle(_title(result, years), fontsize=11, x=0.012, ha="left")
        figure.supxlabel(_words(material), fontsize=7.5, x=0.012, ha="left", color="#555555")
        figure.savefig(path)


def _evidence(result: Result, case: Case, material: Material, years: float) -> PartEvidence:
    """Take the doses of the cloth out of a result; nothing else of the evidence is known, or needed."""
    from thermal.endurance.observe.evidence import FaceEvidence, PartEvidence

    if "endurance/sun_hours_front" not in result:
        message = "the run stopped before its doses were known"
        raise CaseError(Problem("no-picture", str(result.path), message, "let the run end"))
    flag = result.mesh.vertices("flag")
    uv = result.mesh.uv[flag]
    nothing = np.zeros(len(uv))
    faces = tuple(
        FaceEvidence(
            name,
            material.surface(surface),
            *_doses(result, name, flag, years),
            nothing,
            nothing,
            nothing,
            nothing,
        )
        for name, surface in zip(FACES, (case.flag.front_surface, case.flag.back_surface), strict=True)
    )
    observed = float(result.time.values[-1]) / YEAR
    vertices = np.arange(len(uv))
    empty = np.zeros((len(uv), 0))
    return PartEvidence("flag", "field", material, vertices, uv, faces, empty, empty[0], observed, True)  # noqa: FBT003  (is the cloth)


def _doses(
    result: Result, face: str, flag: slice, years: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Dose of the run, and the dose a year that leads to the one after some years, ESH, (n,) each."""
    dose = result[f"endurance/sun_hours_{face}"].values[flag]
    if "years/time" in result and 0.0 < years * YEAR <= result["years/time"].values[-1]:
        time, known = result["years/time"].values, result[f"years/dose_{face}"].values[:, flag]
        after = np.array([np.interp(years * YEAR, time, one) for one in known.T])
        return dose, np.divide(after, years)
    return dose, np.divide(dose * YEAR, float(result.time.values[-1]))


def _layout(case: Case, material: Material, face: str, name: str) -> Layout | LayoutName:
    from thermal.endurance.colour.layouts import LAYOUTS
    from thermal.endurance.colour.region_layout import regions_layout

    named = {known: known for known in LAYOUTS}
    return named[name] if name in named else regions_layout(case.flag, material, face)


def _draw_face(row: Any, cloth: PartEvidence, face: str, years: float, layout: Layout | LayoutName) -> None:
    from thermal.endurance.colour.picture import flag_picture

    rate = next(one.dose_rate for one in cloth.faces if one.name == face)
    low, high = years * float(rate.min()), years * float(rate.max())
    dose = f"{high:,.0f} ESH" if high - low < 0.02 * high else f"{low:,.0f} to {high:,.0f} ESH"
    titles = (f"{face.capitalize()}, new", f"{face.capitalize()} after {_age(years)}: {dose}")
    for axes, since, title in zip(row, (0.0, years), titles, strict=True):
        image = flag_picture(cloth, since, face=face, layout=layout, pixels=_PIXELS)
        if image is None:
            message = f"nothing on the {face} of {cloth.material.name} has a fading law"
            raise CaseError(
                Problem("no-picture", "flag", message, "give its surface one in a material file of your own")
            )
        axes.imshow(image, interpolation="nearest")
        axes.set_title(title)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set(visible=True, color="#999999", linewidth=0.6)


def _title(result: Result, years: float) -> str:
    known = result.attributes
    site = site_words(np.degrees(known["latitude_rad"]), np.degrees(known["longitude_rad"]))
    return f"{known['title']}\n{site}; new, and after {_age(years)} (each face seen from its own side)"


def _age(years: float) -> str:
    return "1 year" if years == 1.0 else f"{years:g} years"


def _words(material: Material) -> str:
    """Say what the picture rests on."""
    from materials.laws.ageing import Fading

    laws = [material.ageing("fading", state) for state in material.surfaces]
    doses = sorted({law.fading_dose for law in laws if isinstance(law, Fading)})
    listed = " or ".join(f"{dose:,.0f}" for dose in doses)
    return (
        f"Dye left exp(-dose / {listed} ESH), an estimate: no dye was tested in vacuum, and no colour on the"
        " Moon was ever measured.\nColour by Kubelka and Munk in three primaries. Undyed cloth is drawn"
        " white: how it yellows is not known."
    )
