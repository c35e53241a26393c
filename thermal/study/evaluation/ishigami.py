"""The Ishigami function: a closed form with known Sobol indices, to verify the machinery of studies.

y = sin x1 + a sin^2 x2 + b x3^4 sin x1 with a = 7, b = 0.1 and each x uniform in [-pi, pi]
(Ishigami and Homma 1990, "An importance quantification technique in uncertainty analysis").
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thermal.core.errors import CaseError, Problem
from thermal.study.evaluation.evaluator import Evaluator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.study.evaluation.evaluator import Values

A = 7.0
B = 0.1
INPUTS = ("x1", "x2", "x3")


class IshigamiEvaluator(Evaluator):
    """Model ``"ishigami"`` of a study file: keys ``x1``, ``x2``, ``x3`` in radians, answer ``y``."""

    def check(self, patch: Mapping[str, str]) -> list[Problem]:
        """Keys that are not inputs, and values that are not numbers."""
        problems = [
            Problem("study-unknown-key", key, f"the Ishigami function has no input {key!r}", "use x1, x2, x3")
            for key in patch
            if key not in INPUTS
        ]
        for key, text in patch.items():
            try:
                float(text)
            except ValueError:
                problems.append(Problem("study-invalid", key, f"{text!r} is not a number", "write a number"))
        return problems

    def __call__(self, patch: Mapping[str, str]) -> Values:
        """Value of the function at the patch's point; an input that is not given is zero.

        Raises
        ------
        CaseError
            The patch has an unknown key or a value that is no number.

        """
        problems = self.check(patch)
        if problems:
            raise CaseError(problems)
        x1, x2, x3 = (float(patch.get(name, 0.0)) for name in INPUTS)
        return {"y": math.sin(x1) + A * math.sin(x2) ** 2 + B * x3**4 * math.sin(x1)}


def indices() -> tuple[dict[str, float], dict[str, float]]:
    """First-order and total Sobol indices in closed form, by input."""
    v1 = 0.5 * (1.0 + B * math.pi**4 / 5.0) ** 2
    v2 = A**2 / 8.0
    v13 = B**2 * math.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    total = v1 + v2 + v13
    first = {"x1": v1 / total, "x2": v2 / total, "x3": 0.0}
    totals = {"x1": (v1 + v13) / total, "x2": v2 / total, "x3": v13 / total}
    return first, totals
