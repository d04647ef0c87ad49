"""Settings: the only reader of the environment."""

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PORT = 3000
LAST_PORT = 65_535
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DATABASES = ("sqlite://", "postgres://", "postgresql://", "postgresql+asyncpg://", "sqlite+aiosqlite://")
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
    """Read the variables of README's table; raise SettingsError that names every value which makes no sense."""
    folders = [
        Path(folder).expanduser() for folder in environ.get("BOUNDARY_PLAYBOOKS", "").split(os.pathsep) if folder
    ]
    cache_home = environ.get("XDG_CACHE_HOME") or (f"{environ['HOME']}/.cache" if environ.get("HOME") else "")
    port, metrics_port = environ.get("PORT") or str(PORT), environ.get("BOUNDARY_METRICS_PORT") or "0"
    database_url = environ.get("DATABASE_URL") or Settings.database_url
    in_doubt = environ.get("BOUNDARY_IN_DOUBT") or IN_DOUBT[0]
    keys = tuple(environ.get("BOUNDARY_SECRET_KEYS", "").replace(",", " ").split())
    url = environ.get("SLACK_API_URL") or Settings.slack_api_url
    level = (environ.get("LOG_LEVEL") or Settings.log_level).upper()
    bot_token, app_token = environ.get("SLACK_BOT_TOKEN", "").strip(), environ.get("SLACK_APP_TOKEN", "").strip()
    mistakes = {
        f"PORT is {port!r}; it must be a number such as 3000": not _is_port(port),
        f"BOUNDARY_METRICS_PORT is {metrics_port!r}; it must be a number such as 9000": not _is_port(metrics_port),
        f"BOUNDARY_IN_DOUBT is {in_doubt!r}; it must be one of {', '.join(IN_DOUBT)}": in_doubt not in IN_DOUBT,
        f"BOUNDARY_SECRET_KEYS must hold keys such as {HOW_TO_MAKE_A_KEY} prints": not all(map(_is_key, keys)),
        f"LOG_LEVEL is {level!r}; use one of {', '.join(LEVELS)}": level not in LEVELS,
        "DATABASE_URL must start with sqlite:/// or postgresql://": not database_url.startswith(DATABASES),
        "SLACK_API_URL must start with https:// or http://": not url.startswith(("https://", "http://")),
        "SLACK_BOT_TOKEN holds an app-level token (xapp-); it must start with xoxb-": bot_token.startswith("xapp-"),
        "SLACK_APP_TOKEN holds a bot token (xoxb-); it must start with xapp-": app_token.startswith("xoxb-"),
    }
    if any(mistakes.values()):
        raise SettingsError("; ".join(mistake for mistake, is_there in mistakes.items() if is_there))
    return Settings(
        playbooks=tuple(folders),
        cache=Path(cache_home) / "boundary-coach" if cache_home else None,
        database_url=database_url,
        bot_token=bot_token,
        signing_secret=environ.get("SLACK_SIGNING_SECRET", "").strip(),
        app_token=app_token,
        slack_api_url=url if url.endswith("/") else url + "/",
        host=environ.get("HOST") or Settings.host,
        port=int(port),
        secret_keys=keys,
        resends_in_doubt=in_doubt == "resend",
        metrics_port=int(metrics_port),
        log_level=level,
        ci=environ.get("CI", "").lower() in {"1", "true", "yes"},
    )


def _is_port(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) <= LAST_PORT


def _is_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == KEY_BYTES
    except ValueError:
        return False
