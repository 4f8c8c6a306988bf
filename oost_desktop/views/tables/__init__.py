"""Tables: paged over thousands of rows, or whole and small; one look, one set of keys."""
