"""A ranking as table, JSON and page."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from materials.views.layout import WIDE, paragraph, table
from thermal.study.answers.show import json_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.study.comparison.candidates import Ranked, Ranking


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its head, the answer it shows, factor and format."""

    head: str
    answer: str
    factor: float = 1.0
    form: str = ".1f"

    def text(self, row: Ranked) -> str:
        """Return the cell; a dash where there is nothing to show."""
        value = row.entry.values.get(self.answer)
        if not isinstance(value, float) or math.isnan(value):
            return "-"
        return "never" if math.isinf(value) else format(value * self.factor, self.form)


COLUMNS = (
    Column("min K", "flag_min_k"),
    Column("max K", "flag_max_k"),
    Column("margin K", "service_margin_at_horizon"),
    Column("strength", "strength_left_at_horizon", form=".2f"),
    Column("colour", "colour_difference_at_horizon"),
    Column("tip", "tip_deflection_at_horizon", form=".4f"),
    Column("mass g", "flag_mass_kg", 1000.0, ".0f"),
)


def years_text(years: float, horizon: float) -> str:
    """Two figures of a time to failure; what lies beyond the horizon only says so."""
    if math.isnan(years):
        return "-"
    return f">{horizon:g}" if years > horizon else f"{years:.2g}"


def life_text(row: Ranked, horizon: float) -> str:
    """Median of a life and its 90 % interval, years."""
    low, middle, high = (years_text(years, horizon) for years in row.life)
    return f"{middle} ({low} to {high})"


def cells(row: Ranked, horizon: float) -> list[str]:
    """Cells of a ranked candidate, as :func:`heads` names them."""
    best = f"{row.probability_best:.2f}"
    limit = row.limited_by or "nothing"
    return [row.entry.name, best, life_text(row, horizon), limit, *(column.text(row) for column in COLUMNS)]


def heads() -> list[str]:
    """Heads of the columns."""
    return ["candidate", "P(best)", "life, years", "limited by", *(column.head for column in COLUMNS)]


def filled(ranking: Ranking) -> list[list[str]]:
    """Head and rows of the ranking without the columns in which nobody has a figure."""
    rows = [heads(), *(cells(row, ranking.horizon_years) for row in ranking.ranked)]
    kept = [any(row[column] != "-" for row in rows[1:]) for column in range(len(rows[0]))]
    return (
        [[cell for cell, keep in zip(row, kept, strict=True) if keep] for row in rows] if rows[1:] else rows
    )


def table_lines(ranking: Ranking, width: int = WIDE) -> Iterator[str]:
    """Write the ranking for a terminal of a width, then those that stand apart and why."""
    head, *rows = filled(ranking)
    if rows:
        yield table(head, rows, width)
        note = f"strength, colour, margin: after {ranking.horizon_years:g} years; tip: deflection over length"
        yield "\n" + paragraph(note, width)
    if ranking.apart:
        yield "\nnot ranked, for want of data:"
        for apart in ranking.apart:
            yield paragraph(f"  {apart.entry.name}: {'; '.join(apart.missing)}", width)
    if ranking.ignored:
        yield "\n" + paragraph(f"left out, no candidate has data: {', '.join(ranking.ignored)}", width)


def ranking_json(ranking: Ranking) -> str:
    """Write the ranking as JSON (schema ``lunarflag.compare/1``)."""
    rows = [_json_row(row, "ranked") for row in ranking.ranked]
    rows += [_json_row(row, "failed" if row.entry.error else "no data") for row in ranking.apart]
    return json.dumps(
        {
            "schema": "lunarflag.compare/1",
            "horizon_years": ranking.horizon_years,
            "rows": rows,
            "ignored": list(ranking.ignored),
        }
    )


def _json_row(row: Ranked, status: str) -> dict[str, Any]:
    low, middle, high = (json_value(years) for years in row.life)
    return {
        "name": row.entry.name,
        "status": status,
        "probability_best": json_value(row.probability_best),
        "life_years": middle,
        "life_low_years": low,
        "life_high_years": high,
        "limited_by": row.limited_by or None,
        "missing": list(row.missing),
        "values": {name: json_value(value) for name, value in row.entry.values.items() if " " not in name},
    }


def page(ranking: Ranking, title: str) -> str:
    """Write the ranking as one page of HTML that needs nothing beside itself."""
    from jinja2 import Environment, StrictUndefined

    source = resources.files(__package__).joinpath("compare.html.j2").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    head, *rows = filled(ranking)
    return environment.from_string(source).render(
        title=title,
        heads=head,
        rows=[
            (texts, row.probability_best, _bar(row, ranking.horizon_years))
            for texts, row in zip(rows, ranking.ranked, strict=True)
        ],
        apart=ranking.apart,
        ignored=ranking.ignored,
        horizon=ranking.horizon_years,
        ticks=[
            (years, _place(years, ranking.horizon_years))
            for years in (0.01, 0.1, 1.0, 10.0)
            if years < ranking.horizon_years
        ],
    )


SHORTEST_YEARS = 0.003
"""Left end of the page's axis of lives: about a day."""


def _place(years: float, horizon: float) -> float:
    """Place of a time on the page's logarithmic axis, in percent."""
    inside = min(max(years, SHORTEST_YEARS), horizon)
    return 100.0 * math.log(inside / SHORTEST_YEARS) / math.log(horizon / SHORTEST_YEARS)


def _bar(row: Ranked, horizon: float) -> tuple[float, float, float]:
    """Start, median and end of a life's bar, in percent of the axis."""
    low, middle, high = row.life
    return _place(low, horizon), _place(middle, horizon), _place(high, horizon)
