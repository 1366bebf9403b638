"""A mailing before it leaves: what was asked, its calendar file, the tool that fits."""
