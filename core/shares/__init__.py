"""Read-only links: a view of a workspace for somebody without an account.

    keeping.make(account_id, workspace_id, terms)   a link, within its maker's rights
    keeping.of(workspace_id)                        the links of a workspace
    keeping.revoke(share_id)                        it opens nothing from now on
    door.enter(token)                               a browser's session behind a link
    door.visitor(session_token)                     who it is, asked at every run

A link opens while its maker could still make it: an account closed, a membership ended
or a role lost ends their links too.
"""
