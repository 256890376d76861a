"""Machine translation of titles and passages, where the operator has set up a provider.

Beside the Chinese, marked as what it is, and withheld where a number, a date, a negation or a
modal verb did not survive. The English built from facts needs none of it.
"""
