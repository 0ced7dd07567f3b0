"""The shape of what is typed inside the compartment."""
