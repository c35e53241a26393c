"""The option ``--set KEY=VALUE`` of the verbs that read a case."""

from __future__ import annotations

import click


def _pairs(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Split KEY=VALUE."""
    pairs = [text.partition("=") for text in given]
    for key, sign, _ in pairs:
        if not sign or not key.strip():
            raise click.BadParameter(f'{key!r} is not KEY=VALUE; write e.g. --set mesh.size="50 mm"')
    return {key.strip(): value.strip() for key, _, value in pairs}


set_option = click.option(
    "--set",
    "overrides",
    multiple=True,
    callback=_pairs,
    metavar="KEY=VALUE",
    help='Replace a value of the case: --set mesh.size="50 mm". May be repeated.',
)
"""Decorator that gives a command the argument ``overrides``: dotted keys to values."""
