"""A nominal, a hot and a cold run side by side: the margins against both stacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from thermal.report.terminal import PipedConsole, new_table
from thermal.report.words import years_words
from thermal.results.reading.summary import part_extremes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.results import Result

SCHEMA: Final = "lunarflag.stacks/1"
_WORST_FIRST: Final = ("fails", "marginal", "no data", "not counted", "lasts")
_EXTREMES: Final = ("service_margin", "tip_deflection")
"""Requirements whose value of the day counts; of the others the time to failure does."""


def margins(results: Mapping[str, Result]) -> dict[str, Any]:
    """Put the verdicts of several stacks side by side.

    Parameters
    ----------
    results
        Runs of the same case by the name of their stack, the nominal one first.

    Returns
    -------
    dict
        Keys ``schema``, ``files`` and ``lines`` (file and verdict line of each stack), ``summary`` (extremes
        of the parts in K for each stack) and ``rows``: one a requirement and part, with ``requirement``,
        ``cause``, ``limit``, ``unit``, the finding of each stack (``status``, ``now``, ``years``,
        ``low_years``, ``high_years``; null stands for never), the worst ``status`` and the stacks that have
        it.

    """
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for stack, result in results.items():
        for finding in result.verdict.get("findings", ()):
            keys = ("requirement", "cause", "limit", "unit")
            row = rows.setdefault(
                (finding["requirement"], finding["cause"]), {key: finding[key] for key in keys}
            )
            row[stack] = {key: finding[key] for key in ("status", "now", "years", "low_years", "high_years")}
    for row in rows.values():
        found = {stack: row[stack]["status"] for stack in results if stack in row}
        row["status"] = min(found.values(), key=_WORST_FIRST.index)
        row["worst"] = [stack for stack, status in found.items() if status == row["status"]]
    return {
        "schema": SCHEMA,
        "files": {stack: str(result.path) for stack, result in results.items()},
        "lines": {stack: result.verdict.get("line", "") for stack, result in results.items()},
        "summary": {
            stack: {part: part_extremes(result, part) for part in result.parts}
            for stack, result in results.items()
        },
        "rows": sorted(rows.values(), key=lambda row: _WORST_FIRST.index(row["status"])),
    }


def print_margins(found: Mapping[str, Any]) -> None:
    """Print what :func:`margins` gives: temperatures, a table of all requirements, a line for each stack."""
    console = PipedConsole()
    stacks = list(found["files"])
    heat = new_table("Lowest and highest temperature, K", "part", *stacks, wrap_numbers=False)
    for part in found["summary"][stacks[0]]:
        spans = (found["summary"][stack][part] for stack in stacks)
        heat.add_row(part, *(f"{span['min_k']:.1f}, {span['max_k']:.1f}" for span in spans))
    title = "Margins against both stacks"
    table = new_table(title, "what", "limit", *stacks, "worst", wrap_numbers=False)
    for row in found["rows"]:
        unit = "" if row["unit"] == "1" else f" [{row['unit']}]"
        table.add_row(
            Text(f"{row['cause']}{unit}"),
            f"{row['limit']:.3g}",
            *(_cell(row, row.get(stack)) for stack in stacks),
            row["status"],
        )
    console.print(heat, table)
    console.print("years to failure, or the value of the day where it has a unit or is a bending\n")
    for stack in stacks:
        console.print(Text(f"{stack}: {found['lines'][stack]}"))


def _cell(row: Mapping[str, Any], finding: Mapping[str, Any] | None) -> str:
    if finding is None or finding["status"] == "no data":
        return "–"
    if row["requirement"] in _EXTREMES:
        return f"{finding['now']:.3g}"
    return f"{years_words(finding['years'])}"
