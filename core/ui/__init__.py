"""The only part of ``core`` that draws: frame, sign-in, components, views."""
