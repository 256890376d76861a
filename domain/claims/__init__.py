"""What others write about the law: claims read from a text and held against what is held."""
