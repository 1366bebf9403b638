"""Workshops: a room answers one scorecard from its phones and sees where it differs."""
