"""Screens of casework: the list, and every act in a case. The case page itself is composed in `web`."""
