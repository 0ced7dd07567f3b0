"""What meetings tell people and the journal; no sentence names the person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "meeting.invited": _("Vous êtes invité·e à une rencontre du dossier %(number)s."),
    "meeting.moved": _("Une rencontre est déplacée : dossier %(number)s."),
    "meeting.changed": _("Une rencontre est modifiée : dossier %(number)s."),
    "meeting.uninvited": _("Une rencontre se tient sans vous : dossier %(number)s."),
    "meeting.reply_aside": _(
        "Une réponse par e-mail à votre rencontre n’a pas été prise : dossier %(number)s."
    ),
    "meeting.cancelled": _("Une rencontre est annulée : dossier %(number)s."),
    "meeting.declined": _("Quelqu’un ne peut pas venir à votre rencontre : dossier %(number)s."),
    "meeting.undelivered": _("Une invitation n’a pas pu être envoyée : dossier %(number)s."),
    "meeting.person_answered": _("La personne a répondu à l’invitation : dossier %(number)s."),
    "meeting.minutes": _("Un procès-verbal attend votre signature : dossier %(number)s."),
}

VERBS = {
    "meeting_planned": _("Rencontre fixée"),
    "meeting_moved": _("Rencontre déplacée"),
    "meeting_cancelled": _("Rencontre annulée"),
    "meeting_held": _("Rencontre tenue"),
    "minutes_signed": _("Procès-verbal signé"),
    "person_acted": _("Acte de la personne"),
    "answered_invitation": _("Réponse à une invitation"),
    "sent_again": _("Nouvel envoi"),
    "renewed": _("Renouvellement"),
    "signed": _("Signature"),
    "discarded": _("Mise à l’écart"),
}

SUBJECTS = {
    "meeting": _("rencontre"),
    "meeting list": _("liste des rencontres"),
    "minutes": _("procès-verbal"),
    "reply": _("réponse par e-mail"),
    "room": _("salle"),
    "calendar": _("agenda privé"),
    "invitation letter": _("lettre d’invitation"),
}

PURPOSES = {
    "list of meetings": _("parcourir les rencontres"),
    "read a meeting": _("consulter une rencontre"),
    "schedule a meeting": _("fixer une rencontre"),
    "move a meeting": _("déplacer une rencontre"),
    "change who comes": _("changer qui vient à une rencontre"),
    "sort replies": _("traiter les réponses mises de côté"),
    "cancel a meeting": _("annuler une rencontre"),
    "note who came": _("noter les présences"),
    "answer an invitation": _("répondre à une invitation"),
    "send an invitation again": _("envoyer une invitation de nouveau"),
    "write minutes": _("rédiger un procès-verbal"),
    "read minutes": _("lire un procès-verbal"),
    "sign minutes": _("signer un procès-verbal"),
    "print an invitation": _("imprimer une invitation"),
    "set the agenda": _("régler l’ordre du jour"),
    "administer rooms": _("gérer les salles"),
    "own calendar": _("voir son agenda privé"),
    "calendar feed": _("alimenter un agenda"),
}
