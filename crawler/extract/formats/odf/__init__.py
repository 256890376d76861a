"""OpenDocument: .odt, .ods and .odp."""
