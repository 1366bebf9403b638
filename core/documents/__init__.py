"""Documents that people take away and print."""
