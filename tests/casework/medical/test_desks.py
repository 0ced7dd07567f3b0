"""Every page of the compartment is reached from the desks and from the request, by links and buttons."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import CaseDocument
from accord.casework.medical.models import MedicalRequest, ReadMark, Report
from accord.casework.medical.selectors import doctor_desk, secretariat_desk
from accord.casework.medical.services import mark_read, prepare_form
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from casework.medical.reporting import exam_of
from casework.medical.situations import inside


def page(one, name: str, *arguments: object) -> str:
    answer = one.browser().get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def leads_to(html: str) -> set[str]:
    return set(re.findall(r'(?:href|action|formaction)="([^"?#]+)', html))


def prepared(valais) -> tuple[MedicalRequest, Report]:
    """The form lies ready for the doctor."""
    request = valais.allocated()
    with inside(valais.service.secretary) as by:
        prepare_form(by=by, request_id=request.pk)
    return request, Report.objects.get()


def filed_document(valais) -> CaseDocument:
    document = Document.objects.create(
        institution_id=valais.service.institution.pk, original_name="x.pdf", sha256="1" * 64, size=1,
        media_type="application/pdf",
    )  # fmt: skip
    return CaseDocument.objects.create(
        case=valais.case, owner=valais.service.institution, document=document, title="Rapport du Dr Zen",
        category=int(Category.MEDICAL), audience=Audience.CIRCLE,
    )  # fmt: skip


class TestWays:
    def test_from_the_secretariat(self, valais):
        valais.authorise()
        links = leads_to(page(valais.service.secretary, "medical:secretariat"))
        for name in ("reports", "exchange", "regions"):
            assert reverse(f"medical:{name}") in links, name
        assert reverse("medical:doctor") not in links, "that desk is the doctors’"

    def test_from_the_doctor_s_desk(self, valais):
        links = leads_to(page(valais.service.doctor, "medical:doctor"))
        assert {reverse("medical:reports"), reverse("medical:secretariat")} <= links

    def test_the_request_leads_its_doctor_to_the_report_and_to_what_follows(self, valais):
        request, report = prepared(valais)
        links = leads_to(page(valais.service.doctor, "medical:request", request.pk))
        for name, thing in (("report-draft", report), ("course", request), ("file", request)):
            assert reverse(f"medical:{name}", args=[thing.pk]) in links, name

    def test_it_leads_the_secretariat_to_the_report_and_not_to_its_form(self, valais):
        request, report = prepared(valais)
        links = leads_to(page(valais.service.secretary, "medical:request", request.pk))
        assert reverse("medical:report", args=[report.pk]) in links
        assert reverse("medical:report-draft", args=[report.pk]) not in links

    def test_it_leads_the_office_to_nothing_that_it_may_not_read(self, valais):
        request, report = prepared(valais)
        links = leads_to(page(valais.office, "medical:request", request.pk))
        for name, thing in (("report", report), ("course", request), ("file", request)):
            assert reverse(f"medical:{name}", args=[thing.pk]) not in links, name

    def test_a_second_request_is_not_offered_while_one_runs(self, valais):
        ask, advice = (reverse(f"medical:{name}", args=[valais.case.pk]) for name in ("ask", "advice"))
        valais.authorise()
        assert ask in leads_to(page(valais.office, "medical:case", valais.case.pk))
        request = valais.ask()
        for shown in (
            page(valais.office, "medical:case", valais.case.pk),
            valais.office.browser()
            .get(reverse("web:case", args=[valais.case.pk]), {"panneau": "medical"})
            .content.decode(),
        ):
            assert ask not in leads_to(shown)
            assert advice in leads_to(shown)
        MedicalRequest.objects.filter(pk=request.pk).update(state="withdrawn", holder="nobody")
        assert ask in leads_to(page(valais.office, "medical:case", valais.case.pk))


class TestLater:
    def test_examinations_lie_with_who_has_the_next_act(self, valais):
        request = valais.allocated()
        exam = exam_of(request)
        with inside(valais.service.secretary) as by:
            assert [one.thing for one in secretariat_desk(by).examinations] == [exam]
        with inside(valais.service.doctor) as by:
            assert doctor_desk(by).examinations == []
        assert reverse("medical:examination", args=[exam.pk]) in leads_to(
            page(valais.service.secretary, "medical:secretariat")
        )

    def test_a_new_version_lies_with_its_doctor_and_the_first_with_its_request(self, valais):
        request, report = prepared(valais)
        with inside(valais.service.doctor) as by:
            assert doctor_desk(by).later == []
        again = Report.objects.create(
            case=report.case, service=report.service, request=request, edition=2, amends=report
        )
        with inside(valais.service.doctor) as by:
            assert [one.thing for one in doctor_desk(by).later] == [again]
        with inside(valais.service.other) as by:
            assert doctor_desk(by).later == []

    def test_the_list_of_reports_says_whose_and_who_has_it(self, valais):
        prepared(valais)
        shown = page(valais.service.secretary, "medical:reports")
        assert "Zufferey" in shown and "médecin, " in shown


class TestCatchingUp:
    """The secretariat prepares the form early; what is read and learnt comes afterwards."""

    def read(self, valais, request: MedicalRequest) -> None:
        filed_document(valais)
        with inside(valais.service.doctor) as by:
            mark_read(by=by, request_id=request.pk)
        assert ReadMark.objects.exists()

    def test_a_form_that_nobody_wrote_on_is_prefilled_when_it_is_opened(self, valais):
        request, report = prepared(valais)
        assert "Dr Zen" not in report.said.documents
        self.read(valais, request)
        assert "Rapport du Dr Zen" in page(valais.service.doctor, "medical:report-draft", report.pk)
        report.refresh_from_db()
        assert "Rapport du Dr Zen" in report.said.documents
        assert report.version == 1, "her own page is not in conflict with it"

    def test_what_the_doctor_wrote_is_never_written_over(self, valais):
        request, report = prepared(valais)
        Report.objects.filter(pk=report.pk).update(
            version=2, rubrics=report.rubrics | {"documents": "Le mien", "contacts": ""}
        )
        self.read(valais, request)
        shown = page(valais.service.doctor, "medical:report-draft", report.pk)
        assert "Le mien" in shown and "Dr Zen" not in shown


@pytest.mark.parametrize(("came", "kind"), [(True, "medical.report_due"), (False, "medical.to_schedule")])
def test_who_has_the_next_act_after_the_interview_is_told(valais, came, kind):
    from accord.casework.medical.services import settle_interview
    from accord.casework.meetings.models import Meeting
    from accord.foundation.notifications.models import Notification
    from accord.kernel.database import acting_as

    request = valais.scheduled()
    Notification.objects.all().delete()
    ended = now() - timedelta(hours=1)
    Meeting.objects.filter(pk=request.meeting_id).update(
        state="held", person_absent=not came, starts_at=ended - timedelta(hours=1), ends_at=ended
    )
    meeting = Meeting.objects.select_related("case").get(pk=request.meeting_id)
    with acting_as(valais.office.actor):
        settle_interview(valais.office.actor, meeting)
    told = Notification.objects.get()
    holder = valais.service.doctor if came else valais.service.secretary
    assert (told.kind, told.user) == (kind, holder.user)
    assert told.path == reverse("medical:request", args=[request.pk])
