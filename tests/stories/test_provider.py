"""Seed 002 through the screens, from an offer of service to a payment within thirty days.

Somebody reads what an office expects and offers her service without an account; contract management asks back
and admits her with four eyes; both negotiate prices and sign a convention; a counsellor proposes a measure
within a person's plan, a colleague validates it before it begins, and a mandate with its decision number goes
to the provider. She notes presence, reports by the right way in, and bills with real XML files of 4.5 and 5.0:
a wrong sum comes back line by line, what is right is approved by two, ordered once, and booked by the bank.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from email.message import EmailMessage

import pytest
from django.conf import settings as live
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from lxml import etree

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.plans.models import Goal, Measure
from accord.foundation.accounts.models import User
from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME, frozen_at, today
from accord.kernel.database import acting_as
from accord.network.agreements.models import Agreement, Party
from accord.network.institutions.enums import Kind, Role
from accord.purchasing.invoices.models import Invoice, PaymentOrder
from accord.purchasing.invoices.rules import check_bytes
from accord.purchasing.invoices.rules.paying import PAIN
from accord.purchasing.invoices.rules.schemas import RESPONSE, schema_of
from accord.purchasing.invoices.rules.writing import Address, Draft, DraftLine, write_invoice
from accord.purchasing.invoices.services import check_waiting
from accord.purchasing.measures.models import Attendance, Delivery, IndividualMeasure, Mandate
from accord.purchasing.measures.services import move_on
from accord.purchasing.measures.services.door import refuse
from accord.purchasing.providers.models import MagicLink, Offer, Provider, TariffPosition, TariffProposal
from accord.purchasing.providers.services import send_link
from accord.purchasing.providers.services.links import token_of
from furnishing.agreements import PNG
from purchasing.invoices.official import IS_HERE
from scenarios import (
    Colleague,
    avs_number,
    colleague,
    in_days,
    institution,
    open_case,
    opened_to,
    person,
    programmes,
)
from stories.desks import Desk, Screen, plain, text_of

pytestmark = pytest.mark.django_db

GLN, OFFICE_GLN = "7601000000057", "7601000000064"
IBAN, OFFICE_IBAN = "CH93 0076 2011 6238 5295 7", "CH56 0483 5012 3456 7800 9"
MONTHLY, HOURLY = "905.500.2", "905.310.5"
NS = {"p": PAIN}
WAYS = (
    "providers:list", "providers:offers", "providers:guidance", "agreements:list", "measures:list",
    "measures:space", "measures:search", "measures:deliveries", "measures:office-code", "invoices:list",
    "invoices:sent", "invoices:payments", "invoices:totals", "notifications:list",
)  # fmt: skip
"""Lists to which the homes lead."""


def typed(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")


@contextmanager
def on(day: date) -> Iterator[None]:
    """That day at noon, after the worker's morning."""
    with frozen_at(datetime.combine(day, time(12), SWISS_TIME)):
        move_on(on=day)
        yield


class Seed002:
    """An AI office with its contract management, counsellors and invoice desk; a person; somebody who offers."""

    provider: Provider
    chloe: Desk
    agreement: Agreement
    measure: IndividualMeasure
    mandate: Mandate

    def __init__(self) -> None:
        programmes()
        self.house = institution(Kind.AI_OFFICE, "ocai-geneve", name="Office cantonal AI", short_name="OCAI")
        names = {
            "contracts": (Role.MANAGER, "Aubry"),
            "second": (Role.MANAGER, "Bonvin"),
            "counsellor": (Role.CASEWORKER, "Corboz"),
            "validating": (Role.CASEWORKER, "Droz"),
            "invoices": (Role.SECRETARY, "Favre"),
            "administration": (Role.ADMINISTRATOR, "Girod"),
        }
        self.desks = {
            key: Desk(colleague(self.house, role, last_name=name)) for key, (role, name) in names.items()
        }
        self.visitor = Screen(Client())
        counsellor = self.desks["counsellor"].who
        self.person = person(self.house, "Rochat", "Camille", avs_number=avs_number(), sex="2")
        self.case: Case = open_case(counsellor, about=self.person)
        opened_to(self.case, self.house, *Category)
        self.first = (today().replace(day=1) + timedelta(days=32)).replace(day=1)
        self.second_month = (self.first + timedelta(days=32)).replace(day=1)
        self.last = (self.second_month + timedelta(days=62)).replace(day=1) - timedelta(days=1)

    def __getattr__(self, name: str) -> Desk:
        try:
            return self.__dict__["desks"][name]
        except KeyError:
            raise AttributeError(name) from None


