"""Write the material sheets under docs/materials from the database.

Run it by ``make docs`` after a change of the data. The pages and pictures are committed, to be read without
running anything; a test compares the pages with the data. By hand: ``python -P``, or docs/materials
hides the package of this name.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Final

import numpy as np

import materials
from materials.laws.ageing_makers import MECHANISMS
from materials.schema.models import MaterialFile
from materials.schema.quantities import QUANTITIES
from materials.schema.references import Bibliography
from materials.units import plain_scale
from materials.views import plots, view

FOLDER: Final = Path(__file__).parent / "materials"
DIGITS: Final = re.compile(r"(-?\d+\.\d)\d+(?=[ \n])")
_COATINGS: Final = ("white_paint", "white_silicone_paint", "black_paint", "dusted")
TEMPERATURES: Final = (77.0, 100.0, 200.0, 300.0, 400.0)
KINDS: Final = {
    "cloth": "Cloths",
    "film": "Films",
    "metal": "Metals",
    "composite": "Composites",
    "coating": "Coatings and dust",
}


def own_properties(material: materials.Material) -> list[materials.Property]:
    """Return what is the material's own: surfaces of coatings have sheets of their own."""
    states = [state for state in _COATINGS if state != material.name]
    return [prop for prop in view.shown_properties(material) if prop.direction not in states]


def index(database: materials.Database) -> str:
    """Write the page that leads to the sheets."""
    lines = [
        "# Materials",
        "",
        "Every number has a unit, a range, an uncertainty, a method and a source. What nobody has measured",
        "or derived is absent: the answer is 'no data'. [How to read and write a material file](format.md).",
        "[Names of the properties](names.md). Generated from the database by `docs/build_materials.py`.",
    ]
    for kind, title in KINDS.items():
        lines += ["", f"## {title}", ""]
        lines += [
            "| name | material | mass | c_p 100 / 300 K, J/(kg K) | k 100 / 300 K, W/(m K) | surfaces |"
        ]
        lines += ["|---|---|---|---|---|---|"]
        for material in database.values():
            if material.kind == kind:
                lines.append(_index_row(material))
    return "\n".join(lines) + "\n"


def _index_row(material: materials.Material) -> str:
    areal = next(
        (prop for form in ("fabric", "film") if (prop := material.get("areal_density", form)) is not None),
        None,
    )
    weight = areal if areal is not None else material.get("density")
    conductivity = next(
        (
            prop
            for way in ("axial", "in_plane", "warp", "bulk", "")
            if (prop := material.get("thermal_conductivity", way)) is not None
        ),
        None,
    )
    heat = material.get("specific_heat")
    cells = [
        f"[{material.name}]({material.name}.md)",
        material.title,
        "no data" if weight is None else f"{view.value_text(weight, weight.typical_k)} {weight.display_unit}",
        _pair(heat),
        _pair(conductivity),
        ", ".join(state.name for state in material.surface_states.values() if state.name not in _COATINGS)
        or "-",
    ]
    return "| " + " | ".join(cells) + " |"


def _pair(prop: materials.Property | None) -> str:
    if prop is None:
        return "no data"
    return " / ".join(_at(prop, temperature) for temperature in (100.0, 300.0))


def _at(prop: materials.Property, temperature: float) -> str:
    found = view.value_at(prop, temperature)
    return "-" if found is None else view.short(found[0], 4)


