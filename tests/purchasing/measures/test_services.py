"""A measure from its proposal to its end, and all that is refused on the way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accord.casework.capacity.services import note_incapacity
from accord.foundation.notifications.models import Notification
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.states import ForbiddenTransition
from accord.network.institutions.enums import Kind
from accord.people.persons.models import Person
from accord.purchasing.measures.enums import MandateState, MeasureState, ReportState
from accord.purchasing.measures.models import (
    Attendance,
    Delivery,
    IndividualMeasure,
    Mandate,
    OfficeCode,
    Report,
)
from accord.purchasing.measures.selectors import (
    Wish,
    attended,
    given_mandate,
    goals_met,
    mandate_by_decision,
    reports_on_time,
    search,
)
from accord.purchasing.measures.services import (
    BadFile,
    ReportWords,
    accept_report,
    agree_goals,
    ask_back,
    evaluate_measure,
    hand_in_contract,
    hand_in_document,
    import_presence,
    interrupt_measure,
    next_decision_number,
    propose_measure,
    refuse_measure,
    remind_of_reports,
    resume_measure,
    send_report,
    stop_measure,
    validate_measure,
    withdraw_measure,
    write_presence,
)
from accord.purchasing.providers.models import Provider
from purchasing.measures.ordering import (
    Office,
    act,
    admitted,
    around,
    days_later,
    ordered,
    proposed,
    validated,
)
from scenarios import colleague, opened_to

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj"
    b" 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>"
)


@pytest.fixture
def office() -> Office:
    return around()


def refused(verb, field: str | None = None) -> str:
    with pytest.raises(Refused) as caught:
        verb()
    if field:
        assert caught.value.field == field
    return caught.value.sentence


def test_a_measure_is_proposed_within_the_plan_and_validated_by_another(office):
    measure = proposed(office)
    assert (measure.state, measure.phase) == (MeasureState.PROPOSED, "rehabilitation")
    assert "Une autre personne" in refused(lambda: act(office.anne, validate_measure, measure_id=measure.pk))
    done = act(office.bruno, validate_measure, measure_id=measure.pk)
    assert (done.state, done.validated_by_id, done.validated_on) == (
        MeasureState.VALIDATED,
        office.bruno.user.pk,
        today(),
    )
    assert {check["code"] for check in done.checks} >= {"beforehand", "fitness_unknown", "competition"}
    assert act(office.bruno, validate_measure, measure_id=measure.pk).version == done.version, "twice is once"


def test_what_already_began_is_neither_proposed_nor_validated(office):
    refused(lambda: proposed(office, since=today()), "since")
    refused(lambda: proposed(office, since=today() - timedelta(days=3)), "since")
    measure = proposed(office)
    IndividualMeasure.objects.filter(pk=measure.pk).update(since=today())
    assert "déjà commencé" in refused(lambda: act(office.bruno, validate_measure, measure_id=measure.pk))


def test_a_proposal_that_nobody_validated_lapses_on_its_first_day(office):
    measure = proposed(office)
    with days_later(5):
        measure.refresh_from_db()
        assert measure.state == MeasureState.LAPSED


def test_the_database_knows_four_eyes_and_the_day_before(office):
    measure = proposed(office)
    for wrong in (
        {"validated_by": office.anne.user, "validated_on": today()},
        {"validated_by": office.bruno.user, "validated_on": measure.since},
        {"state": "running"},
        {"until": measure.since - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            IndividualMeasure.objects.filter(pk=measure.pk).update(**wrong)


def test_early_intervention_is_summed_over_all_measures_of_the_person(office):
    early = {"kind": "mip_course", "plan": "early_intervention"}
    proposed(office, amount=Decimal(15000), **early)
    sentence = refused(lambda: proposed(office, amount=Decimal("5000.05"), **early), "amount")
    assert "20000" in sentence
    assert proposed(office, amount=Decimal(5000), **early).state == MeasureState.PROPOSED


def test_the_condition_of_entry_is_shown_by_the_case_or_said_by_the_counsellor(office):
    reinsertion = {
        "kind": "socio_professional", "plan": "socio_professional", "hours_per_day": Decimal(4), "days_per_week": 4,
    }  # fmt: skip

    def outcome(measure: IndividualMeasure) -> dict[str, str]:
        return {one["code"]: one["outcome"] for one in measure.checks if one["code"].startswith("entry")}

    silent = proposed(office, **reinsertion)
    assert outcome(silent) == {"entry": "warning"}
    act(office.anne, withdraw_measure, measure_id=silent.pk, reason="Autrement")
    said = proposed(office, entry="Arrêt complet depuis janvier, selon la caisse.", **reinsertion)
    assert (outcome(said), said.entry[:5]) == ({"entry_said": "warning"}, "Arrêt")
    act(office.anne, withdraw_measure, measure_id=said.pk, reason="Autrement")
    note = {
        "source_kind": "treating_doctor",
        "source_name": "Dre Rey",
        "rate": 60,
        "since": today() - timedelta(days=200),
    }
    act(office.anne, note_incapacity, case_id=office.case.pk, **note)
    assert outcome(proposed(office, **reinsertion)) == {"entry": "passed"}


def test_two_exclusive_measures_do_not_share_a_day(office):
    reinsertion = {"kind": "socio_professional", "plan": "socio_professional", "hours_per_day": Decimal(4)}
    first = proposed(office, days_per_week=4, **reinsertion)
    refused(lambda: proposed(office, days_per_week=4, **reinsertion, since=first.until), "since")
    assert proposed(
        office,
        days_per_week=4,
        **reinsertion,
        since=first.until + timedelta(days=1),
        until=first.until + timedelta(days=60),
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"plan_measure": uuid4()}, "plan_measure"),
        ({"kind": "unknown"}, "kind"),
        ({"kind": "capital"}, "kind"),
        ({"title": " "}, "title"),
        ({"until": today() - timedelta(days=1)}, "until"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"objectives": ("", " ")}, "objectives"),
        ({"appropriate": " "}, "appropriate"),
        ({"simple": ""}, "simple"),
        ({"adequate": ""}, "adequate"),
    ],
)
def test_a_proposal_says_what_is_missing(office, changed, field):
    refused(lambda: proposed(office, **changed), field)


def test_another_office_and_another_kind_do_not_propose(office):
    stranger = colleague(kind=Kind.EMPLOYMENT_OFFICE)
    opened_to(office.case, stranger.institution)
    refused(lambda: act(stranger, propose_measure, case_id=office.case.pk, words=office.words()))


def test_a_refusal_has_a_reason_and_is_not_the_proposers(office):
    measure = proposed(office)
    refused(lambda: act(office.bruno, refuse_measure, measure_id=measure.pk, reason=" "), "reason")
    refused(lambda: act(office.anne, refuse_measure, measure_id=measure.pk, reason="Trop cher"))
    assert act(office.bruno, refuse_measure, measure_id=measure.pk, reason="Trop cher").state == "refused"
    with pytest.raises(Refused):
        act(office.bruno, validate_measure, measure_id=measure.pk)


def test_a_mandate_needs_a_validated_measure(office):
    measure = proposed(office)
    refused(lambda: ordered(office, measure))


def test_a_mandate_has_a_number_positions_objectives_and_reports(office):
    mandate = ordered(office)
    code = OfficeCode.objects.get(institution=office.anne.institution).code
    assert mandate.decision_number == f"{code}{today().year}{1:07d}"
    assert [(row.code, row.quantity) for row in mandate.positions.all()] == [("905.500.5", Decimal(20))]
    assert [row.text for row in mandate.objectives.all()] == ["Trouver un stage", "Tenir une demi-journée"]
    assert [row.kind for row in mandate.reports.all()] == ["interim", "final"]
    assert (mandate.hours_per_month, mandate.has_new_goals) == (6, True)
    with acting_as(office.anne.actor):
        dotted = f"{code}.{today().year}.0000001"
        assert mandate_by_decision(office.anne.actor, dotted) == mandate
        assert mandate_by_decision(office.anne.actor, f"{code}280") is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "avs_number"),
        ({"avs_number": "756.1234.5678.98", "birth_date": "17.05.1980"}, "avs_number"),
        ({"avs_number": "756.9217.0769.85", "birth_date": "1980"}, "birth_date"),
    ],
)
def test_a_mandate_without_what_each_invoice_bears_is_not_given(office, said, field):
    nobody_registered(office)
    with pytest.raises(Refused) as refusal:
        ordered(office, **said)
    assert refusal.value.field == field and not Mandate.objects.exists()


def test_what_nobody_registered_is_said_when_one_orders(office):
    nobody_registered(office)
    measure = validated(office)
    address = reverse("measures:order", args=[measure.pk, office.provider.pk])
    browser = office.anne.browser()
    assert "Numéro AVS de la personne" in browser.get(address).text
    mandate = ordered(office, measure, avs_number="756.9217.0769.85", birth_date="17.05.1980")
    assert (mandate.avs_number, mandate.birth_date) == ("7569217076985", "1980-05-17")


def test_what_is_registered_is_not_asked(office):
    address = reverse("measures:order", args=[validated(office).pk, office.provider.pk])
    page = office.anne.browser().get(address).text
    assert "Numéro AVS de la personne" not in page and "Date de naissance de la personne" not in page


def nobody_registered(office):
    Person.objects.filter(pk=office.case.person_id).update(avs_number="", birth_date="1980")


def test_before_a_decision_only_listed_services_are_ordered(office):
    refused(lambda: ordered(office, is_before_decision=True), "is_before_decision")
    early = validated(office, kind="mip_advice", plan="early_intervention")
    mandate = ordered(office, early, is_before_decision=True)
    assert mandate.decision_number.endswith("280")
    assert len(mandate.decision_number) == 6


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"quantities": {}}, "positions"),
        ({"quantities": {"905.999.5": Decimal(1)}}, "positions"),
        ({"quantities": {"905.500.5": Decimal(0)}}, "positions"),
        ({"quantities": {"905.500.5": Decimal(42)}}, "positions"),
        ({"intensity": ""}, "intensity"),
        ({"provider_id": uuid4()}, "provider"),
    ],
)
def test_a_mandate_says_what_is_wrong(office, changed, field):
    measure = validated(office)
    refused(lambda: ordered(office, measure, **changed), field)
    assert not Mandate.objects.exists()


def test_without_a_convention_on_the_first_day_nothing_is_ordered(office):
    measure = validated(office)
    office.agreement.ends_on = measure.since - timedelta(days=1)
    office.agreement.save()
    refused(lambda: ordered(office, measure), "provider")


def test_a_suspended_provider_gets_no_mandate(office):
    Provider.objects.filter(pk=office.provider.pk).update(state="suspended", state_reason="Visite")
    measure = validated(office)
    refused(lambda: ordered(office, measure), "provider")


def test_a_convention_that_ends_during_the_mandate_warns_both_once(office):
    measure = validated(office)
    office.agreement.ends_on = measure.until - timedelta(days=1)
    office.agreement.save()
    mandate = ordered(office, measure)
    assert mandate.warned_of_end
    kinds = list(
        Notification.objects.filter(kind__startswith="mandate.agreement").values_list("kind", flat=True)
    )
    assert sorted(kinds) == ["mandate.agreement_ends", "mandate.agreement_ends_provider"]
    with days_later(6):
        pass
    assert Notification.objects.filter(kind__startswith="mandate.agreement").count() == 2


def test_an_office_without_code_gives_no_number(office):
    OfficeCode.objects.all().delete()
    measure = validated(office)
    assert "code" in refused(lambda: ordered(office, measure))


def test_the_same_measure_is_ordered_once_from_a_provider(office):
    measure = validated(office)
    ordered(office, measure)
    refused(lambda: ordered(office, measure, quantities={"905.500.5": Decimal(1)}), "provider")


def test_serials_go_on_within_a_year_and_an_office(office):
    with acting_as(office.anne.actor):
        numbers = [next_decision_number(office.anne.institution.pk) for _ in range(3)]
    assert [number[-7:] for number in numbers] == ["0000001", "0000002", "0000003"]


def test_an_extension_with_unchanged_goals_needs_no_new_agreement(office):
    measure = validated(office)
    ordered(office, measure)
    more = {"since": measure.until + timedelta(days=1), "until": measure.until + timedelta(days=60)}
    second = validated(office, extends=measure.pk, **more)
    assert not ordered(office, second).has_new_goals
    refused(lambda: proposed(office, extends=measure.pk, **more))


def test_an_extension_with_other_goals_needs_one(office):
    measure = validated(office)
    more = {"since": measure.until + timedelta(days=1), "until": measure.until + timedelta(days=60)}
    second = validated(office, extends=measure.pk, objectives=("Autre but",), **more)
    assert ordered(office, second).has_new_goals


def test_a_measure_begins_rests_goes_on_and_ends(office):
    measure = validated(office)
    mandate = ordered(office, measure)
    with days_later(20) as day:
        mandate.refresh_from_db()
        assert mandate.state == MandateState.RUNNING
        act(office.anne, interrupt_measure, measure_id=measure.pk, since=day, why="absence")
        mandate.refresh_from_db()
        assert mandate.state == MandateState.INTERRUPTED
        refused(
            lambda: act(
                office.chloe, write_presence, mandate_id=mandate.pk, days=[(day, "present", Decimal(1))]
            )
        )
        with pytest.raises(ForbiddenTransition):
            act(office.anne, withdraw_measure, measure_id=measure.pk, reason="Elle a commencé")
    with days_later(30) as day:
        refused(
            lambda: act(office.anne, resume_measure, measure_id=measure.pk, on=day, sentence=""), "sentence"
        )
        act(office.anne, resume_measure, measure_id=measure.pk, on=day, sentence="Elle reste la bonne.")
        mandate.refresh_from_db()
        assert mandate.state == MandateState.RUNNING
        assert mandate.measure_rests()[0][1] == day - timedelta(days=1)
    with days_later(95):
        mandate.refresh_from_db()
        measure.refresh_from_db()
        assert (measure.state, mandate.state) == (MeasureState.ENDED, MandateState.ENDED)


def test_a_measure_stops_with_a_reason_and_its_final_report_is_due_soon(office):
    measure = validated(office)
    mandate = ordered(office, measure)
    with days_later(10) as day:
        refused(lambda: act(office.anne, stop_measure, measure_id=measure.pk, on=day, reason=""), "reason")
        act(office.anne, stop_measure, measure_id=measure.pk, on=day, reason="Emploi trouvé")
        mandate.refresh_from_db()
        assert (mandate.state, mandate.until) == (MandateState.STOPPED, day)
        assert dict(mandate.reports.values_list("kind", "state")) == {"interim": "waived", "final": "awaited"}
        act(
            office.anne,
            evaluate_measure,
            measure_id=measure.pk,
            goals="met",
            evaluation="Place trouvée.",
            outcomes={mandate.objectives.first().pk: "met"},
        )
        assert mandate.objectives.first().outcome == "met"
        assert goals_met([office.provider.pk])[office.provider.pk].part == 1


def test_a_measure_is_not_evaluated_before_its_end(office):
    measure = validated(office)
    refused(lambda: act(office.anne, evaluate_measure, measure_id=measure.pk, goals="met", evaluation="x"))


def test_a_withdrawn_measure_cancels_its_mandate(office):
    measure = validated(office)
    mandate = ordered(office, measure)
    act(office.anne, withdraw_measure, measure_id=measure.pk, reason="La personne renonce")
    mandate.refresh_from_db()
    assert mandate.state == MandateState.CANCELLED
    refused(lambda: act(office.chloe, write_presence, mandate_id=mandate.pk, days=[]))


def present(day, hours=2):
    return (day, "present", Decimal(hours))


def test_presence_is_noted_day_by_day_within_the_mandate_and_its_hours(office):
    mandate = ordered(office)
    with days_later(12) as day:
        act(
            office.chloe,
            write_presence,
            mandate_id=mandate.pk,
            days=[present(day), present(day - timedelta(days=1))],
        )
        with acting_as(office.chloe.actor):
            seen = attended(office.chloe.actor, mandate.pk, mandate.since, mandate.until)
        assert (seen.days, seen.total) == (2, Decimal(4))
        for wrong in (
            present(mandate.since - timedelta(days=1)),
            present(day + timedelta(days=1)),
            (day, "present", Decimal(25)),
            (day, "sick", Decimal(1)),
            (day, "asleep", Decimal(0)),
        ):
            refused(
                lambda wrong=wrong: act(office.chloe, write_presence, mandate_id=mandate.pk, days=[wrong])
            )
        act(office.chloe, write_presence, mandate_id=mandate.pk, days=[(day, "", Decimal(0))])
        assert Attendance.objects.count() == 1


def test_hours_over_the_monthly_ceiling_are_refused_and_nothing_is_kept(office):
    mandate = ordered(office)
    with days_later(40) as day:
        first = day.replace(day=1)
        month = [first + timedelta(days=n) for n in range(10) if first + timedelta(days=n) <= day]
        month = [one for one in month if mandate.since <= one][:3] or [day]
        typed = [present(one, 7) for one in month]
        assert "6" in refused(lambda: act(office.chloe, write_presence, mandate_id=mandate.pk, days=typed))
        assert not Attendance.objects.exists()


def test_the_database_keeps_a_day_within_its_mandate(office):
    mandate = ordered(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            mandate=mandate, day=mandate.until + timedelta(days=1), presence="present", hours=1
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(until=mandate.until + timedelta(days=1))


def test_a_file_is_taken_whole_or_not_at_all(office):
    mandate = ordered(office)
    with days_later(12) as day:
        good = (
            f"jour;présence;heures\n{day:%d.%m.%Y};présent;1,5\n{day - timedelta(days=1)};malade;\n".encode()
        )
        bad = good + b"32.13.2026;present;1\nx\n"
        with pytest.raises(BadFile) as caught:
            act(office.chloe, import_presence, mandate_id=mandate.pk, data=bad)
        assert [(line.number, line.fault) for line in caught.value.lines] == [(4, "day"), (5, "columns")]
        assert not Attendance.objects.exists()
        assert act(office.chloe, import_presence, mandate_id=mandate.pk, data=good) == 2
        refused(lambda: act(office.chloe, import_presence, mandate_id=mandate.pk, data=b""), "file")


def test_a_report_is_sent_with_a_receipt_read_and_accepted(office):
    mandate = ordered(office)
    report = mandate.reports.get(kind="interim")
    words = ReportWords("Présente chaque jour.", "Un stage est en vue.")
    refused(
        lambda: act(office.chloe, send_report, report_id=report.pk, version=1, words=ReportWords("", "")),
        "course",
    )
    receipt = act(office.chloe, send_report, report_id=report.pk, version=1, words=words)
    assert (receipt.channel, receipt.mandate_id) == ("reports", mandate.pk)
    assert receipt.number.startswith("Q-")
    with pytest.raises(Stale):
        act(office.chloe, send_report, report_id=report.pk, version=1, words=words)
    refused(lambda: act(office.anne, ask_back, report_id=report.pk, question=""), "question")
    asked = act(office.anne, ask_back, report_id=report.pk, question="Combien d’heures ?")
    act(office.chloe, send_report, report_id=report.pk, version=asked.version, words=words)
    assert act(office.anne, accept_report, report_id=report.pk).state == ReportState.ACCEPTED
    assert Delivery.objects.filter(report=report, handled_at=None).count() == 0


def test_a_report_may_be_a_pdf(office):
    mandate = ordered(office)
    report = mandate.reports.get(kind="final")
    file = SimpleUploadedFile("bilan.pdf", PDF)
    receipt = act(office.chloe, send_report, report_id=report.pk, version=1, words=ReportWords(file=file))
    assert receipt.document is not None
    assert receipt.document.is_released


def test_reminders_come_before_and_after_the_day_not_every_day(office):
    mandate = ordered(office)
    due = mandate.reports.get(kind="interim").due_on
    with days_later(6):
        pass
    assert remind_of_reports(on=due - timedelta(days=8)) == 0
    assert remind_of_reports(on=due - timedelta(days=7)) == 1
    assert remind_of_reports(on=due - timedelta(days=6)) == 0
    assert remind_of_reports(on=due + timedelta(days=1)) == 1


def test_reports_on_time_feed_the_quality_of_the_provider(office):
    mandate = ordered(office)
    Report.objects.filter(mandate=mandate).update(due_on=today() - timedelta(days=1))
    assert reports_on_time([office.provider.pk])[office.provider.pk].percent == 0


def test_the_three_ways_in_are_kept_apart(office):
    mandate = ordered(office)

    def document(name="piece.pdf"):
        return SimpleUploadedFile(name, PDF)

    way = {"mandate_id": mandate.pk}
    refused(
        lambda: act(office.chloe, hand_in_document, title="Bilan de mai", file=document(), **way), "channel"
    )
    sure = act(
        office.chloe, hand_in_document, title="Bilan de mai", file=document(), is_confirmed=True, **way
    )
    assert sure.channel == "documents"
    refused(
        lambda: act(
            office.chloe, hand_in_document, title="Facture", file=document(), is_confirmed=True, **way
        ),
        "title",
    )
    refused(lambda: act(office.chloe, hand_in_contract, title="Rapport final", file=document()), "channel")
    offer = act(office.chloe, hand_in_contract, title="Offre de coaching", file=document())
    assert (offer.channel, offer.mandate, offer.office) == ("contracts", None, office.anne.institution)
    assert offer.number != sure.number


def test_goals_are_agreed_once(office):
    mandate = ordered(office)
    act(office.chloe, agree_goals, mandate_id=mandate.pk)
    act(office.chloe, agree_goals, mandate_id=mandate.pk)
    with acting_as(office.chloe.actor):
        assert given_mandate(office.chloe.actor, mandate.pk).goal_agreement.author_id == office.chloe.user.pk


def test_the_provider_of_another_mandate_sees_nothing_of_it(office):
    mandate = ordered(office)
    _provider, _agreement, other = admitted(office.anne.institution)
    with acting_as(other.actor), pytest.raises(Mandate.DoesNotExist):
        given_mandate(other.actor, mandate.pk)
    with pytest.raises(Mandate.DoesNotExist):
        act(other, write_presence, mandate_id=mandate.pk, days=[])
    with pytest.raises(Report.DoesNotExist):
        act(other, send_report, report_id=mandate.reports.first().pk, version=1, words=ReportWords("x", "y"))


def test_search_finds_what_where_language_and_protects_small_numbers(office):
    with acting_as(office.anne.actor):
        (found,) = search(office.anne.actor, Wish(today(), "coach"))
        assert found.provider == office.provider
        assert found.experience.is_none
        assert not search(office.anne.actor, Wish(today(), where="Sion"))
        assert not search(office.anne.actor, Wish(today() - timedelta(days=400)))
    measure = validated(office)
    ordered(office, measure)
    with days_later(100), acting_as(office.anne.actor):
        (found,) = search(office.anne.actor, Wish(today()))
        assert (found.experience.ended, found.experience.is_none) == (None, False)


def test_neither_place_nor_occupancy_nor_project_has_a_word_in_the_model():
    for app in ("measures", "providers"):
        for model in apps.get_app_config(app).get_models():
            names = {field.name for field in model._meta.get_fields()} | {model.__name__.lower()}
            assert not any(
                word in name
                for name in names
                for word in (
                    "reserv",
                    "occupan",
                    "capacity",
                    "pilot",
                    "project",
                    "guarantee",
                    "seat",
                    "quota",
                )
            ), model
    required = {"measure", "case", "agreement", "provider"}
    assert all(not Mandate._meta.get_field(name).null for name in required), "every order is one person's"
    assert not IndividualMeasure._meta.get_field("person").null
