"""Screens of providers; those of `devenir` and `mon-offre` are open to the public."""

from django.urls import path

from accord.purchasing.providers import views

app_name = "providers"
urlpatterns = [
    path("", views.home, name="home"),
    path("liste/", views.provider_list, name="list"),
    path("devenir/", views.becoming, name="becoming"),
    path("devenir/<slug:office>/", views.expectations, name="expectations"),
    path("devenir/<slug:office>/offre/", views.start, name="start"),
    path("devenir/<slug:office>/lien/<str:token>/", views.opening, name="opening"),
    path("mon-offre/", views.my_offer, name="my_offer"),
    path("mon-offre/envoi/", views.my_sending, name="my_sending"),
    path("mon-offre/reponse/", views.my_answer, name="my_answer"),
    path("mon-offre/documents/", views.my_pieces, name="my_pieces"),
    path("mon-offre/documents/<uuid:piece_id>/retrait/", views.my_piece_removal, name="my_piece_removal"),
    path("offres/", views.offers, name="offers"),
    path("offres/<uuid:offer_id>/", views.review, name="review"),
    path("offres/<uuid:offer_id>/question/", views.question, name="question"),
    path("offres/<uuid:offer_id>/proposition/", views.proposition, name="proposition"),
    path("offres/<uuid:offer_id>/decision/", views.decision, name="decision"),
    path("offres/<uuid:offer_id>/documents/<uuid:piece_id>/", views.offer_piece, name="offer_piece"),
    path("attentes/", views.guidance, name="guidance"),
    path("attentes/<slug:topic>/", views.publish, name="publish"),
    path("conventions/<uuid:agreement_id>/prix/", views.tariffs, name="tariffs"),
    path("conventions/<uuid:agreement_id>/prix/nouveau/", views.price, name="price"),
    path("prix/<uuid:proposal_id>/", views.counter, name="counter"),
    path("prix/<uuid:proposal_id>/reponse/", views.answer_price, name="answer_price"),
    path("constats/<uuid:finding_id>/", views.settle, name="settle"),
    path("certificats/<uuid:certificate_id>/", views.certificate_file, name="certificate_file"),
    path("<uuid:provider_id>/", views.show, name="show"),
    path("<uuid:provider_id>/modification/", views.edit, name="edit"),
    path("<uuid:provider_id>/admission/", views.admission, name="admission"),
    path("<uuid:provider_id>/invitation/", views.invite, name="invite"),
    path("<uuid:provider_id>/certificats/", views.certificate, name="certificate"),
    path("<uuid:provider_id>/visites/", views.visit, name="visit"),
]
