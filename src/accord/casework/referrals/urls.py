"""Addresses of the announcements."""

from django.urls import path

from accord.casework.referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.referral_list, name="list"),
    path("nouvelle/", views.start, name="start"),
    path("<uuid:referral_id>/", views.show, name="show"),
    path("<uuid:referral_id>/formulaire/", views.form, name="form"),
    path("<uuid:referral_id>/incapacite/", views.absence, name="absence"),
    path("<uuid:referral_id>/envoi/", views.sending, name="sending"),
    path("<uuid:referral_id>/acceptation/", views.acceptance, name="acceptance"),
    path("<uuid:referral_id>/refus/", views.refusal, name="refusal"),
    path("<uuid:referral_id>/question/", views.question, name="question"),
    path("<uuid:referral_id>/reponse/", views.answer, name="answer"),
    path("<uuid:referral_id>/retrait/", views.withdrawal, name="withdrawal"),
]
