"""The option ``--set KEY=VALUE`` of the verbs that read a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.lines import Location


def _pairs(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Split KEY=VALUE."""
    pairs = [text.partition("=") for text in given]
    for key, sign, _ in pairs:
        if not sign or not key.strip():
            raise click.BadParameter(f'{key!r} is not KEY=VALUE; write e.g. --set mesh.size="50 mm"')
    return {key.strip(): value.strip() for key, _, value in pairs}


def complete_key(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
    """Complete the keys of a case in a shell: ``mesh.si`` to ``mesh.size=``."""
    return [f"{key}=" for key in _keys(()) if key.startswith(incomplete)]


def _keys(table: Location) -> Iterator[str]:
    """Yield the dotted keys of a table and of those below it; lists of tables by their first element."""
    from thermal.case.reading.hints import known_keys, schema_at

    for key in known_keys(table):
        here = (*table, key)
        element = (*here, 0)
        if known_keys(here):
            yield from _keys(here)
        elif "$ref" in schema_at(here).get("items", ()):
            yield from _keys(element)
        else:
            yield ".".join(str(step) for step in here)


set_option = click.option(
    "--set",
    "overrides",
    multiple=True,
    callback=_pairs,
    shell_complete=complete_key,
    metavar="KEY=VALUE",
    help='Replace a value of the case: --set mesh.size="50 mm". May be repeated.',
)
"""Decorator that gives a command the argument ``overrides``: dotted keys to values."""
