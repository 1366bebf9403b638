"""One text for a person, a team's manager or the direction, to paste or to send.

week.last(workspace, today)     the seven days it tells of, and those before
person.read, team.read, company.read    the figures, on both days
writing.person, team, company   the text, plain and as a simple HTML mail
mail.message, post.Post         the mail, and the server that takes it
rounds.run                      a workspace's mails of the week, each sent once
"""
