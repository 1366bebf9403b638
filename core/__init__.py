"""Aplomb: does the company really use its CRM, and what to do on Monday."""
