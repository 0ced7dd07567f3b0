"""Registers the app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """accord.casework.referrals."""

    name = "accord.casework.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Register what announcements tell people, and the gates that they keep."""
        from accord.casework.cases.services import keep_gate
        from accord.casework.referrals.events import NOTIFICATIONS
        from accord.casework.referrals.policies import announcement_accepted, insured_informed
        from accord.foundation.notifications.events import register_kind

        for key, sentence in NOTIFICATIONS.items():
            register_kind(key, sentence=sentence, group="referrals")
        keep_gate("referral.accepted", announcement_accepted)
        keep_gate("insured.informed", insured_informed)
