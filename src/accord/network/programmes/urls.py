"""Screens of programmes."""

from django.urls import path

from accord.network.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.programmes, name="list"),
    path("<slug:slug>/", views.programme, name="show"),
    path("<slug:slug>/<str:version>/", views.programme, name="version"),
]
