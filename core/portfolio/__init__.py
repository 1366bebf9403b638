"""Several workspaces side by side: what each project is, and what its data say."""
