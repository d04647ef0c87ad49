"""Timezones to pick from: a search by city over the names of IANA, as people type them."""

from bot.tips.calendar import zone_names

FIRST = (
    "Europe/London Europe/Dublin Europe/Lisbon Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Warsaw Europe/Athens "
    "America/New_York America/Chicago America/Denver America/Los_Angeles America/Toronto America/Mexico_City America/Sao_Paulo "
    "Africa/Lagos Africa/Nairobi Africa/Johannesburg Asia/Dubai Asia/Kolkata Asia/Kathmandu Asia/Singapore Asia/Shanghai "
    "Asia/Tokyo Australia/Sydney Pacific/Auckland UTC"
).split()
"""What is offered before anything is typed."""

ODD = ("Etc/", "posix/", "right/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


def zones_like(query: str, most: int) -> list[str]:
    """Return at most `most` names that hold all words of `query`, cities that begin with it first."""
    words = _plain(query).split()
    if not words:
        return [name for name in FIRST if name in zone_names()][:most]
    named = [name for name in zone_names() if ("/" in name or name == "UTC") and not name.startswith(ODD)]
    found = [name for name in named if all(word in _plain(name) for word in words)]
    return sorted(found, key=lambda name: (not _city(name).startswith(words[0]), name))[:most]


def _city(name: str) -> str:
    return _plain(name.rpartition("/")[2])


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("/", " ").replace(",", " ").split())
