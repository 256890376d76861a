"""The one place that knows all stages: command line, pipeline, service, web archive."""
