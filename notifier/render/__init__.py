"""Renderers: one alert model, one text per channel kind."""
