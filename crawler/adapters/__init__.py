"""Adapters: how a CMS platform presents lists. A platform is code, a source is data."""
