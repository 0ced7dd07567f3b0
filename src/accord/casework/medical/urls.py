"""Addresses of the medical compartment."""

from django.urls import path

from accord.casework.medical.views import asking, clarifying, desks, preparing, regions, requests, treating

app_name = "medical"
urlpatterns = [
    path("secretariat/", desks.secretariat, name="secretariat"),
    path("medecin/", desks.doctor, name="doctor"),
    path("regions/", regions.regions, name="regions"),
    path("regions/<slug:programme_key>/<slug:region_key>/", regions.region, name="region"),
    path("absences/<uuid:absence_id>/fin/", regions.absence_end, name="absence-end"),
    path("dossier/<uuid:case_id>/", requests.case_requests, name="case"),
    path("dossier/<uuid:case_id>/demande/", asking.ask, name="ask"),
    path("dossier/<uuid:case_id>/conseil/", asking.advice, name="advice"),
    path("dossier/<uuid:case_id>/medecins/", treating.treating, name="treating"),
    path("demandes/<uuid:request_id>/", requests.show, name="request"),
    path("demandes/<uuid:request_id>/retrait/", asking.withdrawal, name="withdrawal"),
    path("demandes/<uuid:request_id>/renvoi/", asking.refusal, name="refusal"),
    path("demandes/<uuid:request_id>/attribution/", requests.allocation, name="allocation"),
    path("demandes/<uuid:request_id>/entretien/", requests.scheduling, name="scheduling"),
    path("demandes/<uuid:request_id>/formulaire/", requests.preparation, name="preparation"),
    path("demandes/<uuid:request_id>/dossier/", preparing.file, name="file"),
    path("demandes/<uuid:request_id>/lus/", preparing.marks, name="marks"),
    path("demandes/<uuid:request_id>/notes/", preparing.notes, name="notes"),
    path("medecins/<uuid:treating_id>/levee/", treating.release, name="release"),
    path("medecins/<uuid:treating_id>/contact/", treating.contact, name="contact"),
    path("levees/<uuid:release_id>/revocation/", treating.revocation, name="revocation"),
    path("levees/<uuid:release_id>/feuille/", treating.scan, name="scan"),
    path("incapacites/<uuid:clarification_id>/", clarifying.clarification, name="clarification"),
]
