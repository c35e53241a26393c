"""Model ``"candidate"``: one run of one candidate of a comparison, and its lives under many draws.

Beside the keys of a case a member has ``compare.candidate`` (whose own data are drawn), ``compare.run`` (0:
the data as they stand; 1, 2, ...: a draw of everything the heat balance uses), ``compare.seed`` and
``compare.draws`` (lives to draw from this run; none from run 0 when there are others).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from thermal.case import load_case
from thermal.study.comparison.draws import Draws
from thermal.study.design.material_patch import PatchedDatabase, case_keys
from thermal.study.evaluation.case import HORIZON_YEARS, CaseEvaluator, verdict_answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from materials import Database
    from thermal.case import Case
    from thermal.core.errors import Problem
    from thermal.study.evaluation.evaluator import Values

OWN = "compare."
LIFE = "life of "
"""Start of the names of drawn lives; each is a text of years separated by blanks."""
CAUSE = "cause of "
"""Start of the names of what most of them end by, in words; empty where none ends."""


class CandidateEvaluator(CaseEvaluator):
    """Runs a candidate as :class:`CaseEvaluator` does, and draws its lives."""

    def check(self, patch: Mapping[str, str]) -> list[Problem]:
        """Everything that is wrong with a patch."""
        return super().check(_of_the_case(patch))

    def compile(self, patch: Mapping[str, str]) -> None:
        """Run a candidate's first minutes and judge them."""
        super().compile(_of_the_case(patch))

    def __call__(self, patch: Mapping[str, str]) -> Values:
        """Run a member.

        Returns
        -------
        dict
            Extremes and ledger as of :class:`CaseEvaluator`, the mass of the cloth, the verdict of the run
            with the data as they stand, and for each requirement and part its drawn times to failure and
            their cause.

        Raises
        ------
        ProblemError
            The candidate lacks data, does not converge or does not close its ledger.

        """
        from thermal.study.comparison.lives import drawn_lives

        case = load_case(self.case_file, case_keys(_of_the_case(patch)))
        run, count = int(patch["compare.run"]), int(patch["compare.draws"])
        shared = Draws(int(patch["compare.seed"]), max(count, run + 1))
        mine = shared.of(patch["compare.candidate"])
        database = self.database if run == 0 else _drawn(self.database, case, shared, mine, run)
        answers, endurance = self.run(case, database, judged_by=self.database)
        if run == 0:
            answers |= verdict_answers(endurance.verdict(HORIZON_YEARS))
        cloth = self.database[case.flag.material]
        answers["flag_mass_kg"] = cloth.areal_density * case.flag.width * case.flag.height_of_cloth
        if count:
            # Other deviates than those of the run itself: each run's lives are drawn afresh.
            streams = (replace(shared, seed=shared.seed + run), replace(mine, seed=mine.seed + run))
            lives = drawn_lives(endurance, cloth, streams, HORIZON_YEARS)
            for name, drawn in lives.items():
                answers[LIFE + name] = " ".join(f"{value:.6g}" for value in drawn.years)
                answers[CAUSE + name] = drawn.cause
        return answers


def _of_the_case(patch: Mapping[str, str]) -> dict[str, str]:
    """Entries of a patch that a member of any study may have."""
    return {key: text for key, text in patch.items() if not key.startswith(OWN)}


def _drawn(database: Database, case: Case, shared: Draws, mine: Draws, run: int) -> Database:
    """Return the database as one draw has it: the cloth by its own deviates, the arm by the shared ones."""
    drawn = {tube.material: shared.material(database[tube.material], run) for tube in case.tube}
    cloth = case.flag.material
    return PatchedDatabase(database, {**drawn, cloth: mine.material(database[cloth], run)})


def parse_lives(text: str) -> list[float]:
    """Drawn lives back from their text."""
    return [math.nan if word == "nan" else float(word) for word in text.split()]
