"""The cache: in the memory of each process, or in Redis, which is not waited for where it is silent."""

from __future__ import annotations

from typing import Any

from environs import FileAwareEnv

LOCAL = "claims.local_cache.LocalCache"
# Redis answers in a fraction of a millisecond; each connection begins with a question of its own.
IMPATIENT = {
    "pool_class": "claims.shared_cache.ImpatientPool",
    "socket_timeout": 0.25,
    "socket_connect_timeout": 0.25,
}


def caches(env: FileAwareEnv) -> dict[str, dict[str, Any]]:
    """Return the caches that CACHE_URL names."""
    chosen: dict[str, Any] = env.dj_cache_url("CACHE_URL", "locmem://")
    if chosen["BACKEND"].endswith("LocMemCache"):
        chosen["BACKEND"] = LOCAL
    elif chosen["BACKEND"].endswith("RedisCache"):
        chosen["OPTIONS"] = IMPATIENT | chosen.get("OPTIONS", {})
    return {"default": chosen}
