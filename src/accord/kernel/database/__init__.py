"""The database knows who acts: each transaction begins with the actor; row-level security does the rest."""

from accord.kernel.database.context import acting_as, tell_database

__all__ = ["acting_as", "tell_database"]
