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
        ("medical:report-draft", "medical:report-preview", "medical:order", "medical:measure-new"), DOCTOR
    ),
    **dict.fromkeys(("medical:codes", "medical:course", "medical:report", "medical:report-check"), DOCTOR),
    **dict.fromkeys(("medical:examination", "medical:measure", "medical:reports"), DOCTOR),
    **dict.fromkeys(
        ("medical:appointment", "medical:reception", "medical:examination-cancellation"), SECRETARY
    ),
    **dict.fromkeys(("medical:exchange", "medical:sorting"), SECRETARY),
}
PICTURES = {
    "medical-reports": "/medical/rapports/",
    "medical-report": "/medical/rapports/{report_id}/brouillon/",
    "medical-exchange": "/medical/echange/",
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
