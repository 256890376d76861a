"""The service: scheduler, stages, watchdog, maintenance."""
