"""Extremes of each part through a run, seen at every accepted step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermal.heat.time.state import Step
    from thermal.study.evaluation.evaluator import Values


class Extremes:
    """Observer that keeps the lowest and highest temperature of each part, K."""

    def __init__(self) -> None:
        self._lowest: dict[str, float] = {}
        self._highest: dict[str, float] = {}

    def observe(self, step: Step) -> None:
        """Take note of a step."""
        for part, where in step.slices.items():
            values = step.temperature[where]
            self._lowest[part] = min(self._lowest.get(part, math.inf), float(values.min()))
            self._highest[part] = max(self._highest.get(part, -math.inf), float(values.max()))

    def answers(self) -> Values:
        """``PART_min_k`` and ``PART_max_k`` of each part."""
        return {
            f"{part}_{end}_k": values[part]
            for part in self._lowest
            for end, values in (("min", self._lowest), ("max", self._highest))
        }