def sheet(material: materials.Material, bibliography: Bibliography) -> str:
    """Write the sheet of one material."""
    lines = [
        f"# {material.title}",
        "",
        f"`{material.name}`, {material.kind}. {material.summary}".rstrip(),
        "",
    ]
    every = own_properties(material)
    curves = [prop for prop in every if prop.varies]
    scalars = [prop for prop in every if not prop.varies]
    if any(plots.panels(every)):
        lines += [f"![Properties of {material.name} against temperature]({material.name}.svg)", ""]
    if material.weave:
        blend = ", ".join(f"{part.mass_fraction:.0%} {part.material}" for part in material.components)
        lines += [
            f"{material.weave.capitalize()} weave of {material.yarn} yarn{': ' + blend if blend else ''}.",
            "",
        ]
    if curves:
        head = " | ".join(f"{temperature:g} K" for temperature in TEMPERATURES)
        lines += [f"| property | unit | {head} | range | uncertainty | method | source | note |"]
        lines += ["|" + "---|" * (len(TEMPERATURES) + 7)]
        for prop in curves:
            values = " | ".join(_at(prop, temperature) for temperature in TEMPERATURES)
            low, high = prop.range_k
            lines.append(
                f"| {prop.key} | {prop.display_unit} | {values} | {low:g} to {high:g} K | {_width(prop)} "
                f"| {_method(prop)} | {_sources(prop)} | {prop.note} |"
            )
        lines.append("")
    if scalars:
        lines += ["| property | value | unit | method | source | note |", "|---|---|---|---|---|---|"]
        lines += [
            f"| {prop.key} | {view.value_text(prop, prop.typical_k)} | {prop.display_unit} | {_method(prop)} "
            f"| {_sources(prop)} | {'; '.join(part for part in (prop.locator, prop.note) if part)} |"
            for prop in scalars
        ]
        lines.append("")
    lines += [f"- {QUANTITIES[key].label}: none" for key in material.not_applicable]
    lines += _ageing(material)
    lines += _alternatives(material)
    used = dict.fromkeys(source for prop in every for source in prop.source)
    coatings = [state for state in _COATINGS if state in material.surface_states and state != material.name]
    if coatings:
        links = ", ".join(f"[{state}]({state}.md)" for state in coatings)
        lines += ["", f"It can also have these surfaces: {links}."]
    lines += ["", "## Sources", ""]
    lines += [f"- **{key}**: {bibliography[key].citation()}" for key in used]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _width(prop: materials.Property) -> str:
    if prop.distribution == "lognormal":
        ends = prop.spread.factors(np.array(prop.spread.temperatures or [prop.typical_k], dtype=float))
        return "factor " + " to ".join(dict.fromkeys(f"{end:.2g}" for end in (ends.min(), ends.max())))
    shares = sorted({round(100.0 * share, 1) for share in prop.spread.relative})
    text = f"{shares[0]:g} %" if len(shares) == 1 else f"{shares[0]:g} to {shares[-1]:g} %"
    return f"± {prop.spread.absolute / prop.display_factor:.3g}" if prop.spread.absolute else text


def _method(prop: materials.Property) -> str:
    return f"{prop.method} ({prop.confidence}{', ' + prop.checked if prop.checked else ''})"


def _sources(prop: materials.Property) -> str:
    return ", ".join(prop.source)


def _ageing(material: materials.Material) -> list[str]:
    known = []
    for mechanism in MECHANISMS:
        surfaces = ("",) if mechanism not in ("absorptance", "fading") else tuple(material.surface_states)
        laws = [law for surface in surfaces if (law := material.ageing(mechanism, surface)) is not None]
        if laws:
            formula = (type(laws[0]).__doc__ or "").splitlines()[0].rstrip(".")
            known.append(f"- `{mechanism}`: {formula}")
    return ["", "## Ageing laws", "", *known] if known else []


def _alternatives(material: materials.Material) -> list[str]:
    if not material.alternatives:
        return []
    lines = ["", "## Known but not used", ""]
    for one in material.alternatives:
        prop = one.property
        value = view.value_text(prop, prop.typical_k)
        lines.append(
            f"- {prop.key}: {value} {prop.display_unit} at {prop.typical_k:g} K ({_sources(prop)}"
            f"{', ' + prop.locator if prop.locator else ''}): {one.reason}"
        )
    return lines


def names() -> str:
    """Write the table of property names."""
    lines = [
        "# Names of the properties",
        "",
        "A file may use any unit of the same dimension. ESH: equivalent sun hour, 1361 W/m² for an hour.",
        "",
        "| name | meaning | shown in | depends on temperature | possible values |",
        "|---|---|---|---|---|",
    ]
    for name, quantity in QUANTITIES.items():
        factor = plain_scale(quantity.display).factor
        bounds = f"{quantity.low / factor:.4g} to {quantity.high / factor:.4g}"
        varies = "yes" if quantity.varies else "no"
        lines.append(f"| `{name}` | {quantity.label} | {quantity.display} | {varies} | {bounds} |")
    return "\n".join(lines) + "\n"


def pages(database: materials.Database) -> dict[str, str]:
    """Write all pages, by file name."""
    bibliography = database.bibliography()
    written = {f"{name}.md": sheet(material, bibliography) for name, material in database.items()}
    return {"index.md": index(database), "names.md": names(), **written}


def main() -> int:
    """Write pages, pictures and the JSON Schema."""
    database = materials.load_database()
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages(database).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    schema = json.dumps(MaterialFile.model_json_schema(by_alias=True), indent=2)
    (FOLDER / "material.schema.json").write_text(f"{schema}\n", encoding="utf-8")
    for name, material in database.items():
        every = own_properties(material)
        if any(plots.panels(every)):
            picture = FOLDER / f"{name}.svg"
            plots.sheet(every, material.title, picture)
            # A tenth of a point is finer than any eye, and halves the file.
            picture.write_text(DIGITS.sub(r"\1", picture.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {len(database)} sheets to {FOLDER.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
