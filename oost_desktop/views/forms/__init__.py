"""Forms: editors bound to a draft, laid out by the declaration of a record or by hand."""