@pytest.fixture
def story(settings, tmp_path) -> Seed002:
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    return Seed002()


def test_from_an_offer_of_service_to_a_payment(story: Seed002, monkeypatch: pytest.MonkeyPatch) -> None:
    the_office_says_what_it_expects(story)
    a_service_is_offered_without_an_account(story)
    contract_management_asks_back_and_admits(story)
    prices_are_negotiated_and_both_sign(story)
    a_measure_is_validated_before_it_begins(story)
    a_mandate_goes_to_the_provider(story)
    with on(story.first + timedelta(days=11)):
        presence_is_noted(story, story.first)
        a_report_goes_by_its_own_way_in(story)
        an_invoice_by_mail_is_refused_politely(monkeypatch)
    with on(story.second_month + timedelta(days=2)):
        first = the_first_month_is_billed(story)
        its_day_of_payment_is_in_thirty_days(story, first)
    with on(story.second_month + timedelta(days=9)):
        presence_is_noted(story, story.second_month)
        wrong = a_wrong_sum_comes_back_line_by_line(story)
        second = what_is_right_is_accepted(story, wrong)
        two_people_approve(story, first, second)
        order = the_bank_gets_one_file(story, first, second)
    with on(story.second_month + timedelta(days=12)):
        the_bank_tells_what_it_booked(story, order, first, second)
        nothing_was_typed(story)


def the_office_says_what_it_expects(story: Seed002) -> None:
    said = {
        "quality": "Un accompagnement de qualité, mesuré chaque année.",
        "price": "Des prix justifiés par position.",
        "prerequisites": "Un concept écrit et du personnel formé.",
    }
    for topic, text in said.items():
        story.contracts.fills("providers:publish", topic, text=text)
    story.administration.fills("measures:office-code", code="325")
    story.contracts.fills(
        "invoices:terms", iban=OFFICE_IBAN, gln=OFFICE_GLN, postal_code="1201", city="Genève",
        four_eyes_above="1500", days="30",
    )  # fmt: skip
    public = story.visitor.reads("providers:becoming")
    assert story.house.name in public
    assert "n’achète ni ne réserve de places" in public
    expected = story.visitor.reads("providers:expectations", "ocai-geneve")
    assert all(text in expected for text in said.values())


def a_service_is_offered_without_an_account(story: Seed002) -> None:
    visitor = story.visitor
    visitor.fills("providers:start", "ocai-geneve", email="direction@atelier.example")
    link = MagicLink.objects.get()
    send_link(link.pk)
    opening = reverse("providers:opening", args=["ocai-geneve", token_of(link)])
    assert opening in str(mail.outbox[-1].body)
    assert visitor.client.get(opening).status_code == 200
    assert visitor.client.post(opening).headers["Location"] == reverse("providers:my_offer")
    assert Client().post(opening).headers["Location"] != reverse("providers:my_offer"), "a link opens once"
    visitor.fills(
        "providers:my_offer",
        name="Atelier du Rhône", provider_kind="association", contact="La direction",
        address="Rue des Artisans 12\n1227 Carouge", languages="français, allemand", places="Carouge",
        offers="Coaching vers l’emploi.", quality="Personnel diplômé.", prices="Le mois 950.–, l’heure 150.–.",
        gln=GLN, iban=IBAN,
    )  # fmt: skip
    for piece in ("concept", "staff", "insurance"):
        visitor.fills("providers:my_offer", to="providers:my_pieces", piece=piece, file=scan(f"{piece}.png"))
    assert "Statuts" in visitor.reads("providers:my_offer"), "an association joins its statutes"
    assert Offer.objects.get().state == "draft"
    visitor.fills("providers:my_offer", to="providers:my_pieces", piece="legal", file=scan("statuts.png"))
    assert "L’offre est complète" in visitor.reads("providers:my_offer")
    visitor.presses("providers:my_sending", on=("providers:my_offer",))
    assert Offer.objects.get().number in visitor.reads("providers:my_offer"), "a receipt has its number"


