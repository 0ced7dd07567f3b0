"""Our own page, and those of allauth that stay open; whatever is not named here does not exist."""

from allauth.account import views as account
from django.urls import include, path, re_path

from accord.foundation.accounts import views

own = ([path("profil/", views.profile, name="profile")], "accounts")

urlpatterns = [
    path("", include(own)),
    path("entrer/", account.login, name="account_login"),
    path("sortir/", account.logout, name="account_logout"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-facteur/", include("allauth.mfa.urls")),
]
