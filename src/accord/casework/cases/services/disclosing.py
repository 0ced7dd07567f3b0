"""Write and end disclosures: the only place where it is decided in data who may see what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.selectors import circle_named, circles_of, laws_for
from accord.casework.cases.services.locking import lock_case
from accord.casework.cases.services.notifying import notify_institution
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import FOREVER, now
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import programme_for


def tell_of_case(case: Case, recipient_id: UUID) -> Disclosure:
    """Let an institution know that the case exists, and nothing more; once told, it stays told."""
    party, _created = Disclosure.objects.get_or_create(
        case=case, recipient_id=recipient_id, basis=Basis.PARTY, defaults={"person_id": case.person_id}
    )
    if party.valid_until < FOREVER:
        Disclosure.objects.filter(pk=party.pk).update(valid_until=FOREVER, ended_because="")
    return party


@transaction.atomic
def disclose(
    *,
    by: Actor,
    case: Case,
    recipient_id: UUID,
    categories: int,
    basis: Basis,
    purpose: str,
    consent_id: UUID | None = None,
    legal_article: str = "",
    circle: str = "",
    valid_from: datetime | None = None,
    valid_until: datetime = FOREVER,
) -> Disclosure:
    """Open categories of a case to an institution, by consent or by a legal article, for a period.

    `circle` names the second programme that opens it; empty for the case's own.
    """
    tell_of_case(case, recipient_id)
    return Disclosure.objects.create(
        case=case,
        person_id=case.person_id,
        recipient_id=recipient_id,
        categories=categories,
        basis=basis,
        consent_id=consent_id,
        legal_article=legal_article,
        purpose=purpose,
        circle=circle,
        valid_from=valid_from or now(),
        valid_until=valid_until,
    )


def end_disclosures(disclosures: QuerySet[Disclosure], *, because: str) -> int:
    """End them at this instant; they stay as a trace. Returns how many were still running."""
    return disclosures.filter(valid_until__gt=Now()).update(
        valid_until=Greatest(Now(), F("valid_from")), ended_because=because
    )


def forget_party(case: Case, recipient_id: UUID) -> int:
    """An institution that never took part no longer knows of the case once nothing is disclosed to it."""
    running = Disclosure.objects.filter(case=case, recipient_id=recipient_id, valid_until__gt=Now())
    if running.exclude(basis=Basis.PARTY).exists():
        return 0
    return end_disclosures(running, because="nothing left")


def expire_disclosures(case: Case, *, because: str) -> int:
    """End everything that rests on consent in a case, as when it is declined or withdrawn."""
    return end_disclosures(
        Disclosure.objects.filter(case=case, basis__in=[Basis.CONSENT, Basis.EMERGENCY]), because=because
    )


@transaction.atomic
def disclose_by_law(
    *,
    by: Actor,
    case_id: UUID,
    law_key: str,
    recipient_id: UUID,
    circle: str = "",
    told_as: str = "case.by_law",
) -> Disclosure:
    """Inform another institution because an article says so, without consent; the article is named.

    Only what the programme lists between the two kinds, and only while its condition on the stage holds.
    It survives a revocation, and is labelled so. Source: the `[[law]]` rules of the case's own programme, or
    of the second one that `circle` names. `told_as` is the notification by which the institution learns it.
    """
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    recipient = Institution.objects.get(pk=recipient_id)
    programme = circle_named(circles_of(by, case), circle)
    if programme is None:
        raise Refused(_("Le dossier ne se tient pas dans ce cercle."), field="law")
    allowed = laws_for(case, programme, by.institution_kind, recipient.kind)
    law = next((rule for rule in allowed if rule.key == law_key), None)
    if law is None:
        raise Refused(_("Cet article ne permet pas d’informer cette institution à cette étape."), field="law")
    opened = disclose_under(
        by=by, case=case, programme=programme, law_article=law.article, keys=law.categories, to=recipient_id
    )
    notify_institution(kind=told_as, case=case, institution_id=recipient_id)
    return opened


def disclose_under(
    *,
    by: Actor,
    case: Case,
    programme: Programme,
    law_article: str,
    keys: tuple[str, ...],
    to: UUID,
) -> Disclosure:
    """Open the categories of an article of one of the case's circles to an institution; twice is once."""
    mask = programme.mask_of(keys)
    circle = "" if programme.slug == case.programme else programme.slug
    running = Disclosure.objects.filter(
        case=case,
        recipient_id=to,
        basis=Basis.LAW,
        legal_article=law_article,
        circle=circle,
        valid_until__gt=Now(),
    ).first()
    if running is not None:
        return running
    record(
        by=by,
        verb="disclosed",
        subject_kind="case",
        subject_id=case.pk,
        subject_label=case.number,
        cases=[case.pk],
        legal_basis=law_article,
        data={"recipient": str(to), "categories": mask},
    )
    return disclose(
        by=by,
        case=case,
        recipient_id=to,
        categories=mask,
        basis=Basis.LAW,
        purpose=law_article,
        legal_article=law_article,
        circle=circle,
    )


def end_outdated_laws(case: Case) -> int:
    """End what an article allowed only until a stage that the case has now reached."""
    programme = programme_for(case.programme, case.programme_version)
    before = {stage.key for stage in programme.stages}
    outdated = [
        law.article
        for law in programme.laws
        if law.until_stage is not None
        and case.stage in before
        and programme.stage(case.stage) not in programme.stages_before(law.until_stage)
    ]
    return end_disclosures(
        Disclosure.objects.filter(case=case, basis=Basis.LAW, circle="", legal_article__in=outdated),
        because="stage",
    )