def contract_management_asks_back_and_admits(story: Seed002) -> None:
    offer = Offer.objects.get()
    assert offer.number in story.contracts.reads("providers:offers")
    story.contracts.fills("providers:question", offer.pk, question="Combien de coachs diplômés ?")
    send_link(MagicLink.objects.latest("created_at").pk)
    assert "question" in str(mail.outbox[-1].body)
    story.visitor.fills("providers:my_offer", to="providers:my_answer", answer="Quatre, à 80 %.")
    assert "Quatre, à 80 %." in story.contracts.reads("providers:review", offer.pk)
    story.contracts.fills("providers:proposition", offer.pk, verdict="accept", reasons="Qualité démontrée.")
    assert "Prendre cette décision" not in story.contracts.reads("providers:review", offer.pk), "four eyes"
    story.second.presses("providers:decision", offer.pk, on=("providers:review", offer.pk))
    story.provider = Provider.objects.get()
    assert (story.provider.gln, story.provider.iban) == (GLN, IBAN.replace(" ", ""))
    send_link(MagicLink.objects.latest("created_at").pk)
    assert "acceptée" in story.visitor.reads("providers:my_offer")
    story.contracts.fills(
        "providers:invite", story.provider.pk, email="c.clerc@atelier.example", first_name="Chloé",
        last_name="Clerc", role=Role.MANAGER,
    )  # fmt: skip
    chloe = User.objects.get(email="c.clerc@atelier.example")
    story.chloe = Desk(Colleague(chloe, story.provider.institution, (Role.MANAGER,)))
    assert "Achats de mesures" in story.chloe.reads("providers:home")


def prices_are_negotiated_and_both_sign(story: Seed002) -> None:
    ours, theirs = story.contracts, story.chloe
    ours.fills(
        "agreements:draft", kind="provider", title="Coaching vers l’emploi",
        partner=str(story.provider.institution_id), role="provider", starts_on=typed(today()),
        ends_on=typed(in_days(700)), notice_months="3",
    )  # fmt: skip
    agreement = story.agreement = Agreement.objects.get()
    theirs.page("agreements:show", agreement.pk, status=404)
    text = {
        "part-0-title": "Objet",
        "part-0-text": "Coaching de personnes assurées ; aucune place n’est réservée.",
        "comment": "Premier texte",
    }
    ours.fills("agreements:write", agreement.pk, **text)
    show = ("agreements:show", agreement.pk)
    ours.presses("agreements:state", agreement.pk, on=show, acte="envoi")
    theirs.fills(
        "agreements:write", agreement.pk, comment="Délai de réponse", **{
            "part-1-title": "Rapports", "part-1-text": "Un bilan à mi-parcours et un rapport final.",
        },
    )  # fmt: skip
    assert "Rapports" in ours.reads("agreements:versions", agreement.pk, nouvelle="2")
    for code, unit, label, asked, agreed in (
        (MONTHLY, "month", "Forfait mensuel", "950", "900"),
        (HOURLY, "hour", "Heure de coaching", "150", "145"),
    ):
        theirs.fills(
            "providers:price", agreement.pk, code=code, label=label, unit=unit, price=asked,
            valid_from=typed(today()),
        )  # fmt: skip
        first = TariffProposal.objects.get(code=code, state="open")
        ours.fills("providers:counter", first.pk, price=agreed, comment="Prix de la région")
        second = TariffProposal.objects.get(code=code, state="open")
        prices = ("providers:tariffs", agreement.pk)
        theirs.presses("providers:answer_price", second.pk, on=prices, acte="accord")
        assert TariffPosition.objects.get(agreement=agreement, code=code).price == Decimal(agreed)
    story.second.presses("agreements:state", agreement.pk, on=show, acte="approbation-2")
    ours.presses("agreements:state", agreement.pk, on=show, acte="signature")
    party = {one.institution_id: one for one in Party.objects.filter(agreement=agreement)}
    theirs.fills(
        "agreements:sign_screen", agreement.pk, party[story.provider.institution_id].pk,
        signatory="C. Clerc, directrice", entitled="on", confirmation=agreement.number,
    )  # fmt: skip
    agreement.refresh_from_db()
    assert agreement.state == "signing", "it binds when every party has signed"
    ours.fills(
        "agreements:sign_paper", agreement.pk, party[story.house.pk].pk, signatory="A. Aubry, directrice",
        signed_on=typed(today()), scan=scan("signature.png"),
    )  # fmt: skip
    agreement.refresh_from_db()
    assert agreement.state == "in_force"


