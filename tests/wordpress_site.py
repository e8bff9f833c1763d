"""A real WordPress on loopback, from Debian's packages: MariaDB without a network, and PHP's own server.

It stands in a folder of its own and is gone when it is closed. `php` runs code inside it, as a plugin would be run.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

PACKAGES = ("wordpress", "mariadb-server", "php-cli", "php-mysql", "php-xml", "php-curl", "php-mbstring")
_CORE = Path("/usr/share/wordpress")
_CONFIG = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'wp'); define('DB_PASSWORD', 'wp');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_MEMORY_LIMIT', '512M'); define('WP_DEFAULT_THEME', 'plain');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
# The site may stand at the top or in a folder: all that is no file goes to its index.php.
_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) return false;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
chdir($_SERVER['DOCUMENT_ROOT']);
require 'index.php';
"""
# Which themes Debian brings differs from release to release, and may be none.
_THEME = """<!doctype html><html <?php language_attributes(); ?>><head><title><?php bloginfo('name'); ?></title>
<?php wp_head(); ?></head><body>
<?php while (have_posts()) { the_post(); the_title('<h1>', '</h1>'); the_content(); } wp_footer(); ?></body></html>
"""
_INSTALL = """
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Test gazette', 'admin', 'a@example.org', true, '', 'admin');
wp_delete_post(1, true); wp_delete_post(2, true); wp_delete_post(3, true);
"""


def what_is_missing() -> str:
    """What this machine lacks for it; empty where nothing is."""
    programs = [name for name in ("php", "mariadbd", "mariadb-install-db", "mariadb") if not shutil.which(name)]
    return ", ".join(programs + ([] if _CORE.is_dir() else [str(_CORE)]))


