"""All requirements of a case on all its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thermal.endurance.requirements.colour import colour_difference
from thermal.endurance.requirements.fatigue import fatigue_damage, joint_fatigue
from thermal.endurance.requirements.service import service_margins
from thermal.endurance.requirements.strength import strength_left
from thermal.endurance.requirements.stress import joint_margins, membrane_margin
from thermal.endurance.requirements.tip import tip_deflection

if TYPE_CHECKING:
    from thermal.case.tables.root import Case
    from thermal.endurance.mechanics.arm import Arm
    from thermal.endurance.mechanics.held_stress import Stress
    from thermal.endurance.observe.evidence import PartEvidence
    from thermal.endurance.verdict.finding import Finding
    from thermal.endurance.verdict.sampling import Outlook

ORDER: Final = ("fails", "marginal", "not counted", "lasts", "no data")


def judge(
    case: Case,
    parts: tuple[PartEvidence, ...],
    prints: tuple[PartEvidence, ...],
    arm: Arm | None,
    stress: Stress,
    outlook: Outlook,
) -> tuple[Finding, ...]:
    """Judge what a case requires.

    Parameters
    ----------
    case
        Its ``[requirements]``; a dropped one is not judged.
    parts
        Cloth and tubes, each as one, the cloth first.
    prints
        The prints of the cloth, each by itself.
    arm
        None without tubes, or where their expansion is not known.
    stress
        Of the cloth and at the joints.
    outlook
        Horizon and samples.

    Returns
    -------
    tuple of Finding
        Those that fail first, by their time; then the marginal, those not counted, those that last, and gaps.

    """
    asked = case.requirements
    found: list[Finding] = []
    for part in parts:
        if part.is_cloth and asked.strength_left is not False:
            found.append(strength_left(part, asked.strength_left, outlook))
        if asked.fatigue_damage is not False:
            found.append(fatigue_damage(part, asked.fatigue_damage, outlook))
        if asked.service_margin is not False:
            found.extend(service_margins(part, asked.service_margin, outlook))
    if asked.colour_difference is not False:
        found.extend(colour_difference(part, asked.colour_difference, outlook) for part in prints)
    if asked.tip_deflection is not False and case.tube:
        found.append(tip_deflection(arm, asked.tip_deflection, outlook))
    if asked.fatigue_damage is not False:
        found.extend(joint_fatigue(stress.joints, asked.fatigue_damage, outlook))
    if asked.joint_margin is not False:
        found.extend(joint_margins(parts[0], stress, asked.joint_margin, outlook))
    if asked.membrane_margin is not False:
        sheet = membrane_margin(parts[0], stress, asked.membrane_margin, outlook)
        found += [] if sheet is None else [sheet]
    return tuple(sorted(found, key=lambda finding: (ORDER.index(finding.status), finding.years)))
