"""The guided demonstration on bundled replica sites; all its texts are invented."""
