"""Addresses of accord.purchasing.invoices."""

from django.urls import path

from accord.purchasing.invoices import views

app_name = "invoices"
urlpatterns = [
    path("", views.invoice_list, name="list"),
    path("envoyees/", views.sent, name="sent"),
    path("depot/", views.upload, name="upload"),
    path("lots/<uuid:batch_id>/", views.batch, name="batch"),
    path("formulaire/<uuid:mandate_id>/", views.form, name="form"),
    path("cles/", views.keys, name="keys"),
    path("cles/nouvelle/", views.new_key, name="new_key"),
    path("cles/<uuid:key_id>/revocation/", views.key_revocation, name="key_revocation"),
    path("reception/v1/", views.reception, name="reception"),
    path("reception/v1/<uuid:invoice_id>/", views.reception_state, name="reception_state"),
    path("paiements/", views.payments, name="payments"),
    path("paiements/conditions/", views.terms, name="terms"),
    path("paiements/releve/", views.statement, name="statement"),
    path("paiements/<uuid:order_id>/fichier/", views.export, name="export"),
    path("totaux/", views.totals, name="totals"),
    path("totaux.csv", views.totals_csv, name="totals_csv"),
    path("totaux.xlsx", views.totals_excel, name="totals_excel"),
    path("<uuid:invoice_id>/", views.show, name="show"),
    path("<uuid:invoice_id>/approbation/", views.approval, name="approval"),
    path("<uuid:invoice_id>/question/", views.question, name="question"),
    path("<uuid:invoice_id>/refus/", views.refusal, name="refusal"),
    path("<uuid:invoice_id>/fichier/", views.message_file, name="file"),
    path("<uuid:invoice_id>/facture.pdf", views.printed, name="printed"),
    path("<uuid:invoice_id>/reponses/<uuid:response_id>/", views.response_file, name="response"),
]
