"""Name the statuses of acts that no longer oblige anybody."""

from __future__ import annotations

NO_LONGER_BINDING = frozenset({"repealed", "expired"})
# What a reader is no longer told of as ahead: also acts whose page is gone.
NO_LONGER_AHEAD = NO_LONGER_BINDING | {"withdrawn_page"}
CHANGED_SINCE = frozenset({"amended", "partly_repealed"})  # still binding, but not as first issued
