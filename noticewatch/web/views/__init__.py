"""Pure views that pages, API and exports share."""
