"""Wording that messages share."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_WORDS: Final = 15


def close_words(given: str, known: Iterable[str]) -> list[str]:
    """Return the known words that a wrong one may have meant, the likeliest first.

    Words are close by their letters (``specific_haet``), or share a whole part (``melting`` with
    ``melting_or_decomposition``).
    """
    words = list(known)
    lower = given.lower()
    misspelled = difflib.get_close_matches(lower, words, n=3, cutoff=0.8)
    sharing = [word for word in words if set(lower.split("_")) <= set(word.split("_"))]
    alike = difflib.get_close_matches(lower, words, n=3, cutoff=0.6)
    return list(dict.fromkeys([*misspelled, *sharing, *alike]))[:3]


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
    close = close_words(given, words)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known here: {', '.join(words)}" if 0 < len(words) <= _MOST_WORDS else ""
