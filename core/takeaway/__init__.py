"""What people take away: slides, documents on paper, and a workbook of every figure.

Each is written from the same story as the screen, so that no figure can differ.
"""
