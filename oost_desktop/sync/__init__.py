"""Bundles in and out: trust between laptops and the office, and what travels between them."""
