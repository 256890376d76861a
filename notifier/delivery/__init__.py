"""The outbox emptied channel by channel, each message once."""
