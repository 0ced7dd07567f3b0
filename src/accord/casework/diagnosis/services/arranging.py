"""Say which parts are needed and who writes them; take a part in charge."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case, Participant
from accord.casework.cases.services import notify_institution, touch
from accord.casework.cases.services.locking import lock_case
from accord.casework.diagnosis.enums import CATEGORY_OF, Part, SectionState
from accord.casework.diagnosis.models import Section
from accord.casework.diagnosis.policies import can_arrange, can_claim, may_hold
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused


@transaction.atomic
def arrange_diagnosis(
    *, by: Actor, case_id: UUID, needed: Collection[str], holders: Mapping[str, UUID | None]
) -> None:
    """Declare the parts that this case needs, and entrust each part to an institution or to nobody yet.

    A part given to another institution must be signed again by it; what was signed before stays legible.
    """
    case = lock_case(by, case_id)
    can_arrange(by, case).require()
    if not needed:
        raise Refused(_("Choisissez au moins une partie."), field="needed")
    for part in Part:
        _arrange(by, case, part, is_needed=part in needed, holder_id=holders.get(part))
    touch(case)
    record(
        by=by,
        verb="arranged",
        subject_kind="diagnosis",
        subject_id=case.pk,
        subject_label=case.number,
        cases=[case.pk],
        data={"needed": sorted(needed), "holders": {part: str(who or "") for part, who in holders.items()}},
    )


@transaction.atomic
def claim_section(*, by: Actor, case_id: UUID, part: str) -> Section:
    """Take a part that nobody holds; doing so twice changes nothing."""
    case = lock_case(by, case_id)
    found = Section.objects.select_for_update().filter(case=case, part=part).first()
    if found is not None and found.holder_id == by.institution_id:
        return found
    can_claim(by, case, found).require()
    may_hold(case, by.institution_key, CATEGORY_OF[Part(part)]).require()
    section = found or Section(case=case, part=part)
    _entrust(section, by.institution_key)
    section.save()
    touch(case)
    record(
        by=by,
        verb="claimed",
        subject_kind="diagnosis section",
        subject_id=section.pk,
        subject_label=case.number,
        cases=[case.pk],
        data={"section": part},
    )
    return section


def _arrange(by: Actor, case: Case, part: Part, *, is_needed: bool, holder_id: UUID | None) -> None:
    section = Section.objects.select_for_update().filter(case=case, part=part).first()
    if section is None and not is_needed and holder_id is None:
        return
    section = section or Section(case=case, part=part)
    section.is_needed = is_needed
    is_new_holder = section.holder_id != holder_id
    if is_new_holder:
        _check_holder(case, part, holder_id)
        _entrust(section, holder_id)
    section.save()
    if is_new_holder and holder_id is not None and holder_id != by.institution_id:
        notify_institution(kind="diagnosis.assigned", case=case, institution_id=holder_id)


def _check_holder(case: Case, part: Part, holder_id: UUID | None) -> None:
    if holder_id is None:
        return
    field = f"holder_{part}"
    if not Participant.objects.filter(case=case, institution_id=holder_id, left_at__isnull=True).exists():
        raise Refused(_("Choisissez une institution qui participe au dossier."), field=field)
    if not (decision := may_hold(case, holder_id, CATEGORY_OF[part])):
        raise Refused(decision.sentence, field=field)


def _entrust(section: Section, holder_id: UUID | None) -> None:
    section.holder_id, section.state = holder_id, SectionState.OPEN
