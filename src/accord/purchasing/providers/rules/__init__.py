"""Pure rules of the providers: no Django, no database."""
