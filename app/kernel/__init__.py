"""What every room stands on: settings, database, clock, errors, audit and the outbox. No HTTP, no domain."""
