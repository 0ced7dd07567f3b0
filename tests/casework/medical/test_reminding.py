"""Who holds what is overdue is reminded; what follows a first report waits on the worklist of who has the next act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accord.casework.capacity.services import note_incapacity
from accord.casework.cases.enums import Category
from accord.casework.medical.models import MedicalMeasure, MedicalRequest
from accord.casework.medical.panels import medical_items
from accord.casework.medical.services.reminding import remind_holders
from accord.casework.plans.models import Measure
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.kernel.identifiers import new_id
from casework.medical.reporting import exam_of
from casework.medical.situations import inside
from scenarios import in_days


def remind(days: int = 0) -> int:
    """What the worker does in the morning of a day."""
    with acting_as(WORKER):
        return remind_holders(on=in_days(days))


def reminded(one) -> int:
    return Notification.objects.filter(kind="medical.overdue", user=one.user).count()


def late(request: MedicalRequest, **fields: object) -> None:
    MedicalRequest.objects.filter(pk=request.pk).update(due_on=in_days(-1), **fields)


def sentences(one) -> list[str]:
    with acting_as(one.actor):
        return [item.sentence for item in medical_items(one.actor)]


class TestRequests:
    def test_the_last_day_is_not_yet_late(self, valais):
        request = valais.asked()
        assert request.due_on == in_days(5)
        assert remind(5) == 0
        assert remind(6) == 1

    def test_the_secretariat_is_reminded_of_what_it_holds(self, valais):
        late(valais.asked())
        assert remind() == 1
        service = valais.service
        assert [reminded(one) for one in (service.secretary, service.doctor, valais.office)] == [1, 0, 0]

    def test_the_doctor_is_reminded_of_her_report(self, valais):
        late(valais.scheduled(), state="interviewed", holder="doctor")
        remind()
        service = valais.service
        assert [reminded(one) for one in (service.secretary, service.doctor, service.other)] == [0, 1, 0]

    def test_once_and_again_after_the_days_of_escalation(self, valais):
        late(valais.asked())
        assert [remind(day) for day in (0, 0, 1, 9)] == [1, 0, 0, 0]
        assert remind(10) == 1

    def test_a_new_clock_is_a_new_reminder(self, valais):
        request = valais.asked()
        late(request)
        remind()
        MedicalRequest.objects.filter(pk=request.pk).update(due_on=in_days(2))
        assert [remind(day) for day in (2, 3)] == [0, 1]

    @pytest.mark.parametrize("state", ["filed", "declined", "withdrawn"])
    def test_what_is_over_is_left_in_peace(self, valais, state):
        late(valais.allocated(), state=state, holder="nobody")
        assert remind() == 0

    def test_the_reminder_leads_to_the_request_and_names_only_the_case(self, valais):
        request = valais.asked()
        late(request)
        remind()
        told = Notification.objects.get(kind="medical.overdue")
        assert told.path == reverse("medical:request", args=[request.pk])
        assert told.params == {"number": valais.case.number}


class TestAfterwards:
    """Examinations, later reports and measures are held by somebody, too."""

    @pytest.mark.parametrize(
        ("state", "holder", "sentence"),
        [
            ("ordered", "secretary", "Examen à fixer"),
            ("received", "doctor", "Rapport d’examen à lire"),
            ("read", "doctor", "Rapport final à rédiger"),
        ],
    )
    def test_an_examination_waits_for_who_has_the_next_act(self, valais, state, holder, sentence):
        request = valais.allocated()
        fields = {"ordered_at": now() - timedelta(days=30)}
        if state != "ordered":
            treating = valais.treating()
            fields |= {"document": valais.released(treating).scan, "received_at": now() - timedelta(days=20)}
        exam = exam_of(request, state, **fields)
        if state == "read":
            type(exam).objects.filter(pk=exam.pk).update(read_at=now() - timedelta(days=20))
        who = getattr(valais.service, holder)
        assert sentence in sentences(who)
        assert sentence not in sentences(valais.service.other)
        assert remind() == 1
        assert reminded(who) == 1

    def test_an_appointment_to_come_asks_nothing_of_anybody(self, valais):
        exam_of(valais.allocated(), "appointed", appointment_at=now() + timedelta(days=2))
        assert "Rapport d’examen à recevoir" not in sentences(valais.service.secretary)

    def test_after_the_appointment_its_report_is_awaited(self, valais):
        exam_of(valais.allocated(), "appointed", appointment_at=now() - timedelta(hours=2))
        assert "Rapport d’examen à recevoir" in sentences(valais.service.secretary)

    @pytest.mark.parametrize(("due", "shown", "told"), [(-1, True, 1), (10, True, 0), (20, False, 0)])
    def test_a_measure_is_guarded_two_weeks_before_and_told_when_it_is_late(self, valais, due, shown, told):
        request = valais.allocated()
        MedicalMeasure.objects.create(
            case=valais.case, service=request.service, request=request, kind="opinion", text="Avis",
            due_on=in_days(due),
        )  # fmt: skip
        assert ("Mesure médicale à suivre" in sentences(valais.service.doctor)) is shown
        assert remind() == told

    def test_others_hold_nothing(self, valais):
        exam_of(valais.allocated(), "ordered")
        assert "Examen à fixer" not in sentences(valais.outsider) + sentences(valais.office)


def test_the_worker_alone_asks_what_everybody_holds(valais):
    from django.db import ProgrammingError, connection, transaction

    with (
        inside(valais.service.doctor),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select * from accord.medical_held(%s)", [today()])


def test_a_new_incapacity_is_told_to_the_doctor_who_clarifies_it(valais):
    valais.allocated()
    Measure.objects.create(
        case=valais.case, owner=valais.office.institution, title="Stage", goal=new_id(), since_number=1,
        category=int(Category.PLAN), state="running",
    )  # fmt: skip
    with acting_as(valais.office.actor):
        note_incapacity(
            by=valais.office.actor, case_id=valais.case.pk, source_kind="treating_doctor",
            source_name="Dre Rey", rate=100, since=today(),
        )  # fmt: skip
    told = Notification.objects.get(kind="medical.clarify")
    assert told.user == valais.service.doctor.user
    assert valais.service.doctor.browser().get(told.path).status_code == 200
