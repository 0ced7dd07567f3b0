"""A few accesses in an emergency, in every state, and cases that colleagues follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from accord.casework.cases.enums import Basis, CaseState, Category, EventKind
from accord.casework.cases.models import Case, Disclosure, Event, Participant
from accord.casework.emergencies.models import EmergencyAccess
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.foundation.notifications.models import Follow
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.identifiers import new_id
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership

FOLLOWED_EACH = 4
"""Cases that a colleague of the demo follows."""


@dataclass(frozen=True, slots=True)
class Told:
    """One emergency as it is written down here."""

    house: str
    hours_ago: int
    hours: int
    reason: str
    sentence: str
    outcome: str = ""
    review: str = ""
    follow_up: str = ""
    ended_after: int | None = None


EMERGENCIES = (
    Told("oai-vs", 2, 8, "health", "La personne ne s’est pas présentée et ne répond plus depuis hier matin."),
    Told("hospice-ge", 20, 4, "shelter", "Expulsion prévue demain matin, la famille est à la porte du guichet."),
    Told(
        "oai-vs", 24 * 9, 4, "violence", "Menaces proférées au guichet contre une collègue et contre soi-même.",
        ended_after=1,
    ),
    Told(
        "oai-ge", 24 * 40, 2, "health", "Malaise pendant l’entretien, les secours demandent qui prévenir.",
        "justified", "Le malaise est attesté, seules les coordonnées ont été lues.", ended_after=1,
    ),
    Told(
        "oai-vs", 24 * 75, 8, "shelter", "Versement bloqué, la personne n’a plus de quoi manger aujourd’hui.",
        "justified", "Situation établie par l’aide sociale le jour même.",
    ),
    Told(
        "oai-vs", 24 * 120, 24, "other", "Demande de renseignements avant un entretien de suivi.",
        "not_justified", "Un appel à la personne aurait suffi ; rien ne pressait.",
        "Entretien avec la collègue, rappel de la règle à toute l’équipe, excuses écrites à la personne.",
    ),
    Told("oce-ge", 24 * 4, 4, "health", "Le médecin traitant est injoignable et la personne a fait un malaise."),
    Told("smz-brig", 5, 12, "child", "Ein Kind ist allein zu Hause, die Eltern sind nicht erreichbar."),
    Told(
        "smz-brig", 24 * 30, 4, "health", "Sturz bei einem Hausbesuch, die Rettung fragt nach Angehörigen.",
        "justified", "Der Sturz ist belegt, es wurde nur das Nötige gelesen.",
    ),
)  # fmt: skip


def furnish(random: Random, network: Network) -> None:
    """Write the emergencies beside their disclosures and events, and who follows which case."""
    accesses = [found for told in EMERGENCIES if (found := _access(told, random, network))]
    Disclosure.objects.bulk_create(_disclosure(access) for access in accesses)
    EmergencyAccess.objects.bulk_create(accesses)
    Event.objects.bulk_create(_event(access) for access in accesses)
    Follow.objects.bulk_create(_follows(network))


def _access(told: Told, random: Random, network: Network) -> EmergencyAccess | None:
    house = network.houses[told.house]
    case = (
        Case.objects.filter(state=CaseState.OPEN)
        .exclude(disclosures__recipient=house)
        .exclude(lead=house)
        .order_by("number")[random.randint(0, 20) :]
        .first()
    )
    working = (
        Membership.objects.filter(institution=house, role=Role.CASEWORKER).select_related("user").first()
    )
    officer = _reviewer(told, network)
    if case is None or working is None or (told.outcome and officer is None):
        return None
    begins = now() - timedelta(hours=told.hours_ago)
    return EmergencyAccess(
        id=new_id(),
        case=case,
        case_number=case.number,
        lead_id=case.lead_id,
        institution=house,
        user=working.user,
        reason=told.reason,
        explanation=told.sentence,
        categories=int(Category.IDENTITY | Category.SOCIAL),
        opened_at=begins,
        until=begins + timedelta(hours=told.hours),
        ended_at=begins + timedelta(hours=told.ended_after) if told.ended_after else None,
        review_due_on=begins.astimezone(SWISS_TIME).date() + timedelta(days=7),
        reviewed_at=begins + timedelta(days=3) if told.outcome else None,
        reviewer=officer if told.outcome else None,
        outcome=told.outcome,
        review=told.review,
        follow_up=told.follow_up,
    )


def _reviewer(told: Told, network: Network) -> User | None:
    found = (
        Membership.objects.filter(institution=network.houses[told.house], role=Role.DATA_PROTECTION)
        .select_related("user")
        .first()
    )
    return found.user if found else None


def _disclosure(access: EmergencyAccess) -> Disclosure:
    return Disclosure(
        id=access.pk,
        case=access.case,
        person_id=access.case.person_id,
        recipient=access.institution,
        categories=access.categories,
        basis=Basis.EMERGENCY,
        purpose=access.reason,
        valid_from=access.opened_at,
        valid_until=access.ends_at,
    )


def _event(access: EmergencyAccess) -> Event:
    return Event(
        case=access.case,
        owner=access.institution,
        author=access.user,
        kind=EventKind.EMERGENCY,
        at=access.opened_at,
        created_at=access.opened_at,
        data={"institution": access.institution.name, "reason": access.reason, "access": str(access.pk)},
    )


def _follows(network: Network) -> list[Follow]:
    found = []
    for house in network.houses.values():
        parts = Participant.objects.filter(
            institution=house, left_at__isnull=True, case__state=CaseState.OPEN
        )
        followed = list(parts.order_by("case__number").values_list("case_id", flat=True)[:FOLLOWED_EACH])
        workers = Membership.objects.filter(institution=house, role=Role.CASEWORKER, until__isnull=True)
        for user_id in set(workers.values_list("user_id", flat=True)):
            found += [
                Follow(user_id=user_id, institution_id=house.pk, case_id=case_id) for case_id in followed
            ]
    return found
