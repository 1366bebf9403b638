"""Any export, read into the canonical objects."""
