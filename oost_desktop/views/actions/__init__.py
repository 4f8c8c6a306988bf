"""Actions as data: one registry feeds the toolbar, the find box and the key sheet."""
