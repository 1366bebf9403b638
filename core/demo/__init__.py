"""The demo company: invented exports that go through the import like any others."""
