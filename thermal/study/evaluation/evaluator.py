"""What a study evaluates: a function from a member's patch to named numbers."""

from __future__ import annotations

import importlib
import inspect
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from thermal.core.errors import CaseError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Values = dict[str, float | str]
"""Answer of a member: numbers, infinite where nothing limits, NaN where nothing is known; or short texts.

The end of a name says the unit: ``flag_max_k``, ``life_years``; see :data:`UNITS`."""

UNITS = {
    "_k": "K",
    "_s": "s",
    "_years": "year",
    "_kg": "kg",
    "_j": "J",
    "_w": "W",
    "_m": "m",
    "_esh": "h",
    "_delta_e": "1",
}
"""Unit by the end of a name."""


def unit_of(name: str) -> str:
    """Return the unit of a number of an answer; ``"1"`` where its name ends in none."""
    return next((unit for end, unit in UNITS.items() if name.endswith(end)), "1")


_SHIPPED = {
    "case": "thermal.study.evaluation.case:CaseEvaluator",
    "candidate": "thermal.study.evaluation.candidate:CandidateEvaluator",
    "ishigami": "thermal.study.evaluation.ishigami:IshigamiEvaluator",
}


class Evaluator(ABC):
    """Made once a worker, called once a member; may keep what members share, never what one left behind.

    Parameters
    ----------
    base
        The frozen base of the study; None if it has none.

    """

    def __init__(self, base: Path | None) -> None:
        self.base = base

    @abstractmethod
    def check(self, patch: Mapping[str, str]) -> list[Problem]:
        """Everything that is wrong with a patch before it is run; cheap."""

    @abstractmethod
    def __call__(self, patch: Mapping[str, str]) -> Values:
        """Answer of the base with the patch applied."""

    def prepare(self) -> None:
        """Import what evaluations need, ahead of the first."""
        return

    def compile(self, patch: Mapping[str, str]) -> None:
        """Fill the compile cache with what evaluations such as that of a patch need, at the least cost.

        Only the first worker of a study does it; all others wait for it.
        """
        del patch


def evaluator_class(model: str) -> type[Evaluator]:
    """Find the evaluator of a study's ``model``: a shipped name, or ``"package.module:CLASS"``.

    Raises
    ------
    CaseError
        There is no such model, or it is none.

    """
    module_name, _, attribute = _SHIPPED.get(model, model).partition(":")
    try:
        found = getattr(importlib.import_module(module_name), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise _unknown(f"there is no model {model!r} ({error})") from error
    if not (isinstance(found, type) and issubclass(found, Evaluator)) or inspect.isabstract(found):
        raise _unknown(f"{model!r} is no model: a model is a class derived from {__name__}.Evaluator")
    return found


def _unknown(message: str) -> CaseError:
    known = ", ".join(sorted(_SHIPPED))
    remedy = f'use one of {known}, or "package.module:CLASS" of your own'
    return CaseError(Problem("study-unknown-model", "model", message, remedy))
