"""Addresses of accord.casework.medical."""

from django.urls import URLPattern, path

from accord.casework.medical.views import examinations, exchange, reports, writing

app_name = "medical"
urlpatterns: list[URLPattern] = [
    path("rapports/", reports.reports, name="reports"),
    path("rapports/<uuid:report_id>/", reports.report, name="report"),
    path("rapports/<uuid:report_id>/brouillon/", writing.draft, name="report-draft"),
    path("rapports/<uuid:report_id>/relecture/", reports.preview, name="report-preview"),
    path("rapports/<uuid:report_id>/signature/", reports.signature, name="report-signature"),
    path("rapports/<uuid:report_id>/remise/", reports.hand_in, name="report-hand-in"),
    path("rapports/<uuid:report_id>/classement/", reports.filing, name="report-filing"),
    path("rapports/<uuid:report_id>/version/", reports.amendment, name="report-amendment"),
    path("rapports/<uuid:report_id>/fichier/", reports.report_file, name="report-file"),
    path("rapports/<uuid:report_id>/verification/", reports.check, name="report-check"),
    path("codes/", writing.codes, name="codes"),
    path("demandes/<uuid:request_id>/", examinations.course, name="request"),
    path("demandes/<uuid:request_id>/suite/", examinations.course, name="course"),
    path("demandes/<uuid:request_id>/examens/nouveau/", examinations.order, name="order"),
    path("demandes/<uuid:request_id>/mesures/nouvelle/", examinations.measure_new, name="measure-new"),
    path("examens/<uuid:examination_id>/", examinations.examination, name="examination"),
    path("examens/<uuid:examination_id>/rendez-vous/", examinations.appointment, name="appointment"),
    path("examens/<uuid:examination_id>/rapport/", examinations.reception, name="reception"),
    path("examens/<uuid:examination_id>/fichier/", examinations.examination_file, name="examination-file"),
    path("examens/<uuid:examination_id>/lecture/", examinations.read_mark, name="examination-read"),
    path(
        "examens/<uuid:examination_id>/annulation/",
        examinations.cancellation,
        name="examination-cancellation",
    ),
    path("examens/<uuid:examination_id>/rapport-final/", examinations.final_report, name="final-report"),
    path("mesures/<uuid:measure_id>/", examinations.measure, name="measure"),
    path("echange/", exchange.exchange, name="exchange"),
    path("echange/envois/<uuid:outgoing_id>/", exchange.sending, name="sending"),
    path("echange/recus/<uuid:incoming_id>/", exchange.sorting, name="sorting"),
    path("echange/recus/<uuid:incoming_id>/ecart/", exchange.aside, name="aside"),
    path("echange/recus/<uuid:incoming_id>/fichier/", exchange.incoming_file, name="incoming-file"),
]