def a_measure_is_validated_before_it_begins(story: Seed002) -> None:
    counsellor, case = story.counsellor, story.case
    counsellor.fills("plans:goals", case.pk, text="Travailler à 60 %", target_on=typed(in_days(200)))
    goal = Goal.objects.get()
    counsellor.fills(
        "plans:measures", case.pk, goal=str(goal.origin), kind="advice", title="Conseils et suivi"
    )
    found = counsellor.reads("measures:search", what="coaching", where="Carouge", langue="")
    assert "Atelier du Rhône" in found
    words = {
        "plan_measure": str(Measure.objects.get().origin),
        "kind": "advice",
        "title": "Coaching vers l’emploi",
        "until": typed(story.last),
        "amount": "9000",
        "objectives": "Trouver un stage\nTenir une demi-journée",
        "appropriate": "Elle répond au but du plan.",
        "simple": "Un suivi plus léger n’a pas suffi.",
        "adequate": "Le résultat vaut la dépense.",
    }
    late = counsellor.tries("measures:proposals", case.pk, since=typed(today()), **words)
    assert late.status_code == 422, "only what is validated before its first day is paid"
    counsellor.fills("measures:proposals", case.pk, since=typed(story.first), **words)
    story.measure = IndividualMeasure.objects.get()
    show = ("measures:show", story.measure.pk)
    assert "Valider la mesure" not in counsellor.reads(*show), "not by who proposed it"
    assert "Valider une mesure" in story.validating.reads("web:home", pour="institution")
    story.validating.presses("measures:validation", story.measure.pk, on=show)
    letter = counsellor.client.get(reverse("measures:letter", args=[story.measure.pk]))
    assert "Coaching vers l’emploi" in text_of(letter.content)


def a_mandate_goes_to_the_provider(story: Seed002) -> None:
    counsellor, measure = story.counsellor, story.measure
    assert "Atelier du Rhône" in counsellor.reads("measures:provider-choice", measure.pk)
    quantities = {MONTHLY: "3", HOURLY: "36"}
    page = counsellor.page("measures:order", measure.pk, story.provider.pk)
    labels = re.findall(r'for="id_(position_\d)"[^>]*>\s*(90\d\.\d{3}\.\d)', page)
    fields = {name: quantities[code] for name, code in labels}
    counsellor.fills("measures:order", measure.pk, story.provider.pk, intensity="medium", **fields)
    mandate = story.mandate = Mandate.objects.get()
    assert re.fullmatch(rf"325{today().year}\d{{7}}", mandate.decision_number)
    assert "Rochat" in story.chloe.reads("measures:space", liste="nouveaux")
    given = story.chloe.reads("measures:given", mandate.pk)
    assert mandate.decision_number in given and "Trouver un stage" in given
    assert story.case.number not in given, "a mandate shows no case"
    story.chloe.page("web:case", story.case.pk, status=403)
    story.chloe.presses("measures:goals", mandate.pk, on=("measures:given", mandate.pk))


