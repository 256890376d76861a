"""Read the document number that an act prints of itself."""
