"""A result in words and tables on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.console import Group
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from thermal.report.terminal import PipedConsole, new_table
from thermal.report.words import (
    LEDGER_WORDS,
    cycle_words,
    outside_words,
    site_words,
    span_words,
    stack_words,
    years_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType
    from rich.table import Table

_UNTESTED: Final = "*"
_SMALL: Final = 0.01
"""Below it two digits will do."""
_UNITS: Final = {"1": "", "CIEDE2000": " ΔE"}
_STATUS_COLOURS: Final = {
    "fails": "red",
    "marginal": "yellow",
    "not counted": "cyan",
    "lasts": "green",
    "no data": "magenta",
}


def print_summary(summary: Mapping[str, Any], *, provenance: bool) -> None:
    """Print a summary to stdout.

    Parameters
    ----------
    summary
        As :func:`thermal.results.reading.summary.summarise` gives it.
    provenance
        Whether to say which program and data made it.

    """
    PipedConsole().print(render(summary, provenance=provenance))


def render(summary: Mapping[str, Any], *, provenance: bool) -> RenderableType:
    """Lay out a summary; see :func:`print_summary`."""
    blocks: list[RenderableType] = [_head(summary), _parts(summary["summary"])]
    if summary["probes"]:
        blocks.append(_probes(summary["probes"]))
    blocks.append(_ledger(summary["ledger"]))
    if summary["years"] is not None:
        blocks.append(_ahead(summary["years"]))
    if summary["verdict"]:
        blocks.append(_verdict(summary["verdict"]))
    if provenance:
        blocks.append(_provenance(summary["provenance"]))
    return Group(*blocks)


def _head(summary: Mapping[str, Any]) -> Text:
    case, run = summary["case"], summary["run"]
    site = site_words(case["latitude_deg"], case["longitude_deg"])
    return Text.assemble(
        (case["title"], "bold"),
        ("" if run["complete"] else "\nnot complete: the run was stopped", "yellow"),
        f"\n{case['name']}: {site}, {span_words(case['start'], run['time_s'])}",
        "" if case["stack"] == "nominal" else f"\n{stack_words(case['stack'])}",
        "" if summary["cycle"] is None else f"\n{cycle_words(summary['cycle'])}",
        f"\n{run['vertices']} vertices, {run['outputs']} outputs, {run['steps']} steps",
        f" ({run['rejected']} rejected)",
        *((f"\n{outside_words(held)}", "yellow") for held in summary["outside_data"]),
    )


def _parts(parts: Mapping[str, Any]) -> Table:
    table = new_table("Temperatures of the parts, K", "mean of the wall", "lowest", "mean", "highest")
    for name, row in parts.items():
        table.add_row(name, *(_kelvin(row[key]) for key in ("min_k", "mean_k", "max_k")))
    return table


def _probes(probes: Mapping[str, Any]) -> Table:
    keys = ("night_minimum_k", "noon_k", "sunset_k", "max_k")
    table = new_table(
        "Temperatures of the probes, K", "probe", "place", "night\nminimum", "noon", "sunset", "highest"
    )
    table.columns[1].no_wrap = True
    for name, row in probes.items():
        place = f"{row['part']} ({row['at_m'][0]:g}, {row['at_m'][1]:g}) m"
        table.add_row(name, place, *(_kelvin(row[key]) for key in keys))
    return table


def _ledger(ledger: Mapping[str, Any]) -> Table:
    table = new_table("Energy ledger", "", "J")
    for key, words in LEDGER_WORDS.items():
        if ledger.get(key) is not None:
            table.add_row(words, f"{ledger[key]:+.6e}")
    if ledger.get("residual_fraction") is not None:
        table.add_row("residual over absorbed", f"{ledger['residual_fraction']:.1e}")
    return table


def _ahead(years: Mapping[str, Any]) -> Table:
    """Lay out the slow state over the years ahead: the largest values on the flag."""
    solved = f"{years['solved']} of {years['lunations']} lunations solved, error {years['error']:.1g}"
    headings = ("years", "front\nESH", "back\nESH", "heat\ns", "Miner's\nsum", "lowest\nK", "highest\nK")
    table = new_table(f"Years ahead, largest on the flag: {solved}", *headings)
    for row in years["rows"]:
        slow = (row[key] for key in ("dose_front_esh", "dose_back_esh", "heat_s", "damage"))
        table.add_row(
            f"{row['years']:.2f}",
            *("–" if value is None else f"{value:.4g}" for value in slow),
            *(_kelvin(row[key]) for key in ("lowest_k", "highest_k")),
        )
    return table


def _verdict(verdict: Mapping[str, Any]) -> RenderableType:
    """Lay out the line and the findings of a verdict; any other mapping as pairs."""
    if not {"line", "findings"} <= set(verdict):
        return _pairs("Verdict", verdict)
    later = f"in {verdict['horizon_years']:g} y"
    table = new_table("Verdict", "", "now", later, "limit", "fails after, years")
    table.collapse_padding = True
    for column in table.columns[1:]:
        column.no_wrap = True
    by_status: dict[str, list[Mapping[str, Any]]] = {}
    for finding in verdict["findings"]:
        by_status.setdefault(finding["status"], []).append(finding)
    for status, findings in by_status.items():
        table.add_row(Text(status, style=_STATUS_COLOURS.get(status, "")))
        if status == "no data":
            for cause in _causes(findings):
                table.add_row(Padding(cause, (0, 0, 0, 2)))
            continue
        for finding in findings:
            star = _UNTESTED if finding.get("extrapolated") else ""
            table.add_row(
                Padding(f"{_short(finding['cause'])}{star}", (0, 0, 0, 2)),
                *(_number(finding[key]) for key in ("now", "at_horizon")),
                f"{finding['limit']:.3g}{_UNITS.get(finding['unit'], ' ' + finding['unit'])}",
                _years(finding),
            )
    line = Text(verdict["line"], style="bold")
    notes = [f"- {note}" for note in verdict.get("notes", ())]
    if any(finding.get("extrapolated") for finding in verdict["findings"]):
        notes.append(f"{_UNTESTED} beyond what the material was tested to: the report names the data")
    if "not counted" in by_status:
        notes.append("not counted: passed, but no failure by itself; the report says why")
    return Group(table, Text(), line, *(Text(note, style="dim") for note in notes))


def _causes(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name what has no data; parts that lack the same datum share a line."""
    parts: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        words, _, part = _short(finding["cause"]).rpartition(" ")
        parts.setdefault((finding["missing"], words), []).append(part)
    return [f"{words} {', '.join(names)}" for (_, words), names in parts.items()]


