"""Small widgets that know nothing of tuition: they show what they are given."""
