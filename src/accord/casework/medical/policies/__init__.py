"""Who may see and do what inside the compartment. The same rules stand in the database as row-level security."""