def _short(cause: str) -> str:
    """Leave out what a table can do without: 80 columns hold most causes then."""
    return cause.replace(" the ", " ")


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3g}" if abs(value) >= _SMALL else f"{value:.2g}"


def _years(finding: Mapping[str, Any]) -> str:
    """Write a time to failure with its interval (5 to 95 % of the cases), in years."""
    middle, low, high = (years_words(finding[key]) for key in ("years", "low_years", "high_years"))
    return middle if low == high else f"{middle} ({low}–{high})"


def _pairs(title: str, values: Mapping[str, Any]) -> Table:
    table = new_table(title, "", "")
    table.columns[1].justify = "left"
    for key, value in flat(values):
        table.add_row(key, escape(shown(value)))
    return table


def flat(values: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """List nested mappings as pairs of a name in words and a value."""
    rows: list[tuple[str, Any]] = []
    for key, value in values.items():
        name = f"{prefix}{str(key).replace('_', ' ')}"
        rows += flat(value, f"{name}: ") if hasattr(value, "items") else [(name, value)]
    return rows


def shown(value: Any) -> str:
    """Write a value of a verdict."""
    match value:
        case None:
            return "no data"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.3g}"
        case list():
            return ", ".join(shown(item) for item in value)
        case _:
            return str(value)


def _provenance(known: Mapping[str, Any]) -> Table:
    table = new_table("Provenance", "", "")
    table.columns[1].justify = "left"
    commit = f", commit {known['code_commit']}" if known["code_commit"] else ""
    table.add_row("program", f"lunarflag {known['code_version']}{commit}")
    table.add_row("made", f"{known['created']} on {known['platform']}, {known['ranks']} process(es)")
    table.add_row("libraries", ", ".join(f"{name} {text}" for name, text in known["libraries"].items()))
    table.add_row("materials", ", ".join(known["materials"]) or "none stored")
    table.add_row("sources", f"{len(known['citations'])}, in inputs/citations of the file")
    return table


def _kelvin(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
