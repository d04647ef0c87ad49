"""Settings: the only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PORT = 3000


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
    ci: bool = False

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
    port = environ.get("PORT") or str(PORT)
    if not port.isdigit():
        raise SettingsError(f"PORT is {port!r}; it must be a number such as 3000")
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
        port=int(port),
        log_level=(environ.get("LOG_LEVEL") or Settings.log_level).upper(),
        ci=environ.get("CI", "").lower() in {"1", "true", "yes"},
    )