def presence_is_noted(story: Seed002, month: date) -> None:
    """Three hours on each of four days; a thirteenth hour is one too many."""
    days = [month + timedelta(days=number) for number in range(4)]
    hours = {f"presence-{day}": "present" for day in days} | {f"hours-{day}": "3" for day in days}
    query = {"mois": f"{month:%Y-%m}"}
    chloe, mandate = story.chloe, story.mandate
    over = chloe.tries("measures:presence", mandate.pk, query=query, **hours | {f"hours-{days[0]}": "4"})
    assert over.status_code == 422
    chloe.fills("measures:presence", mandate.pk, query=query, **hours)
    assert Attendance.objects.filter(mandate=mandate, day__in=days).count() == 4


def a_report_goes_by_its_own_way_in(story: Seed002) -> None:
    """Three ways in stand apart; each gives a receipt with its number."""
    chloe, mandate = story.chloe, story.mandate
    space = chloe.reads("measures:space")
    for way in ("Offres et conventions", "Rapports d’une personne", "Autres documents d’une personne"):
        assert way in space
    interim = mandate.reports.get(kind="interim")
    chloe.fills(
        "measures:write-report", interim.pk, course="Présente et ponctuelle.", progress="Un stage est en vue."
    )
    delivery = Delivery.objects.get()
    receipt = chloe.client.get(reverse("measures:receipt", args=[delivery.pk]))
    assert delivery.number in text_of(receipt.content)
    assert "Lire le rapport" in story.counsellor.reads("web:home", pour="institution")
    assert "Un stage est en vue." in story.counsellor.reads("measures:report", interim.pk)
    story.counsellor.presses("measures:acceptance", interim.pk, on=("measures:report", interim.pk))
    misplaced = chloe.tries("measures:documents", mandate.pk, title="Bilan final", file=scan("bilan.png"))
    assert misplaced.status_code == 422
    assert "ressemble à un rapport" in plain(misplaced.content.decode())


def an_invoice_by_mail_is_refused_politely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "close_all", lambda: None)
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "compta@atelier.example", "Facture de novembre"
    letter.set_content("Ci-joint.")
    letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="facture.pdf")
    before = len(mail.outbox)
    assert refuse("compta@atelier.example", letter.as_bytes()) == "invoice"
    (reply,) = mail.outbox[before:]
    assert "Pour des raisons de sécurité" in reply.body
    assert reverse("measures:space") in reply.body, "it shows the way"
    assert not Invoice.objects.exists()


def bill(story: Seed002, version: str, number: str, month: date) -> Draft:
    """What the provider's program makes of the mandate: hours by their day, and the month once it is over."""
    mandate, provider = story.mandate, story.provider
    end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    prices = {row.code: row for row in mandate.positions.all()}
    hours = [
        DraftLine(HOURLY, prices[HOURLY].label, row.hours, prices[HOURLY].price, row.day)
        for row in Attendance.objects.filter(mandate=mandate, day__range=(month, end)).order_by("day")
    ]
    whole = DraftLine(MONTHLY, prices[MONTHLY].label, Decimal(1), prices[MONTHLY].price, month, end)
    return Draft(
        version=version,
        request_id=number,
        requested=datetime.combine(today(), time(9), SWISS_TIME),
        provider=Address(provider.institution.name, "Rue des Artisans 12", "1227", "Carouge", GLN),
        office=Address("Office cantonal AI", "Rue des Gares 12", "1201", "Genève", OFFICE_GLN),
        insured=Address(
            mandate.family_name, mandate.street, mandate.postal_code, mandate.city,
            given_name=mandate.given_names,
        ),
        gender="female",
        birth=date.fromisoformat(mandate.birth_date),
        ssn=mandate.avs_number,
        decision=mandate.decision_number,
        iban=provider.iban,
        lines=(whole, *hours) if end < today() else hours,
        canton="GE",
    )  # fmt: skip


