"""An insurer communicates a case to the AI office; a CII case that stands in both circles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from accord.casework.cases.models import Case
from accord.casework.cases.services import join_second_circle
from accord.casework.consents.models import Consent
from accord.casework.consents.services import prepare_consent, sign_on_screen
from accord.casework.detection.models import Detection, Notice
from accord.casework.detection.services import answer_communication, serve_notice
from accord.casework.referrals.services import accept_referral, save_draft, send_referral, start_referral
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from scenarios import Colleague, colleague, in_days, institution, open_case, person

STROKES = [[[x, 20 + x % 7, x * 10] for x in range(0, 60, 3)]]
IDENTITY, BENEFITS, WORK, CAPACITY = 1, 2, 8, 16
CRITERIA = {"target_person": True, "informed": True, "thirty_days": False, "within_six_months": True}
ANSWERS = {"reason_text": "Arrêt prolongé", "contract_status": "in_force", "cause": "illness"}


@dataclass
class Plus:
    """The daily-allowance insurer has communicated a case to the AI office; the others are of the circle."""

    lea: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.INSURER_DAILY_LAMAL, name="Mutuelle"))
    )
    anne: Colleague = field(default_factory=lambda: colleague(institution(Kind.AI_OFFICE, name="Office AI")))
    paul: Colleague = field(default_factory=lambda: colleague(institution(Kind.PENSION_FUND, name="Caisse")))
    aline: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.INSURER_ACCIDENT, name="Alpina"))
    )
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        by = self.lea.actor
        with acting_as(by):
            referral = start_referral(
                by=by, programme_slug="cii-plus", person=person(self.lea.institution, language="de")
            )
            save_draft(
                by=by,
                referral_id=referral.pk,
                version=referral.version,
                subject="Reprise du travail",
                reasons=["incapacity"],
                criteria=CRITERIA,
                answers=ANSWERS,
                questions="",
                announcer_kind="e",
                insured_informed_on=in_days(-3),
                desk_id=self.anne.institution.pk,
            )
            send_referral(by=by, referral_id=referral.pk)
        self.referral = referral
        self.case = referral.case

    @property
    def detection(self) -> Detection:
        return Detection.objects.get(case=self.case)

    def accepted(self) -> Plus:
        with acting_as(self.anne.actor):
            accept_referral(by=self.anne.actor, referral_id=self.referral.pk)
        self.case.refresh_from_db()
        return self

    def answered(self, outcome: str = "indicated", **changes: object) -> Detection:
        words = {
            "outcome": outcome,
            "reasons": "L’arrêt dure.",
            "answered_on": in_days(0),
            "version": self.detection.version,
        }
        with acting_as(self.anne.actor):
            return answer_communication(by=self.anne.actor, detection_id=self.detection.pk, **words | changes)

    def served(self, to: tuple[Institution, ...] | None = None, **changes: object) -> Notice:
        words = {"subject": "pension", "summary": "Refus de la rente prévu.", "sent_on": in_days(0)}
        to = (self.paul.institution,) if to is None else to
        with acting_as(self.anne.actor):
            return serve_notice(
                by=self.anne.actor,
                case_id=self.case.pk,
                institutions=[one.pk for one in to],
                **words | changes,
            )


@dataclass
class BothCircles:
    """A Geneva case led by the AI office; the insurer is of CII-plus only, the social aid of both circles."""

    anne: Colleague = field(default_factory=lambda: colleague(institution(Kind.AI_OFFICE, name="Office AI")))
    sami: Colleague = field(default_factory=lambda: colleague(institution(Kind.SOCIAL_AID, name="Hospice")))
    lea: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.INSURER_DAILY_LAMAL, name="Mutuelle"))
    )
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        self.case = open_case(self.anne, about=person(self.anne.institution))

    def joined(self) -> BothCircles:
        with acting_as(self.anne.actor):
            join_second_circle(by=self.anne.actor, case_id=self.case.pk, programme_slug="cii-plus")
        return self

    def prepared(self, to: dict[Institution, int], circle: str = "", until: date | None = None) -> Consent:
        by = self.anne.actor
        with acting_as(by):
            return prepare_consent(
                by=by,
                case_id=self.case.pk,
                language="fr",
                purpose="un plan commun",
                is_recurring=True,
                valid_from=in_days(0),
                valid_until=until or in_days(200),
                grants={one.pk: mask for one, mask in to.items()},
                circle=circle,
            )

    def signed(self, to: dict[Institution, int], circle: str = "", until: date | None = None) -> Consent:
        prepared, by = self.prepared(to, circle, until), self.anne.actor
        with acting_as(by):
            return sign_on_screen(by=by, consent_id=prepared.pk, signatory="person", strokes=STROKES)
