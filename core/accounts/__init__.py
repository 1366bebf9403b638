"""Accounts, sessions, workspaces' settings and the journal, in one database."""
