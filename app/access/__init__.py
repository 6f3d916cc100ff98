"""One vocabulary of who may do what: permissions, roles, scopes, the actor and the gates. No tables, no HTTP."""
