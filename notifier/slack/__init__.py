"""Slack beyond sending: buttons, forms, the home tab, commands, link previews, set-up."""
