"""Models that studies of the tests evaluate; workers of every engine import them by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from thermal.core.errors import Problem
from thermal.study.evaluation.evaluator import Evaluator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.study.evaluation.evaluator import Values


class Square(Evaluator):
    """y = x^2 after ``pause`` seconds; a negative x is an error, x = 13.5 kills the process."""

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


class Compiled(Square):
    """Squares that compile first, as the file ``$COMPILED`` tells; dies at it where ``$DEADLY`` is."""

    def compile(self, patch: Mapping[str, str]) -> None:
        del patch
        if (deadly := Path(os.environ["DEADLY"])).exists():
            deadly.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.3)
        with Path(os.environ["COMPILED"]).open("a") as file:
            file.write(f"{os.getpid()}\n")

    def __call__(self, patch: Mapping[str, str]) -> Values:
        compiled = Path(os.environ["COMPILED"]).exists()
        return {**super().__call__(patch), "found": "compiled" if compiled else "raw"}