def sent(story: Seed002, data: bytes, name: str) -> Invoice:
    """Uploaded by the provider, and checked by the worker."""
    file = SimpleUploadedFile(name, data, "application/xml")
    story.chloe.fills("invoices:upload", office=str(story.house.pk), messages=file)
    with acting_as(WORKER):
        assert check_waiting(story.house.pk) == 1
    assert check_bytes(data, schemas=live.ACCORD_SCHEMA_DIR).schema_used is IS_HERE
    return Invoice.objects.get(sha256=hashlib.sha256(data).hexdigest())


def answer_to(story: Seed002, invoice: Invoice) -> etree._Element:
    """The generalInvoiceResponse that the provider's program fetches, held against the official schema."""
    page = story.chloe.page("invoices:show", invoice.pk)
    response = invoice.responses.latest("created_at")
    address = reverse("invoices:response", args=[invoice.pk, response.pk])
    assert address in page
    root = etree.fromstring(story.chloe.client.get(address).content)
    schema = schema_of(live.ACCORD_SCHEMA_DIR, RESPONSE, invoice.message_version)
    assert (schema is not None) is IS_HERE
    if schema is not None:
        schema.assertValid(root)
    return root


def the_first_month_is_billed(story: Seed002) -> Invoice:
    invoice = sent(story, write_invoice(bill(story, "4.5", "2027-001", story.first)), "facture-1.xml")
    assert invoice.state == "accepted", list(invoice.findings.values_list("code", "values"))
    assert (invoice.message_version, invoice.amount) == ("4.5", Decimal("2640.00"))
    assert answer_to(story, invoice).find(".//{*}accepted") is not None
    again = story.chloe.fills(
        "invoices:upload", office=str(story.house.pk),
        messages=SimpleUploadedFile("encore.xml", write_invoice(bill(story, "4.5", "2027-001", story.first))),
    )  # fmt: skip
    assert again.headers["Location"] == reverse("invoices:sent")
    assert Invoice.objects.count() == 1, "the same file is here once"
    return invoice


def its_day_of_payment_is_in_thirty_days(story: Seed002, invoice: Invoice) -> None:
    assert invoice.due_on == today() + timedelta(days=30)
    desk = story.invoices.reads("invoices:list")
    assert invoice.number in desk and "L’horloge des trente jours" in desk
    paper = story.chloe.client.get(reverse("invoices:printed", args=[invoice.pk]))
    words = text_of(paper.content)
    assert "2027-001" in words and "2640.00" in words
    assert "Section paiement" in words and "CH93 0076 2011 6238 5295 7" in words, "a QR-bill"


def a_wrong_sum_comes_back_line_by_line(story: Seed002) -> Invoice:
    right = write_invoice(bill(story, "5.0", "2027-002", story.second_month))
    wrong = right.replace(b'amount="435.00"', b'amount="435.05"', 1)
    assert wrong != right
    invoice = sent(story, wrong, "facture-2.xml")
    assert (invoice.state, invoice.message_version) == ("rejected", "5.0")
    line = next(n for n, text in enumerate(wrong.splitlines(), 1) if b"435.05" in text)
    found = invoice.findings.get(code="line.amount")
    assert (found.line, found.record_id) == (line, 1)
    page = story.chloe.reads("invoices:show", invoice.pk)
    assert f"ligne {line} du fichier" in page and "prestation 1" in page and "435.05" in page
    rejected = answer_to(story, invoice).find(".//{*}rejected")
    assert rejected is not None and rejected.find("{*}error") is not None
    assert "refusée" in story.chloe.reads("notifications:list")
    return invoice


def what_is_right_is_accepted(story: Seed002, wrong: Invoice) -> Invoice:
    """A corrected file with the same number takes the place of what was refused."""
    data = write_invoice(bill(story, "5.0", wrong.number, story.second_month))
    invoice = sent(story, data, "facture-2-corrigee.xml")
    assert invoice.state == "accepted", list(invoice.findings.values_list("code", "values"))
    assert invoice.amount == Decimal("1740.00")
    assert answer_to(story, invoice).find(".//{*}accepted") is not None
    month_again = sent(
        story, write_invoice(bill(story, "5.0", "2027-003", story.second_month)), "facture-3.xml"
    )
    assert month_again.state == "rejected", "one invoice a decision and month"
    return invoice


