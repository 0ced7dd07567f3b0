"""Questions about what the compartment holds, as far as the actor may read it."""
