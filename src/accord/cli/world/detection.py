"""Early detection in the demo: communications in every state, préavis, and cases in both circles."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from accord.casework.cases.enums import Audience, CaseState, Category, EventKind
from accord.casework.cases.models import Case, Disclosure, Event
from accord.casework.cases.services import join_second_circle
from accord.casework.consents.services import prepare_consent, sign_on_screen
from accord.casework.detection.enums import DetectionState, Outcome, Subject
from accord.casework.detection.models import Detection
from accord.casework.detection.rules import due_on
from accord.casework.detection.selectors import institutions_affected
from accord.casework.detection.services import (
    answer_communication,
    receive_communication,
    record_position,
    serve_notice,
)
from accord.casework.referrals.models import Referral
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, frozen_at, now, today
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution
from accord.network.programmes.selectors import current_programme

PLUS = "cii-plus"
DAYS = 30
IN_BOTH_CIRCLES, WITH_A_NOTICE = 8, 10
STROKES = [[[float(x), 20.0 + x % 7, x * 10.0] for x in range(0, 60, 3)]]
REASONS = {
    Outcome.INDICATED: "L’arrêt dure depuis plusieurs mois et le poste doit être adapté.\n"
    "Une mesure d’intervention précoce peut aider à garder l’emploi.",
    Outcome.NOT_INDICATED: "Le travail a repris au taux habituel.\n"
    "L’employeur a déjà adapté l’horaire ; aucune mesure n’est nécessaire.",
    Outcome.ALREADY_APPLIED: "Une demande est déjà à l’examen chez nous.",
}
SUMMARIES = {
    Subject.PENSION: "L’office AI a l’intention de refuser la rente : une activité adaptée reste possible.",
    Subject.MEASURE: "L’office AI a l’intention de prendre en charge un reclassement de dix-huit mois.",
    Subject.REFUSAL: "L’office AI a l’intention de clore : aucune mesure n’est demandée.",
}
GIVEN = {
    Kind.INSURER_DAILY_LAMAL: Category.IDENTITY | Category.BENEFITS | Category.WORK,
    Kind.INSURER_ACCIDENT: Category.IDENTITY | Category.BENEFITS | Category.CAPACITY,
}


def furnish(random: Random, network: Network) -> None:
    """Write what the AI offices and the insurers hold of early detection."""
    _communications(random)
    cases = list(
        Case.objects.filter(state=CaseState.OPEN, lead__kind=Kind.AI_OFFICE, lead_user__isnull=False)
        .select_related("lead", "person")
        .order_by("number")
    )
    plus = [case for case in cases if case.programme == PLUS]
    others = [case for case in cases if case.programme != PLUS]
    both = random.sample(others, min(IN_BOTH_CIRCLES, len(others)))
    for case in both:
        _second_circle(random, network, case)
    for case in (*random.sample(plus, min(WITH_A_NOTICE, len(plus))), *both[: IN_BOTH_CIRCLES // 2]):
        _notice(random, network, case)


def _communications(random: Random) -> None:
    referrals = Referral.objects.filter(
        case__programme=PLUS, sent_at__isnull=False, desk__isnull=False
    ).select_related("case", "desk")
    detections = [_detection(random, referral) for referral in referrals]
    Detection.objects.bulk_create(detections, batch_size=1000)
    Event.objects.bulk_create(
        Event(
            case=found.case,
            owner_id=found.owner_id,
            kind=EventKind.DETECTION,
            at=_morning(found.answered_on),
            created_at=_morning(found.answered_on),
            data={"on": found.answered_on.isoformat()},
        )
        for found in detections
        if found.answered_on
    )


def _detection(random: Random, referral: Referral) -> Detection:
    assert referral.sent_at is not None and referral.desk is not None
    received = referral.sent_at.astimezone(SWISS_TIME).date()
    found = Detection(
        case=referral.case,
        owner_id=referral.desk.pk,
        category=Category.BENEFITS,
        received_on=received,
        due_on=due_on(received, DAYS),
        created_at=referral.sent_at,
        updated_at=referral.sent_at,
    )
    if (today() - received).days < 35 or (referral.case.state == CaseState.OPEN and random.random() < 0.12):
        _before_the_answer(random, found)
    else:
        _answered(random, found)
    return found


def _before_the_answer(random: Random, found: Detection) -> None:
    held = found.received_on + timedelta(days=random.randint(4, 18))
    fate = random.random()
    if fate < 0.35 and held <= today():
        found.state, found.interview_on, found.held_on = DetectionState.HELD, held, held
    elif fate < 0.75:
        found.state = DetectionState.INVITED
        found.interview_on = today() + timedelta(days=random.randint(1, 9))


def _answered(random: Random, found: Detection) -> None:
    found.answered_on = min(today(), found.received_on + timedelta(days=random.randint(9, 33)))
    found.outcome = random.choices(list(Outcome), [65, 28, 7])[0]
    found.reasons = REASONS[Outcome(found.outcome)]
    found.state, found.audience = DetectionState.ANSWERED, Audience.PERSON
    if found.outcome == Outcome.INDICATED and random.random() < 0.7:
        found.state = DetectionState.APPLIED
        found.applied_on = min(today(), found.answered_on + timedelta(days=random.randint(5, 60)))


def _morning(day: date | None) -> datetime:
    assert day is not None
    return datetime(day.year, day.month, day.day, 9, 30, tzinfo=SWISS_TIME)


def _acting(house: Institution, user: User | None) -> Actor:
    return Actor(
        user_id=user.pk if user else None,
        institution_id=house.pk,
        institution_kind=house.kind,
        roles=frozenset({Role.CASEWORKER}),
    )


def _second_circle(random: Random, network: Network, case: Case) -> None:
    """The AI office lets the case stand in CII-plus, too; the person signs for that circle by itself."""
    by, programme = _acting(case.lead, case.lead_user), current_programme(PLUS)
    days = random.randint(5, 60)
    recipients = [network.houses["mutuelle-leman"], network.houses["alpina"]]
    with frozen_at(max(case.created_at, now() - timedelta(days=days))):
        join_second_circle(by=by, case_id=case.pk, programme_slug=PLUS)
        found = receive_communication(by=by, case_id=case.pk, received_on=today())
        consent = prepare_consent(
            by=by,
            case_id=case.pk,
            language=case.person.language,
            purpose=programme.consent.purposes[0].label.in_(case.person.language),
            is_recurring=True,
            valid_from=today(),
            valid_until=today() + timedelta(days=300),
            grants={house.pk: int(GIVEN[Kind(house.kind)]) for house in recipients},
            circle=PLUS,
        )
        if random.random() < 0.75:
            sign_on_screen(by=by, consent_id=consent.pk, signatory="person", strokes=STROKES)
    if days > DAYS // 2:
        answer_communication(
            by=by,
            detection_id=found.pk,
            version=found.version,
            outcome=Outcome.INDICATED,
            reasons=REASONS[Outcome.INDICATED],
            answered_on=found.received_on + timedelta(days=12),
        )


def _notice(random: Random, network: Network, case: Case) -> None:
    """A préavis served some days or weeks ago; some have answered."""
    by, programme = _acting(case.lead, case.lead_user), current_programme(PLUS)
    affected = institutions_affected(by, case, programme)
    funds = [house for house in affected if house.kind == Kind.PENSION_FUND][:1]
    others = [house for house in affected if house not in funds]
    subject = random.choice(list(SUMMARIES))
    with frozen_at(max(case.created_at, now() - timedelta(days=random.randint(2, 45)))):
        notice = serve_notice(
            by=by,
            case_id=case.pk,
            subject=subject,
            summary=SUMMARIES[subject],
            sent_on=today(),
            institutions=[house.pk for house in (*funds, *random.sample(others, min(1, len(others))))],
            outside={"compensation": "Caisse de compensation du Léman"},
        )
        Disclosure.objects.filter(case=case, legal_article="RAI art. 73bis").update(valid_from=now())
        for party in notice.parties.filter(institution__isnull=False).select_related("institution"):
            if party.institution is not None and random.random() < 0.4:
                record_position(
                    by=_acting(party.institution, network.staff[party.institution.slug][0]),
                    party_id=party.pk,
                    position="renounced",
                    position_on=today(),
                )
