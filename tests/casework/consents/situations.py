"""A running case in Geneva, whose caseworker asks the person for her authorisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

import pypdfium2
from django.core.files.base import ContentFile

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.consents.models import Consent
from accord.casework.consents.services import prepare_consent, sign_on_paper, sign_on_screen
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store_document
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from scenarios import Colleague, colleague, in_days, institution, open_case, person

STROKES = [[[x, 20 + x % 7, x * 10] for x in range(0, 60, 3)]]
IDENTITY, WORK, PLAN = int(Category.IDENTITY), int(Category.WORK), int(Category.PLAN)
MEDICAL = int(Category.MEDICAL)


def pdf() -> bytes:
    """A page that says nothing."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


@dataclass
class Geneva:
    """The AI office leads; the social aid takes part; the employment office knows nothing yet."""

    anne: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.AI_OFFICE, name="Office AI"), last_name="Muller")
    )
    sami: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.SOCIAL_AID, name="Hospice"), last_name="Haddad")
    )
    employment: Institution = field(
        default_factory=lambda: institution(Kind.EMPLOYMENT_OFFICE, name="Office de l’emploi")
    )

    case: Case = field(init=False)

    def __post_init__(self) -> None:
        self.case = open_case(self.anne, about=person(self.anne.institution))

    @property
    def social(self) -> Institution:
        return self.sami.institution

    def prepared(
        self,
        *,
        by: Colleague | None = None,
        to: dict[Institution, int] | None = None,
        since: date | None = None,
        until: date | None = None,
        **changes: object,
    ) -> Consent:
        """A form that waits for its signature."""
        by = by or self.anne
        grants = to or {self.social: IDENTITY | WORK, self.employment: IDENTITY}
        with acting_as(by.actor):
            return prepare_consent(
                by=by.actor,
                case_id=self.case.pk,
                grants={recipient.pk: mask for recipient, mask in grants.items()},
                valid_from=since or in_days(0),
                valid_until=until or in_days(300),
                **{"language": "fr", "purpose": "un plan commun", "is_recurring": True} | changes,
            )

    def signed(self, **changes: object) -> Consent:
        """An authorisation in force, signed on the screen."""
        by = changes.get("by") or self.anne
        prepared = self.prepared(**changes)
        with acting_as(by.actor):
            return sign_on_screen(by=by.actor, consent_id=prepared.pk, signatory="person", strokes=STROKES)

    def scan(self, by: Colleague | None = None) -> Document:
        by = by or self.anne
        with acting_as(by.actor):
            return store_document(by=by.actor, file=ContentFile(pdf(), name="feuille.pdf"))

    def signed_on_paper(self, on: date | None = None) -> Consent:
        prepared = self.prepared()
        scan = self.scan()
        with acting_as(self.anne.actor):
            return sign_on_paper(
                by=self.anne.actor,
                consent_id=prepared.pk,
                signed_on=on or in_days(-1),
                signatory="representative",
                scan=scan,
            )
