"""What the verb ``sweep`` prints: lines for people, JSON for programs."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from materials.views.layout import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.study.answers.sensitivity import Analysis, Sensitivity
    from thermal.study.answers.table import Row, Table
    from thermal.study.execution.estimate import Estimate
    from thermal.study.execution.status import Tally


UNSETTLED = 0.15
"""Half width of a Sobol index beyond which its rank means little."""


def duration(seconds: float) -> str:
    """Write a time as people say it: ``"45 s"``, ``"3 min"``, ``"2.5 h"``, ``"4.1 d"``."""
    if seconds < 99.5:
        return f"{seconds:.0f} s" if seconds >= 9.95 else f"{seconds:.2g} s"
    if seconds < 5400.0:
        return f"{seconds / 60.0:.0f} min"
    return f"{seconds / 3600.0:.1f} h" if seconds < 172800.0 else f"{seconds / 86400.0:.1f} d"


def estimate_lines(cost: Estimate, jobs: int) -> Iterator[str]:
    """How many members, how long with so many workers, how much disk."""
    yield f"members  {cost.members}"
    yield (
        f"time     about {duration(cost.wall_s(jobs))} with {jobs} workers "
        f"({duration(cost.first_s)} the first member, {duration(cost.member_s)} each after it)"
    )
    yield f"disk     about {cost.bytes_ / 1e6:.2g} MB, results in {jobs} files"


def status_lines(now: Tally) -> Iterator[str]:
    """Say the counts, and the time left where it is known."""
    yield f"{now.ok} done, {now.failed} failed, {now.open} open of {now.members}"
    if now.seconds:
        left = (
            f", {duration(now.left_s)} left at the last speed" if now.open and now.left_s is not None else ""
        )
        yield f"{duration(now.seconds)} a member{left}"


def status_json(title: str, now: Tally, table: Table) -> str:
    """Write counts and one row a member (schema ``lunarflag.sweep-status/1``)."""
    head = {
        "schema": "lunarflag.sweep-status/1",
        "title": title,
        "members": now.members,
        "ok": now.ok,
        "failed": now.failed,
        "open": now.open,
        "seconds_per_member": now.seconds,
        "left_s": now.left_s,
    }
    return json.dumps({**head, "rows": [_status_row(row) for row in table.rows]})


def _status_row(row: Row) -> dict[str, Any]:
    values = {name: json_value(value) for name, value in row.values.items()}
    return {
        "name": str(row.member.index),
        "status": row.status,
        "patch": row.member.patch,
        "life_years": values.get("life_years"),
        "limited_by": values.get("limited_by"),
        "values": values,
        "error": row.error or None,
    }


def json_value(value: Any) -> Any:
    """Value as strict JSON has it: null for what is not finite."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def sensitivity_json(analysis: Analysis) -> str:
    """All indices, and why some answers have none (schema ``lunarflag.sweep-collect/1``)."""
    rows = [{name: json_value(value) for name, value in asdict(one).items()} for one in analysis.found]
    shown = {"schema": "lunarflag.sweep-collect/1", "sensitivities": rows, "notes": list(analysis.notes)}
    return json.dumps(shown)


def sensitivity_lines(analysis: Analysis, columns: int = WIDE) -> Iterator[str]:
    """Say what to measure next: for each answer the inputs by the share of its variance they explain.

    On a terminal of fewer columns than that takes, the figures of an input stand below its name.
    """
    for (group, answer), rows in groupby(analysis.found, key=lambda one: (one.group, one.answer)):
        ranked = list(rows)
        where = f" ({group})" if group else ""
        yield f"\n{answer}{where}: spread {ranked[0].spread:.4g}; measure next"
        width = max(len(one.input) for one in ranked)
        lines = [f"  {one.input:<{width}}  {_indices(one)}" for one in ranked]
        if max(map(len, lines)) > columns:
            lines = [f"  {one.input}\n      {_indices(one)}" for one in ranked]
        yield from lines
        if max(one.first_confidence for one in ranked) > UNSETTLED:
            yield "  (wide intervals: the order is not settled, take a larger count)"
        if ranked[0].dropped:
            whole = ranked[0].blocks + ranked[0].dropped
            yield f"  ({ranked[0].dropped} of {whole} blocks left out: members without a finite answer)"
    if analysis.notes:
        yield ""
    yield from analysis.notes


def _indices(one: Sensitivity) -> str:
    if math.isnan(one.first):
        return (
            f"mu* {one.effect:.4g} +- {one.effect_confidence:.2g}   mu {one.mean_effect:.4g}   "
            f"sigma {one.effect_deviation:.4g}"
        )
    return (
        f"first {one.first:6.3f} +- {one.first_confidence:.3f}   "
        f"total {one.total:6.3f} +- {one.total_confidence:.3f}   "
        f"spread if known {one.spread_if_known:.4g}"
    )
