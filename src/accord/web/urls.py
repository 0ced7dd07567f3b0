"""Screens of the shell."""

from django.urls import path

from accord.web import case_page, entrance, gallery, home, search, switching

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("entree/", entrance.entrance, name="entrance"),
    path("recherche/", search.search, name="search"),
    path("dossiers/<uuid:case_id>/", case_page.case_page, name="case"),
    path("agir-pour/", switching.acting_for, name="acting-for"),
    path("langue/", switching.language, name="language"),
    path("apparence/", switching.theme, name="theme"),
    path("galerie/", gallery.gallery_screen, name="gallery"),
    path("alive/", switching.alive, name="alive"),
]
