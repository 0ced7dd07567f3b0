"""Reports, examinations, measures and the exchange in the scene of every address, and in the demo."""

from __future__ import annotations

from typing import Any

OWNED = {"report_id", "examination_id", "measure_id", "outgoing_id", "incoming_id"}
WRITERS = (
    "report-draft", "report-preview", "report-signature", "report-hand-in", "report-filing", "report-amendment",
    "examination", "appointment", "reception", "examination-file", "examination-read",
    "examination-cancellation", "final-report", "measure", "sending", "sorting", "aside", "incoming-file",
    "report", "report-file", "report-check",
)  # fmt: skip
STATE_REFUSES = {
    **{f"medical:{name}": 404 for name in WRITERS},
    "medical:order": 403,
    "medical:measure-new": 403,
}
"""Whoever asked does not do the medical service's work, and never reads what it wrote."""
NOT_A_PAGE = {"medical:report-file", "medical:examination-file", "medical:incoming-file"}
SECRETARY, DOCTOR = "demo38@accord.example", "demo07@accord.example"
BY = {
    **dict.fromkeys(
        (
            f"medical:{name}"
            for name in (
                "report-draft", "report-preview", "report", "report-check", "reports", "codes", "course",
                "order", "examination", "measure", "measure-new",
            )
        ),
        DOCTOR,
    ),
    **dict.fromkeys(
        (
            f"medical:{name}"
            for name in ("appointment", "reception", "examination-cancellation", "exchange", "sorting")
        ),
        SECRETARY,
    ),
}  # fmt: skip
PICTURES = {
    "medical-reports": ("/medical/rapports/", DOCTOR),
    "medical-report": ("/medical/rapports/{report_id}/brouillon/", DOCTOR),
    "medical-examination": ("/medical/examens/{examination_id}/", DOCTOR),
    "medical-exchange": ("/medical/echange/", SECRETARY),
}


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """A draft of the doctor, a signed report, examinations and a measure; something to sort."""
    report = (
        "select p.id from medical_report p join medical_medicalrequest r on r.id = p.request_id"
        " join accounts_user d on d.id = r.doctor_id where d.email = %s and {} order by p.created_at limit 1"
    )
    signed = site.value(report.format("p.state = 'signed'"), DOCTOR)
    examination = "select id from medical_examination where state in {} order by ordered_at limit 1"
    appointed = site.value(examination.format("('ordered', 'appointed')"))
    return {
        "report_id": site.value(report.format("r.state = 'drafted'"), DOCTOR),
        "report:report_id": signed,
        "report-check:report_id": signed,
        "course:request_id": site.value("select request_id from medical_report where id = %s", signed),
        "examination_id": site.value(examination.format("('received', 'read')")),
        "appointment:examination_id": appointed,
        "reception:examination_id": appointed,
        "examination-cancellation:examination_id": appointed,
        "measure_id": site.value("select id from medical_medicalmeasure order by agreed_at limit 1"),
        "outgoing_id": site.value("select id from medical_outgoing order by created_at limit 1"),
        "incoming_id": site.value("select id from medical_incoming where state = 'to_sort' limit 1"),
    }


def furnish_scene(scene: Any) -> dict[str, object]:
    """A report, an examination, a measure and documents of the exchange, all of the medical service alone."""
    from accord.casework.medical.models import Incoming, MedicalMeasure, MedicalRequest, Outgoing, Report
    from accord.foundation.documents.models import Document
    from casework.medical.reporting import exam_of

    request = MedicalRequest.objects.filter(case=scene.arguments["case_id"]).latest("asked_at")
    house = request.service
    paper = Document.objects.create(
        institution_id=house.pk, original_name="x.pdf", sha256="0" * 64, size=1, media_type="application/pdf"
    )
    owned = {"case": request.case, "service": house}
    return {
        "report_id": Report.objects.create(request=request, **owned).pk,
        "examination_id": exam_of(request).pk,
        "measure_id": MedicalMeasure.objects.create(request=request, kind="other", text="x", **owned).pk,
        "outgoing_id": Outgoing.objects.create(document=paper, **owned).pk,
        "incoming_id": Incoming.objects.create(service=house, sha256="0" * 64, document=paper).pk,
    }
