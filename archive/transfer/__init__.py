"""Export, import, case files and backups."""
