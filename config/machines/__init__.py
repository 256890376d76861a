"""Settings of an archive that several machines or processes share."""
