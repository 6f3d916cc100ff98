"""Who needs what, who holds what, and what waits for a decision: within the actor's reach, as at a day."""
