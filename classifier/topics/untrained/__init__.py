"""Topics of a field that no heads were trained for."""
