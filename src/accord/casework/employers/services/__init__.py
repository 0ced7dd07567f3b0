"""The verbs of employers and of the contacts with them."""

from accord.casework.employers.services.contacting import end_contact, plan_contact
from accord.casework.employers.services.registering import change_employer, register_employer

__all__ = ["change_employer", "end_contact", "plan_contact", "register_employer"]
