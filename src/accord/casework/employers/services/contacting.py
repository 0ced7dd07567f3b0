"""Plan contacts with employers, and say how they went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.selectors import colleagues_of
from accord.casework.cases.services import tell, touch
from accord.casework.cases.services.locking import lock_case, lock_record
from accord.casework.employers.enums import ContactState
from accord.casework.employers.models import Employer, EmployerContact
from accord.casework.employers.policies import can_record
from accord.casework.employers.rules import Plan, problem_of
from accord.casework.employers.selectors import others_in_contact
from accord.casework.employers.states import CONTACT
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale


@dataclass(frozen=True, slots=True)
class Intention:
    """What somebody wants to talk about with an employer, when and on which ground."""

    planned_for: date
    way: str
    about: str
    ground: str
    consent_on: date | None = None
    legal_article: str = ""
    counterpart: str = ""
    colleague_id: UUID | None = None


@transaction.atomic
def plan_contact(
    *, by: Actor, case_id: UUID, employer_id: UUID, intention: Intention, is_coordinated: bool = False
) -> EmployerContact:
    """Plan a contact; while others are in contact with the same employer, one says that it is agreed.

    Raises Refused beside the field, also when the person neither agreed nor an article allows it.
    """
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    employer = Employer.objects.get(pk=employer_id)
    _check(by, intention)
    others = others_in_contact(by, case, employer)
    if others and not is_coordinated:
        raise Refused(
            _(
                "D’autres sont en contact avec cet employeur : mettez-vous d’accord avec eux, puis confirmez-le."
            ),
            field="is_coordinated",
        )
    contact = EmployerContact.objects.create(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=Category.WORK,
        audience=Audience.PERSON,
        employer=employer,
        colleague_id=intention.colleague_id or by.user_id,
        planned_for=intention.planned_for,
        way=intention.way,
        about=intention.about,
        counterpart=intention.counterpart.strip(),
        ground=intention.ground,
        consent_on=intention.consent_on if intention.ground == "given" else None,
        legal_article=intention.legal_article.strip() if intention.ground == "law" else "",
        is_coordinated=bool(others.here),
    )
    _tell(by, case, contact, "planned")
    return contact


def _check(by: Actor, intention: Intention) -> None:
    sentences = {
        "not_asked": _(
            "Demandez d’abord à la personne : sans son accord ni article de loi, on ne parle pas d’elle"
            " à un employeur."
        ),
        "no_day": _("Indiquez le jour où la personne a donné son accord."),
        "future": _("L’accord de la personne ne peut pas être dans l’avenir."),
        "no_article": _("Indiquez l’article de loi qui permet ce contact."),
        "far": _("Cette date est trop éloignée : un an en arrière, deux ans à l’avance au plus."),
    }
    plan = Plan(
        intention.about,
        intention.ground,
        intention.consent_on,
        intention.legal_article,
        intention.planned_for,
    )
    if problem := problem_of(plan, today()):
        raise Refused(sentences[problem[1]], field=problem[0])
    if intention.colleague_id and intention.colleague_id not in dict(colleagues_of(by)):
        raise Refused(_("Choisissez un collègue de votre institution."), field="colleague")


@transaction.atomic
def end_contact(
    *,
    by: Actor,
    contact_id: UUID,
    version: int,
    state: ContactState,
    done_on: date | None = None,
    result: str = "",
) -> EmployerContact:
    """Say that a contact took place, and what came of it, or that it was given up. Raises Stale."""
    contact = lock_record(by, EmployerContact, contact_id, can_record)
    can_work_on(by, contact.case).require()
    can_record(by, contact).require()
    if contact.version != version:
        raise Stale(contact)
    CONTACT.check(contact.state, state)
    if state == ContactState.DONE and (done_on is None or done_on > today()):
        raise Refused(
            _("Indiquez le jour où le contact a eu lieu, aujourd’hui au plus tard."), field="done_on"
        )
    if not result.strip():
        raise Refused(_("Écrivez en une phrase ce qu’il en est ressorti."), field="result")
    contact.state, contact.result = state, result.strip()
    contact.done_on = done_on if state == ContactState.DONE else None
    contact.version += 1
    contact.updated_at = now()
    contact.save(update_fields=["state", "result", "done_on", "version", "updated_at"])
    _tell(by, contact.case, contact, str(state))
    return contact


def _tell(by: Actor, case: Case, contact: EmployerContact, verb: str) -> None:
    """On the timeline what is planned and what took place; in the journal all of it."""
    if verb == ContactState.DROPPED:
        touch(case)
    else:
        title = {"title": contact.employer.name}
        tell(by=by, case=case, kind=EventKind.EMPLOYER_CONTACT, data=title, category=Category.WORK)
    record(
        by=by,
        verb=verb,
        subject_kind="employer contact",
        subject_id=contact.pk,
        subject_label=case.number,
        cases=[case.pk],
    )
