"""Models that studies of the tests evaluate; workers of every engine import them by name."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING, ClassVar

from thermal.errors import Problem
from thermal.study.evaluator import Evaluator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.study.evaluator import Values


class Square(Evaluator):
    """y = x^2 after ``pause`` seconds; a negative x is an error, x = 13.5 kills the process."""

    compiles: ClassVar[bool] = True

    def check(self, patch: Mapping[str, str]) -> list[Problem]:
        return [
            Problem("study-unknown-key", key, f"no input {key!r}")
            for key in patch
            if key not in {"x", "pause"}
        ]

    def __call__(self, patch: Mapping[str, str]) -> Values:
        x = float(patch["x"])
        time.sleep(float(patch.get("pause", "0")))
        if x < 0.0:
            raise ValueError(f"x = {x} is negative")
        if x == 13.5:
            os.kill(os.getpid(), signal.SIGKILL)
        return {"y": x * x, "root": x**0.5, "side": "left" if x < 100.0 else "right"}
