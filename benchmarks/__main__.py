"""``make bench``: flag-cycle by this project and by its peers, accuracy beside time."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import click

from benchmarks.problem import SIZES_MM
from benchmarks.roofline import ITERATIONS, bandwidth
from benchmarks.table import HEADER, OURS, PEERS, Row, line, measure, of_roofline, work

NEEDS = {"jax_stencil": "jax", "skfem_bdf": "skfem", "skfem_loop": "skfem"}


@click.command()
@click.option("--size", "sizes", type=float, multiple=True, help="Cell size in mm; all four by default.")
@click.option("--peer", "peers", type=click.Choice(list(PEERS)), multiple=True, help="All by default.")
@click.option("--graded/--no-graded", default=True, help="Also this project's core on a graded mesh.")
@click.option("--repeat", default=3, show_default=True, help="Runs of each, of which the median counts.")
@click.option("--timeout", default=900.0, show_default=True, help="Seconds for one run.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Write all figures here too.")
def main(
    sizes: tuple[float, ...],
    peers: tuple[str, ...],
    *,
    graded: bool,
    repeat: int,
    timeout: float,
    json_path: Path | None,
) -> None:
    """Solve flag-cycle by every peer, each in a process of its own on one thread.

    Ratios are of the processor time of the time loop. Peers without error control take given steps; slow ones
    a few of them, and the rest is projected (~).
    """
    names = list(dict.fromkeys([OURS, *(peers or PEERS)]))
    for name in [n for n in names if n in NEEDS and find_spec(NEEDS[n]) is None]:
        names.remove(name)
        click.echo(f"{name}: needs {NEEDS[name]}: pip install 'lunarflag[bench]'", err=True)
    rows: list[Row] = []
    click.echo(HEADER)
    for size in sizes or SIZES_MM:
        ours = None
        for name in names:
            row = measure(name, size, graded=False, repeat=repeat, timeout_s=timeout)
            if isinstance(row, str):
                click.echo(f"{f'{size:g} mm':<7} {PEERS[name].title:<25} not run: {row}")
                continue
            ours = row if name == OURS else ours
            rows.append(row)
            click.echo(line(row, ours))
    if graded:
        row = measure(OURS, SIZES_MM[0], graded=True, repeat=repeat, timeout_s=timeout)
        if isinstance(row, Row):
            rows.append(row)
            click.echo(line(row, None))
    even = {float(row.size.split()[0]): row for row in rows if row.peer == OURS and row.size != "graded"}
    triad = bandwidth()
    click.echo(f"\nThis core, beside a roofline of {triad / 1e9:.1f} GB/s")
    for size, row in even.items():
        beside = of_roofline(size, row, triad) if size in ITERATIONS else ""
        click.echo(f"{size:g} mm: {work(row)}{beside}")
    if json_path is not None:
        json_path.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
