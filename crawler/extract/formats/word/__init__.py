"""Word processing: .docx, and the binary .doc and .wps."""
