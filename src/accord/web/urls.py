"""Screens of the shell."""

from django.urls import path

from accord.web import case_page, entrance, gallery, home, search, switching
from accord.web.case_file import views as case_file

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("entree/", entrance.entrance, name="entrance"),
    path("recherche/", search.search, name="search"),
    path("dossiers/<uuid:case_id>/", case_page.case_page, name="case"),
    path("dossiers/<uuid:case_id>/lecture/", case_file.case_file, name="case-file"),
    path("dossiers/<uuid:case_id>/copie-de-travail.pdf", case_file.case_print, name="case-print"),
    path("dossiers/<uuid:case_id>/copie/", case_file.case_copy, name="case-copy"),
    path("copies/<uuid:copy_id>/", case_file.working_copy, name="working-copy"),
    path("copies/<uuid:copy_id>/fichier.pdf", case_file.working_copy_file, name="working-copy-file"),
    path("agir-pour/", switching.acting_for, name="acting-for"),
    path("langue/", switching.language, name="language"),
    path("apparence/", switching.theme, name="theme"),
    path("galerie/", gallery.gallery_screen, name="gallery"),
    path("alive/", switching.alive, name="alive"),
]
