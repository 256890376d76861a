"""Empty the outbox channel by channel, each message once."""
