"""Settings: the only reader of the environment."""

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PORT = 3000
IN_DOUBT = ("skip", "resend")
KEY_BYTES = 32
HOW_TO_MAKE_A_KEY = "`openssl rand -base64 32 | tr '+/' '-_'`"


class SettingsError(Exception):
    """Settings that are missing or make no sense; the message names them all."""


@dataclass(frozen=True)
class Settings:
    """What can be set from outside; each field names its variable in README's table."""

    playbooks: tuple[Path, ...] = ()
    cache: Path | None = None
    database_url: str = "sqlite:///boundary.db"
    bot_token: str = ""
    signing_secret: str = ""
    app_token: str = ""
    slack_api_url: str = "https://slack.com/api/"
    host: str = "127.0.0.1"
    port: int = PORT
    log_level: str = "INFO"
    secret_keys: tuple[str, ...] = ()
    resends_in_doubt: bool = False
    metrics_port: int = 0
    ci: bool = False

    @property
    def is_embedded(self) -> bool:
        """Whether the database is SQLite, which one process has to itself."""
        return self.database_url.startswith("sqlite")

    @property
    def uses_socket_mode(self) -> bool:
        return bool(self.app_token)

    def require_slack(self) -> None:
        """Raise SettingsError that names everything which is missing to talk to Slack."""
        missing = [] if self.bot_token else ["SLACK_BOT_TOKEN (OAuth & Permissions, starts with xoxb-)"]
        if not self.app_token and not self.signing_secret:
            missing.append(
                "SLACK_APP_TOKEN (Basic Information, starts with xapp-) for Socket Mode, or "
                "SLACK_SIGNING_SECRET (Basic Information) for HTTP"
            )
        if missing:
            raise SettingsError("not set: " + "; ".join(missing))


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read the variables of README's table; raise SettingsError for a value that makes no sense."""
    folders = [
        Path(folder).expanduser() for folder in environ.get("BOUNDARY_PLAYBOOKS", "").split(os.pathsep) if folder
    ]
    cache_home = environ.get("XDG_CACHE_HOME") or (f"{environ['HOME']}/.cache" if environ.get("HOME") else "")
    in_doubt = environ.get("BOUNDARY_IN_DOUBT") or IN_DOUBT[0]
    if in_doubt not in IN_DOUBT:
        raise SettingsError(f"BOUNDARY_IN_DOUBT is {in_doubt!r}; it must be one of {', '.join(IN_DOUBT)}")
    url = environ.get("SLACK_API_URL") or Settings.slack_api_url
    return Settings(
        playbooks=tuple(folders),
        cache=Path(cache_home) / "boundary-coach" if cache_home else None,
        database_url=environ.get("DATABASE_URL") or Settings.database_url,
        bot_token=environ.get("SLACK_BOT_TOKEN", ""),
        signing_secret=environ.get("SLACK_SIGNING_SECRET", ""),
        app_token=environ.get("SLACK_APP_TOKEN", ""),
        slack_api_url=url if url.endswith("/") else url + "/",
        host=environ.get("HOST") or Settings.host,
        port=_port("PORT", environ.get("PORT") or str(PORT)),
        secret_keys=_keys(environ.get("BOUNDARY_SECRET_KEYS", "")),
        resends_in_doubt=in_doubt == "resend",
        metrics_port=_port("BOUNDARY_METRICS_PORT", environ.get("BOUNDARY_METRICS_PORT") or "0"),
        log_level=(environ.get("LOG_LEVEL") or Settings.log_level).upper(),
        ci=environ.get("CI", "").lower() in {"1", "true", "yes"},
    )


def _port(name: str, value: str) -> int:
    if not value.isdigit():
        raise SettingsError(f"{name} is {value!r}; it must be a number such as 3000")
    return int(value)


def _keys(listed: str) -> tuple[str, ...]:
    keys = tuple(listed.replace(",", " ").split())
    for key in keys:
        try:
            is_key = len(base64.urlsafe_b64decode(key)) == KEY_BYTES
        except ValueError:
            is_key = False
        if not is_key:
            raise SettingsError(f"BOUNDARY_SECRET_KEYS must hold keys such as {HOW_TO_MAKE_A_KEY} prints")
    return keys
