"""Addresses of the durations."""

from django.urls import path

from accord.casework.durations import views

app_name = "durations"
urlpatterns = [
    path("", views.programme_list, name="list"),
    path("<slug:programme_slug>/", views.durations, name="show"),
    path("<slug:programme_slug>/calcul/", views.calculation, name="calculation"),
    path("<slug:programme_slug>/csv/", views.csv_export, name="csv"),
    path("<slug:programme_slug>/excel/", views.excel_export, name="excel"),
]
