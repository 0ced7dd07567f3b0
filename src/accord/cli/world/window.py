"""The person's window in the demo: letters, requests, a document given, and who read what in one case."""

from __future__ import annotations

import hashlib
from datetime import time, timedelta
from random import Random

from django.conf import settings
from django.utils import translation

from accord.casework.cases.enums import Audience, CaseState, Category, ParticipantRole
from accord.casework.cases.models import Case, CaseDocument, Participant, Step
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent, Grant
from accord.casework.meetings.enums import MeetingState, MinutesState
from accord.casework.meetings.models import AgendaItem, Meeting, Minutes, Seat
from accord.casework.meetings.rules import at_local
from accord.casework.window.enums import RequestKind, RequestState
from accord.casework.window.models import Code, Letter, PersonRequest
from accord.casework.window.rules import answer_due, digest_of, new_number
from accord.casework.window.services.printing import chapters_pdf
from accord.cli.world.emergencies import Told, access_of, write_accesses
from accord.cli.world.network import Network
from accord.foundation.documents.enums import MediaType, ScanState
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store
from accord.foundation.journal.models import Entry
from accord.kernel.clock import now, today
from accord.network.programmes.selectors import programme_for
from accord.web.entrance import LETTER_OF_THE_DEMO

CODES_OF_THE_DEMO = ("BCDF2346", "GHJK3467", "MPQR4678", "TVWX6789")
"""They open the demo's window by the sign-in page, too, with the person's birth date."""
PURPOSES = ("follow a case", "look at an authorisation", "read a document", "home", "plan a step")
ASKED = {
    RequestKind.CORRECTION: (
        "Il est écrit que je travaille à 50 %.",
        "Je travaille à 40 % depuis le mois de mars.",
    ),
    RequestKind.QUESTION: ("Pourquoi mon dossier a-t-il été lu deux fois le même jour ?", ""),
    RequestKind.NOT_INFORMED: ("Je n’ai pas su que la rencontre était avancée.", ""),
    RequestKind.OBJECTION: ("Je ne veux pas que la caisse de pension reçoive ma situation sociale.", ""),
}
ANSWERS = {
    RequestState.DONE: "Nous avons corrigé l’information. Merci de nous l’avoir dit.",
    RequestState.REFUSED: "La loi nous oblige à garder cette information. Appelez-nous, nous vous expliquons.",
}


def furnish(random: Random, network: Network) -> None:
    """One case with all of it; some others with a letter and a request."""
    cases = list(
        Case.objects.filter(
            state=CaseState.OPEN,
            programme="cii-geneve",
            pk__in=Consent.objects.filter(state=ConsentState.ACTIVE, valid_until__gt=now()).values("case"),
        )
        .exclude(person__birth_date="")
        .select_related("person", "lead")
        .order_by("number")[:25]
    )
    ours = next((case for case in cases if case.lead.slug == "oce-ge"), cases[0] if cases else None)
    if ours is None:
        return
    _letters(random, cases, ours)
    _requests(random, cases, ours)
    _give(ours)
    _propose(ours)
    _meet(ours)
    _look_in_an_emergency(ours, network)
    _read(random, ours)


def _letters(random: Random, cases: list[Case], ours: Case) -> None:
    letters, codes = [], []
    for case in cases:
        issued = now() - timedelta(days=random.randint(1, 45))
        letter = Letter(
            case=case,
            number=LETTER_OF_THE_DEMO if case is ours else new_number(),
            salt=f"{random.getrandbits(128):032x}",
            language=case.person.language,
            issued_by=case.lead,
            issued_by_user_id=case.lead_user_id,
            issued_at=now() - timedelta(days=2) if case is ours else issued,
            valid_until=(now() if case is ours else issued) + timedelta(days=28),
        )
        if case is not ours and random.random() < 0.15:
            letter.wrong_tries, letter.locked_at = 5, issued + timedelta(days=3)
        letters.append(letter)
        used = random.randint(0, 4)
        for place in range(6):
            at = letter.issued_at + timedelta(days=1, hours=place)
            digest = f"{random.getrandbits(256):064x}"
            codes.append(Code(letter=letter, digest=digest, used_at=at if place < used else None))
    Letter.objects.bulk_create(letters)
    key = next(letter for letter in letters if letter.number == LETTER_OF_THE_DEMO)
    codes += [
        Code(letter=key, digest=digest_of(code, key.salt, settings.SECRET_KEY)) for code in CODES_OF_THE_DEMO
    ]
    Code.objects.bulk_create(codes)


def _requests(random: Random, cases: list[Case], ours: Case) -> None:
    found = []
    for case in [ours, *(case for case in cases[:12] if case is not ours)]:
        for kind in ASKED if case is ours else random.sample(list(ASKED), 2):
            received = now() - timedelta(days=random.randint(1, 28), hours=random.randint(0, 9))
            text, right = ASKED[kind]
            asked = PersonRequest(
                case=case,
                kind=kind,
                text=text,
                right_text=right,
                received_at=received,
                due_on=answer_due(received.date()),
                state=random.choice(RequestState.values),
            )
            if asked.is_answered:
                asked.answer, asked.answered_by = ANSWERS[RequestState(asked.state)], case.lead
                asked.answered_at = received + timedelta(days=1)
            found.append(asked)
    PersonRequest.objects.bulk_create(found)


