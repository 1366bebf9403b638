"""How each figure is computed, read from the code and the SQL that compute it."""
