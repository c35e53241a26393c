"""Wording that messages share."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_WORDS: Final = 15


def nearest(given: str, known: Iterable[str]) -> str:
    """Return advice about an unknown word.

    Parameters
    ----------
    given
        The unknown word.
    known
        What it may have meant.

    Returns
    -------
    str
        The nearest known word; all words where none is near and they are few; or nothing.

    """
    words = list(known)
    close = difflib.get_close_matches(given, words, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known here: {', '.join(words)}" if 0 < len(words) <= _MOST_WORDS else ""
