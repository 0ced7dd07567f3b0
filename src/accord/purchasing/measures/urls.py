"""Addresses of measures; those under `espace/` are the provider's."""

from django.urls import path

from accord.purchasing.measures.views import counselling, ordering, space

app_name = "measures"
urlpatterns = [
    path("", counselling.measure_list, name="list"),
    path("catalogue/", counselling.catalogue, name="catalogue"),
    path("recherche/", counselling.provider_search, name="search"),
    path("code/", ordering.office_code, name="office-code"),
    path("conventions/<uuid:agreement_id>/rapports/", ordering.report_terms, name="report-terms"),
    path("dossiers/<uuid:case_id>/nouvelle/", counselling.proposals, name="proposals"),
    path("mandats/<uuid:mandate_id>/", ordering.mandate, name="mandate"),
    path("rapports/<uuid:mandate_report_id>/", ordering.report, name="report"),
    path("rapports/<uuid:mandate_report_id>/fichier/", ordering.report_file, name="report-file"),
    path("rapports/<uuid:mandate_report_id>/acceptation/", ordering.acceptance, name="acceptance"),
    path("rapports/<uuid:mandate_report_id>/complement/", ordering.question, name="question"),
    path("envois/", ordering.deliveries, name="deliveries"),
    path("envois/<uuid:delivery_id>/", ordering.delivery, name="delivery"),
    path("envois/<uuid:delivery_id>/recu/", ordering.receipt, name="receipt"),
    path("envois/<uuid:delivery_id>/fichier/", ordering.delivery_file, name="delivery-file"),
    path("envois/<uuid:delivery_id>/traitement/", ordering.handling, name="handling"),
    path("espace/", space.space, name="space"),
    path("espace/offres/", space.contracts, name="contracts"),
    path("espace/mandats/<uuid:mandate_id>/", space.given, name="given"),
    path("espace/mandats/<uuid:mandate_id>/objectifs/", space.goals, name="goals"),
    path("espace/mandats/<uuid:mandate_id>/presences/", space.presence, name="presence"),
    path("espace/mandats/<uuid:mandate_id>/presences/fichier/", space.presence_file, name="presence-file"),
    path("espace/mandats/<uuid:mandate_id>/rapports/", space.extra_report, name="extra-report"),
    path("espace/mandats/<uuid:mandate_id>/documents/", space.documents, name="documents"),
    path("espace/rapports/<uuid:mandate_report_id>/", space.report, name="write-report"),
    path("<uuid:grant_id>/", counselling.show, name="show"),
    path("<uuid:grant_id>/validation/", counselling.validation, name="validation"),
    path("<uuid:grant_id>/refus/", counselling.refusal, name="refusal"),
    path("<uuid:grant_id>/retrait/", counselling.withdrawal, name="withdrawal"),
    path("<uuid:grant_id>/prolongation/", counselling.extension, name="extension"),
    path("<uuid:grant_id>/interruption/", counselling.interruption, name="interruption"),
    path("<uuid:grant_id>/reprise/", counselling.resumption, name="resumption"),
    path("<uuid:grant_id>/arret/", counselling.stop, name="stop"),
    path("<uuid:grant_id>/evaluation/", counselling.evaluation, name="evaluation"),
    path("<uuid:grant_id>/lettre/", counselling.letter, name="letter"),
    path("<uuid:grant_id>/mandats/", ordering.provider_choice, name="provider-choice"),
    path("<uuid:grant_id>/mandats/<uuid:contractor_id>/", ordering.order, name="order"),
]
