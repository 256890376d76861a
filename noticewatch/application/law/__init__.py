"""The law: lists of acts and duties, and one act as it reads on a day."""
