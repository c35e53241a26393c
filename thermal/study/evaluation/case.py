"""The real thing: a member is a case that is run and judged (model ``"case"`` of a study file)."""

from __future__ import annotations

import importlib
import math
from itertools import islice
from typing import TYPE_CHECKING

import materials
from thermal.case import load_case
from thermal.core.errors import CaseError, Problem, ProblemError
from thermal.study.design.material_patch import case_keys, patched
from thermal.study.evaluation.evaluator import Evaluator
from thermal.study.evaluation.extremes import Extremes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from materials import Database
    from thermal.case import Case
    from thermal.endurance import Endurance, Finding, Verdict
    from thermal.study.evaluation.evaluator import Values
    from thermal.study.evaluation.shared import Seen

HORIZON_YEARS = 30.0
"""How far a member's verdict looks ahead."""

BEGINNING_S = 300.0
"""Of a run: long enough for a few steps, which call all that is compiled."""


class CaseEvaluator(Evaluator):
    """Runs the base case with a member's changes, and says how hot, how cold and how long.

    Parameters
    ----------
    base
        The frozen base case.

    """

    def __init__(self, base: Path | None) -> None:
        if base is None:
            raise CaseError(Problem("study-invalid", "base", "base is missing", 'write base = "CASE.toml"'))
        super().__init__(base)
        self.case_file = base
        self._seen: Seen = {}
        self.database = materials.load_database()

    def check(self, patch: Mapping[str, str]) -> list[Problem]:
        """Everything that is wrong with a patch: keys, values, materials."""
        problems: list[Problem] = []
        for attempt in (
            lambda: patched(self.database, patch),
            lambda: load_case(self.case_file, case_keys(patch)),
        ):
            try:
                attempt()
            except ProblemError as error:
                problems.extend(error.problems)
        return problems

    def prepare(self) -> None:
        """Import dolfinx and all that runs on it."""
        for module in ("thermal.study.evaluation.shared", "thermal.endurance.observe.observer"):
            importlib.import_module(module)

    def compile(self, patch: Mapping[str, str]) -> None:
        """Run a member's first minutes and judge them; its scene and sky are kept for the member itself."""
        case = load_case(self.case_file, case_keys(patch))
        soon = {
            "run": case.run.model_copy(update={"mode": "transient"}),
            "output": case.output.model_copy(update={"every": BEGINNING_S}),
        }
        _, endurance = self._watch(case.model_copy(update=soon), patched(self.database, patch), states=2)
        endurance.verdict(HORIZON_YEARS)

    def __call__(self, patch: Mapping[str, str]) -> Values:
        """Run a member.

        Returns
        -------
        dict
            ``PART_min_k``, ``PART_max_k`` of each part, ``life_years`` with ``life_low_years`` and
            ``life_high_years`` (infinite when nothing fails within the horizon), ``limited_by``, the time to
            failure and the value at the horizon of each requirement, ``missing``, ``verdict``,
            ``ledger_residual``.

        Raises
        ------
        ProblemError
            The member is invalid, lacks data, does not converge or does not close its ledger.

        """
        case = load_case(self.case_file, case_keys(patch))
        answers, endurance = self.run(case, patched(self.database, patch))
        return {**answers, **verdict_answers(endurance.verdict(HORIZON_YEARS))}

    def run(
        self, case: Case, database: Database, *, judged_by: Database | None = None
    ) -> tuple[Values, Endurance]:
        """Run a case to its end; return extremes and ledger, and what was seen of its endurance.

        Answers come from every accepted step, not from what a result file would store: the solver is not
        held up by ``output.every``. Endurance may be judged by other data than those of the run.
        """
        return self._watch(_without_outputs(case), database, judged_by=judged_by)

    def _watch(
        self,
        case: Case,
        database: Database,
        states: int | None = None,
        judged_by: Database | None = None,
    ) -> tuple[Values, Endurance]:
        """Run a case up to so many of its outputs, or to its end."""
        from thermal.endurance import Endurance
        from thermal.study.evaluation.shared import SharedSimulation

        simulation = SharedSimulation(case, database, self._seen)
        endurance = Endurance(case, simulation.scene, judged_by or database)
        extremes = Extremes()
        residual = math.nan
        for state in islice(simulation.run([extremes, endurance]), states):
            residual = float(state.ledger.residual_fraction)
        return {**extremes.answers(), "ledger_residual": residual}, endurance


def _without_outputs(case: Case) -> Case:
    """Return the case with no output but that at its end, on which no step has to land."""
    output = case.output.model_copy(update={"every": case.run.duration})
    return case.model_copy(update={"output": output})


def verdict_answers(verdict: Verdict) -> Values:
    """Flatten a verdict: what limits the life first, then the worst finding of each requirement."""
    failing = [finding for finding in verdict.findings if finding.status == "fails"]
    first = min(failing, key=lambda finding: finding.years, default=None)
    answers: Values = {
        "life_years": first.years if first else math.inf,
        "life_low_years": first.low_years if first else math.inf,
        "life_high_years": first.high_years if first else math.inf,
        "limited_by": first.cause if first else "",
    }
    worst: dict[str, Finding] = {}
    for finding in verdict.findings:
        known = worst.get(finding.requirement)
        if finding.status != "no data" and (known is None or finding.years < known.years):
            worst[finding.requirement] = finding
    for name, finding in worst.items():
        answers[f"{name}_years"] = finding.years
        answers[f"{name}_at_horizon"] = math.nan if finding.at_horizon is None else finding.at_horizon
    answers["missing"] = ", ".join(verdict.missing)
    answers["verdict"] = verdict.line
    return answers
