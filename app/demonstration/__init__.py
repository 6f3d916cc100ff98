"""A believable trust that does not exist, made only through the domains' own commands with past clocks."""
