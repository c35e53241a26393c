"""The grammar of units: what is handed to pint, whose own reader takes more than units and can hang on it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
"""Regular expression of a number, as a quantity begins with."""
_FACTOR: Final = r"[A-Za-zµμ°Ω%_]+(?:(?:\*\*|\^)?-?[1-9])?"
_PRODUCT: Final = rf"{_FACTOR}(?:\s*[* ]\s*{_FACTOR})*"
_UNIT: Final = rf"(?:{_PRODUCT}|1(?=\s*/))(?:\s*/\s*(?:{_FACTOR}|\({_PRODUCT}\)))*"
QUANTITY: Final = re.compile(rf"\s*(?P<number>{NUMBER})\s*(?P<unit>(?:{_UNIT})?)\s*", re.ASCII)
"""A number and its unit."""
SCALED_UNIT: Final = re.compile(
    rf"\s*(?:(?P<multiple>10\^-?\d{{1,2}}|{NUMBER})(?=\s|\*|/|$)\s*\*?\s*)?(?P<unit>(?:{_UNIT}|/\s*{_FACTOR})?)\s*",
    re.ASCII,
)
"""A unit alone, with a multiple before it where it has one: ``W/(m K)``, ``1e-6/K``, ``10^-6 1/K``."""
LONGEST: Final = 60
"""Characters of the longest text that is looked at."""

_POWER: Final = re.compile(r"(?<=[A-Za-z])(-?\d)")
_DEGREES: Final = re.compile(r"\b(?:deg|degrees?)\s+(?=[CF]\b)|°\s*(?=[CF]\b)")
_SIGNS: Final = str.maketrans({"·": "*", "⋅": "*", "∙": "*", "×": "*", "−": "-", "µ": "μ"})


def plain(text: str) -> str:
    """Write signs that are typeset as they are typed: ``W·m⁻¹·K⁻¹`` as ``W*m-1*K-1``, ``℃`` as ``°C``."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_SIGNS)


def spelled(unit: str) -> str:
    """Spell a unit as pint reads it: ``W/m2`` as ``W/m**2``, ``%`` as ``percent``, ``deg C`` as ``degC``."""
    return _POWER.sub(r"**\1", _DEGREES.sub("deg", unit).replace("%", "percent"))
