"""Screens of the journal."""

from django.urls import path

from accord.foundation.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.entry_list, name="list"),
    path("export.csv", views.export, name="export"),
]
