"""Does a duty apply to a company: yes, perhaps, or no, with the words that say so."""
