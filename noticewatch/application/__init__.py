"""Work shared by command line, service and web archive."""
