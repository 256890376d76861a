"""noticewatch: the one place that knows all stages. Command line, pipeline, service, web archive."""
