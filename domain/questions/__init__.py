"""Questions in English and Chinese: the filters they name, and what their words ask for."""
