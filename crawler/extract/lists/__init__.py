"""A list page to dated rows."""