def two_people_approve(story: Seed002, *invoices: Invoice) -> None:
    for invoice in invoices:
        show = ("invoices:show", invoice.pk)
        for number, desk in enumerate((story.invoices, story.contracts)):
            invoice.refresh_from_db()
            assert invoice.state == "accepted"
            assert "deux personnes approuvent" in desk.reads(*show) or number
            desk.presses("invoices:approval", invoice.pk, on=show, version=str(invoice.version))
            if not number:
                assert "Vous l’avez déjà approuvée" in desk.reads(*show)
        invoice.refresh_from_db()
        assert invoice.state == "approved"
        assert invoice.approved_by_id != invoice.second_by_id


def the_bank_gets_one_file(story: Seed002, *invoices: Invoice) -> etree._Element:
    bank = story.invoices
    assert all(invoice.number in bank.reads("invoices:payments") for invoice in invoices)
    bank.fills("invoices:payments", execute_on=typed(today()))
    order = PaymentOrder.objects.get()
    export = reverse("invoices:export", args=[order.pk])
    assert export in bank.page("invoices:payments")
    file = bank.client.post(export)
    root = etree.fromstring(file.content)
    assert root.tag == f"{{{PAIN}}}Document"
    sums = {node.text for node in root.iterfind(".//p:InstdAmt", NS)}
    assert sums == {"2640.00", "1740.00"}
    assert root.findtext(".//p:CtrlSum", namespaces=NS) == "4380.00"
    assert bank.client.post(export).status_code == 302, "a file is given out once"
    return root


def the_bank_tells_what_it_booked(story: Seed002, order: etree._Element, *invoices: Invoice) -> None:
    booked = [
        (
            payment.findtext(".//p:EndToEndId", namespaces=NS),
            payment.findtext(".//p:InstdAmt", namespaces=NS),
        )
        for payment in order.iterfind(".//p:CdtTrfTxInf", NS)
    ]
    rows = "".join(
        f"<Ntry><Amt Ccy='CHF'>{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt>"
        f"<Dt>{today()}</Dt></BookgDt><AcctSvcrRef>B{number}</AcctSvcrRef><NtryDtls><TxDtls><Refs>"
        f"<EndToEndId>{key}</EndToEndId></Refs><Amt Ccy='CHF'>{amount}</Amt></TxDtls></NtryDtls></Ntry>"
        for number, (key, amount) in enumerate(booked)
    )
    statement = (
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.054.001.08'><BkToCstmrDbtCdtNtfctn><Ntfctn>"
        f"{rows}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    ).encode()
    for _twice in range(2):
        story.invoices.fills("invoices:statement", statement=SimpleUploadedFile("camt.xml", statement))
    for invoice in invoices:
        invoice.refresh_from_db()
        assert (invoice.state, invoice.paid_on) == ("paid", today())
        assert invoice.paid_on <= invoice.due_on
        assert f"Payée le {typed(today())}" in story.chloe.reads("invoices:show", invoice.pk)
    assert "payée" in story.chloe.reads("notifications:list")
    assert "4380" in story.invoices.reads("invoices:totals").replace(" ", "")


def nothing_was_typed(story: Seed002) -> None:
    """Every address that was opened is reached by links, from one's home on."""
    story.counsellor.reads("cases:list")
    for panel in ("plan", "mesures"):
        story.counsellor.sees(story.case, panel)
    for desk in (*story.desks.values(), story.chloe):
        desk.reads("web:home")
        desk.reads("providers:home")
        for name in WAYS:
            if reverse(name) in desk.offered:
                desk.reads(name)
        assert not desk.typed(), desk.who.user.name
    story.visitor.page("account_login")
    assert not {path for path in story.visitor.typed() if "mon-offre" not in path}, (
        "her offer opens by a mail"
    )
