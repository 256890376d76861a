"""Query language, ranking, facets and highlighting over a search index."""
