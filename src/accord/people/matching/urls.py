"""Addresses of the rapprochements."""

from django.urls import path

from accord.people.matching import views

app_name = "matching"
urlpatterns = [
    path("", views.pairs, name="pairs"),
    path("reunions/", views.merges, name="merges"),
    path("reunions/<uuid:merge_id>/annulation/", views.undo, name="undo"),
    path("personnes/<uuid:person_id>/", views.person_page, name="person"),
    path("personnes/<uuid:person_id>/suivi-commun/", views.ask, name="ask"),
    path("<uuid:person_id>/<uuid:other_id>/", views.compare_two, name="compare"),
    path("<uuid:person_id>/<uuid:other_id>/distinctes/", views.apart, name="apart"),
    path("<uuid:person_id>/<uuid:other_id>/a-revoir/", views.again, name="again"),
]
