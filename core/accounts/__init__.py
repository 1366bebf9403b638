"""Accounts, sessions, workspaces' settings and the journal, in one database."""

# The tables register on the same Base: they are made with the others.
from core.accounts import digest_tables as digest_tables
from core.accounts import questionnaire_tables as questionnaire_tables
from core.accounts import share_tables as share_tables
from core.accounts import visit_tables as visit_tables
