"""All words for people: catalogues of sentences and phrases in English and Chinese."""
