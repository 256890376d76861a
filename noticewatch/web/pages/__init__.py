"""The pages: each handler asks the archive, builds a view, renders a template."""
