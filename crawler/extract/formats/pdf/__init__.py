"""PDF: pages as they are shown, through PDFium."""