class WordPressSite:
    """The site; `url` is its home, with no slash at its end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._www = folder / "www"
        (folder / "compiled").mkdir()
        self._quick = ("-d", "opcache.enable_cli=1", "-d", f"opcache.file_cache={folder / 'compiled'}")
        # A socket's path may not be longer than about a hundred bytes, and pytest's folders are.
        self._socket = Path("/tmp") / f"wp-{os.getpid()}-{time.monotonic_ns()}.sock"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._stands: tuple[str, str] | None = None
        self.origin = self.url = ""

    def __enter__(self) -> WordPressSite:
        try:
            self._start_database()
            self._lay_out()
            self._start_server()
            self.php(_INSTALL, is_installing=True)
            self.stand("", "")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends what was started, the server before the database; its workers are of its own process group."""
        for process in reversed(self._processes):
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        self._processes.clear()
        self._socket.unlink(missing_ok=True)

    def php(self, code: str, *values: Any, is_installing: bool = False) -> Any:
        """What the code returns, run inside WordPress; it finds the values in `$values`."""
        answer = self.folder / "answer.json"
        script = (
            f"<?php define('WP_INSTALLING', {'true' if is_installing else 'false'});"
            "$_SERVER['HTTP_HOST'] = '127.0.0.1'; $_SERVER['REQUEST_METHOD'] = 'GET'; error_reporting(E_ERROR);"
            f"require {str(self._www / 'wp-load.php')!r}; kses_remove_filters();"
            "$values = json_decode(stream_get_contents(STDIN), true);"
            f"$run = function () use ($values) {{ {code} }};"
            f"file_put_contents({str(answer)!r}, json_encode($run()));"
        )
        file = self.folder / "run.php"
        file.write_text(script)
        command = ["php", *self._quick, "-d", "sendmail_path=/bin/true", str(file)]
        done = subprocess.run(command, input=json.dumps(values).encode(), capture_output=True, timeout=120)
        if done.returncode:
            raise RuntimeError((done.stdout + done.stderr).decode()[-2000:])
        return json.loads(answer.read_bytes())

    def add_posts(self, posts: Sequence[dict[str, Any]]) -> list[int]:
        """The ids of new posts, given as the fields of `wp_insert_post`."""
        code = "return array_map(fn($p) => wp_insert_post(wp_slash($p + ['post_author' => 1])), $values[0]);"
        ids: list[int] = self.php(code, posts)
        return ids

    @contextmanager
    def posted(self, *posts: dict[str, Any]) -> Iterator[list[int]]:
        """Posts that are there for a while; their ids."""
        ids = self.add_posts(posts)
        try:
            yield ids
        finally:
            self.php("foreach ($values[0] as $id) wp_delete_post($id, true);", ids)

    def stand(self, folder: str, structure: str) -> None:
        """Where the site says that it is ("" the top, "/en" a folder), and the form of its permalinks ("" plain)."""
        if (folder, structure) == self._stands:
            return
        self._stands = (folder, structure)
        self.url = self.origin + folder
        self.php(
            "foreach (['home', 'siteurl'] as $name) update_option($name, $values[0]);"
            "update_option('permalink_structure', $values[1]);",
            self.url,
            structure,
        )
        # In a run of its own: what a structure means for categories is settled when WordPress starts.
        self.php("flush_rewrite_rules();")

    def use_plugin(self, name: str, code: str | None) -> None:
        """Puts a must-use plugin in, or takes it out (None)."""
        file = self._www / "wp-content/mu-plugins" / f"{name}.php"
        if code is None:
            file.unlink(missing_ok=True)
        else:
            file.write_text(f"<?php\n{code}\n")

    def _start_database(self) -> None:
        data, log = self.folder / "db", self.folder / "db.log"
        user = f"--user={_user()}"
        with log.open("wb") as out:
            install = ["mariadb-install-db", "--no-defaults", user, f"--datadir={data}", "--skip-test-db"]
            subprocess.run(install, stdout=out, stderr=out, check=True, timeout=120)
            quick = ["--skip-networking", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin", "--skip-name-resolve"]
            where = [f"--datadir={data}", f"--socket={self._socket}", f"--pid-file={self.folder / 'db.pid'}"]
            command = ["mariadbd", "--no-defaults", user, *where, *quick]
            self._processes.append(subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True))
        sql = (
            "CREATE DATABASE wp CHARACTER SET utf8mb4; CREATE USER wp@localhost IDENTIFIED BY 'wp';"
            "GRANT ALL ON wp.* TO wp@localhost"
        )
        client = ["mariadb", "--no-defaults", f"--socket={self._socket}", "-e", sql]
        _until(lambda: subprocess.run(client, capture_output=True).returncode == 0, "MariaDB")

    def _lay_out(self) -> None:
        """The files by links, as far as they may be: WordPress takes the folder of its real first file for its own."""
        (self._www / "wp-content/mu-plugins").mkdir(parents=True)
        for file in _CORE.glob("*.php"):
            if file.name != "wp-config.php":
                shutil.copy(file, self._www)
        for name in ("wp-admin", "wp-includes", "wp-content/languages"):
            (self._www / name).symlink_to(_CORE / name)
        theme = self._www / "wp-content/themes/plain"
        theme.mkdir(parents=True)
        (theme / "style.css").write_text("/* Theme Name: Plain */")
        (theme / "index.php").write_text(_THEME)
        (self._www / "wp-config.php").write_text(_CONFIG.format(socket=self._socket))
        (self.folder / "router.php").write_text(_ROUTER)

    def _start_server(self) -> None:
        port = _free_port()
        self.origin = f"http://127.0.0.1:{port}"
        command = [
            "php",
            *self._quick,
            "-S",
            f"127.0.0.1:{port}",
            "-t",
            str(self._www),
            str(self.folder / "router.php"),
        ]
        with (self.folder / "php.log").open("wb") as out:
            env = {**os.environ, "PHP_CLI_SERVER_WORKERS": "2"}
            self._processes.append(subprocess.Popen(command, stdout=out, stderr=out, env=env, start_new_session=True))
        _until(lambda: _answers(f"{self.origin}/readme.html"), "PHP's server")


def _user() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


def _until(is_ready: Callable[[], bool], what: str) -> None:
    for _ in range(150):
        if is_ready():
            return
        time.sleep(0.2)
    raise RuntimeError(f"{what} did not start")
