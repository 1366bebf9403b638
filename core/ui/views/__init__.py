"""What each page shows, in the order of the page."""
