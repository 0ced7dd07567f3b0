"""Addresses of advice."""

from django.urls import path

from accord.casework.advice import views

app_name = "advice"
urlpatterns = [
    path("", views.question_list, name="list"),
    path("nouvelle/", views.ask, name="ask"),
    path("statistique/", views.statistics_page, name="statistics"),
    path("statistique/csv/", views.statistics_csv, name="statistics_csv"),
    path("<uuid:question_id>/", views.show, name="show"),
    path("<uuid:question_id>/reponse/", views.answer, name="answer"),
    path("<uuid:question_id>/suite/", views.addition, name="addition"),
    path("<uuid:question_id>/cloture/", views.closure, name="closure"),
    path("<uuid:question_id>/annonce/", views.announcement, name="announcement"),
]
