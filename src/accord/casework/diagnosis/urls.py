"""Addresses of the joint diagnosis; its page is a panel of the case page."""

from django.urls import path

from accord.casework.diagnosis.views import arranging, differing, reading, writing

app_name = "diagnosis"
urlpatterns = [
    path("<uuid:case_id>/repartition/", arranging.parts, name="parts"),
    path("<uuid:case_id>/prise-en-charge/<slug:part>/", arranging.claim, name="claim"),
    path("<uuid:case_id>/impression/", reading.sheet, name="sheet"),
    path("parties/<uuid:section_id>/", writing.section, name="section"),
    path("parties/<uuid:section_id>/signature/", writing.signature, name="signature"),
    path("parties/<uuid:section_id>/versions/", reading.versions, name="versions"),
    path("parties/<uuid:section_id>/divergences/", differing.differences, name="differences"),
    path("divergences/<uuid:difference_id>/reponse/", differing.answer, name="answer"),
    path("divergences/<uuid:difference_id>/reglement/", differing.settlement, name="settlement"),
]
