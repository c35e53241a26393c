"""What the cycles do to the cloth, how long it lasts, and what kills it.

>>> endurance = Endurance(case, scene, database)
>>> for state in thermal.simulate(case, observers=[endurance]):
...     pass
>>> print(endurance.verdict(years=30).line)
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "Endurance": "thermal.endurance.observe.observer",
    "Finding": "thermal.endurance.verdict.finding",
    "Rainflow": "thermal.endurance.observe.rainflow",
    "Verdict": "thermal.endurance.verdict.finding",
}
__all__ = sorted(_WHERE)  # noqa: PLE0605  (one list, not two)


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'thermal.endurance' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
