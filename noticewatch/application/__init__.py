"""What command line, service and web archive share."""
