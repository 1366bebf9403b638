"""The scorecards of a workspace: kept, given away and read back."""
