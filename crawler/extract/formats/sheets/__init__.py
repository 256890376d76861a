"""Spreadsheets: .xlsx, .xls and CSV, with the values that they show."""
