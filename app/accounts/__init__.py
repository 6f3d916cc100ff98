"""Who can sign in and what they hold: credentials, sign-in sessions, grants of roles, invitations."""