def _give(case: Case) -> None:
    """A sheet that the lead gave to the person, and a step of which she is told."""
    with translation.override("fr"):
        content = chapters_pdf(
            {
                "language": "fr",
                "number": case.number,
                "title": "Ce que nous avons convenu",
                "made": "Remis lors de votre entretien.",
                "page": "page",
                "chapters": [
                    {
                        "title": "La suite",
                        "sentences": [
                            "Vous préparez votre curriculum avec votre conseillère.",
                            "Nous nous revoyons dans un mois pour faire le point ensemble.",
                        ],
                        "items": [],
                    }
                ],
            }
        )
    sha256 = hashlib.sha256(content).hexdigest()
    path = store.path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    document = Document.objects.create(
        institution_id=case.lead_id,
        title="Ce que nous avons convenu",
        original_name="convenu.pdf",
        sha256=sha256,
        size=len(content),
        media_type=MediaType.PDF,
        pages=1,
        scan_state=ScanState.CLEAN,
        scanned_at=now(),
    )
    CaseDocument.objects.create(
        case=case,
        owner_id=case.lead_id,
        author_id=case.lead_user_id,
        document=document,
        title=document.title,
        category=int(Category.PLAN),
        audience=Audience.PERSON,
    )
    Step.objects.create(
        case=case,
        owner_id=case.lead_id,
        assignee_id=case.lead_id,
        assignee_user_id=case.lead_user_id,
        title="Faire le point sur le curriculum",
        due_on=now().date() + timedelta(days=12),
        audience=Audience.PERSON,
        category=int(Category.PLAN),
    )


def _meet(case: Case) -> None:
    """A meeting that waits for her answer, and one that was, with minutes for her."""
    programme = programme_for(case.programme, case.programme_version)
    common = {
        "case": case,
        "owner_id": case.lead_id,
        "author_id": case.lead_user_id,
        "audience": Audience.PERSON,
    }
    placed = {
        "kind": programme.meetings[-1].key,
        "person_present": True,
        "place": "Rue des Gares 16, 1201 Genève, salle 3",
    }
    day = today() + timedelta(days=8)
    ahead, past = (at_local(on, time(14)) for on in (day, today() - timedelta(days=20)))
    Meeting.objects.filter(case=case, starts_at__gt=now()).delete()
    coming = Meeting.objects.create(
        starts_at=ahead, ends_at=ahead + timedelta(minutes=45), **placed, **common
    )
    held = Meeting.objects.create(
        starts_at=past, ends_at=past + timedelta(hours=1), state=MeetingState.HELD, **placed, **common
    )
    people = Participant.objects.filter(case=case, left_at__isnull=True, referent__isnull=False)
    Seat.objects.bulk_create(
        Seat(meeting=meeting, institution_id=one.institution_id, user_id=one.referent_id)
        for meeting in (coming, held)
        for one in people[:2]
    )
    category = {"category": int(Category.PLAN)}
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=coming, position=position, text=text, **category, **common)
        for position, text in enumerate(("Votre curriculum", "Le prochain stage et ses horaires"), 1)
    )
    Minutes.objects.create(
        meeting=held,
        state=MinutesState.SIGNED,
        addressed_to=Audience.PERSON,
        sections={
            "decisions": "Vous commencez le programme d’emploi à mi-temps.",
            "next": "Votre conseillère prend contact avec l’entreprise.",
        },
        **category,
        **common,
    )


def _look_in_an_emergency(case: Case, network: Network) -> None:
    """An institution that takes no part looked at her situation a week ago; it was justified."""
    told = Told(
        "smz-brig", 24 * 7, 4, "health", "Malaise à la gare, les secours demandaient qui prévenir.",
        "justified", "Le malaise est attesté. Seules les coordonnées ont été lues.", ended_after=1,
    )  # fmt: skip
    if access := access_of(told, case, network):
        write_accesses([access])


def _propose(case: Case) -> None:
    """An authorisation that waits for her signature: one institution more than today."""
    active = Consent.objects.select_related("text").get(case=case, state=ConsentState.ACTIVE)
    draft = Consent.objects.create(
        case=case,
        text=active.text,
        recorded_by_id=case.lead_id,
        recorded_by_user_id=case.lead_user_id,
        purpose=active.purpose,
        is_recurring=active.is_recurring,
        valid_from=now().date(),
        valid_until=active.valid_until,
    )
    Grant.objects.bulk_create(
        Grant(consent=draft, recipient_id=grant.recipient_id, categories=grant.categories)
        for grant in active.grants.filter(ended_at__isnull=True)
    )


def _read(random: Random, case: Case) -> None:
    """What colleagues looked at during the last weeks."""
    parties = list(Participant.objects.filter(case=case, referent__isnull=False))
    entries = []
    for day in range(40, 0, -1):
        for _time in range(random.choice((0, 0, 1, 2, 3))):
            party = random.choice(parties)
            entries.append(
                Entry(
                    at=now() - timedelta(days=day, minutes=random.randint(0, 500)),
                    user_id=party.referent_id,
                    institution_id=party.institution_id,
                    verb="read",
                    is_read=True,
                    subject_kind=random.choice(("case", "case", "consent", "document")),
                    subject_id=case.pk,
                    subject_label=case.number,
                    cases=[case.pk],
                    purpose=random.choice(PURPOSES),
                    legal_basis="party" if party.role == ParticipantRole.DESK else "consent; party",
                )
            )
    Entry.objects.bulk_create(entries)
