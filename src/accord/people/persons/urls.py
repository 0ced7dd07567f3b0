"""Addresses of the persons."""

from django.urls import path

from accord.people.persons import views

app_name = "persons"
urlpatterns = [
    path("", views.person_list, name="list"),
    path("nouvelle/", views.register, name="register"),
    path("<uuid:person_id>/", views.show, name="show"),
    path("<uuid:person_id>/correction/", views.correct, name="correct"),
    path("<uuid:person_id>/dossiers/", views.file_opening, name="file-opening"),
    path("<uuid:person_id>/dossiers/<uuid:file_id>/fermeture/", views.file_closing, name="file-closing"),
]
