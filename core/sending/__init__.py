"""A mailing before it leaves: what was asked, its file for calendars, which tool fits."""
