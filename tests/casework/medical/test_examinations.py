"""Examinations that end in a final report, and the measures that are followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from accord.casework.medical.models import FollowUp, Report
from accord.casework.medical.services.drafting import save_report
from accord.casework.medical.services.examining import (
    appoint_examination,
    mark_examination_read,
    order_examination,
    receive_examination,
)
from accord.casework.medical.services.guarding import agree_measure, follow_measure
from accord.casework.medical.services.prefilling import prepare_final_report
from accord.casework.medical.services.signing import sign_report
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from casework.medical.reporting import act, exam_of, filed, room
from casework.medical.test_report_services import certificate, pdf_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path / "documents"
    settings.ACCORD_DEMO_CERTIFICATE = certificate()


@pytest.fixture
def here():
    return room()


def test_an_examination_ends_in_a_final_report(here):
    filed(here)
    found = act(
        here.doctor, order_examination, request=here.request, kind="clinical",
        disciplines=["psychiatry", "rheumatology"], reason="Avis divergents.", questions="Quelle capacité ?",
    )  # fmt: skip
    act(
        here.secretary,
        appoint_examination,
        examination_id=found.pk,
        at=now() + timedelta(days=20),
        place="Sion",
    )
    with pytest.raises(Refused):
        act(here.doctor, prepare_final_report, examination_id=found.pk)
    paper = ContentFile(pdf_of(Report.objects.get(kind="rm")), name="rapport.pdf")
    act(here.secretary, receive_examination, examination_id=found.pk, file=paper)
    with pytest.raises(Refused):
        act(here.secretary, mark_examination_read, examination_id=found.pk)
    act(here.doctor, mark_examination_read, examination_id=found.pk)
    final = act(here.doctor, prepare_final_report, examination_id=found.pk)
    assert final.said.adapted.time == 50
    said = replace(final.said, summary="Elle peut travailler à mi-temps.", integration="L’examen confirme.")
    final = act(here.doctor, save_report, report_id=final.pk, version=final.version, rubrics=said)
    final = act(here.doctor, sign_report, report_id=final.pk, version=final.version)
    found.refresh_from_db()
    assert (final.state, found.state) == ("signed", "concluded")
    assert "Elle peut travailler à mi-temps." in words_of(pdf_of(final))


def test_an_expertise_says_where_and_an_examination_says_in_what(here):
    words = {"request": here.request, "reason": "x", "questions": "y"}
    with pytest.raises(Refused) as refusal:
        act(here.doctor, order_examination, kind="expertise", disciplines=["other"], **words)
    assert refusal.value.field == "examiner"
    with pytest.raises(Refused) as refusal:
        act(here.doctor, order_examination, kind="clinical", disciplines=[], **words)
    assert refusal.value.field == "disciplines"
    with pytest.raises(Refused):
        act(here.secretary, order_examination, kind="clinical", disciplines=["other"], **words)


def test_an_appointment_does_not_precede_its_order(here):
    found = exam_of(here.request)
    with pytest.raises(Refused) as refusal:
        act(
            here.secretary,
            appoint_examination,
            examination_id=found.pk,
            at=now() - timedelta(days=2),
            place="",
        )
    assert refusal.value.field == "day"


def test_a_measure_is_followed_and_what_was_said_stays(here):
    measure = act(
        here.doctor, agree_measure, request=here.request, kind="coordination", text="Appeler le Dr Zen"
    )
    first = {"measure_id": measure.pk, "version": 1, "state": "underway", "text": "Message laissé."}
    act(here.secretary, follow_measure, **first)
    with pytest.raises(Stale):
        act(here.doctor, follow_measure, **first)
    act(here.doctor, follow_measure, measure_id=measure.pk, version=2, state="done", text="Accord trouvé.")
    assert FollowUp.objects.filter(measure=measure).count() == 2
    measure.refresh_from_db()
    assert measure.state == "done"
