"""A real Postfix on loopback, from Debian's packages: with TLS and AUTH, everything of it in a folder of its own.

Its master has to be started by root; its daemons run as `postfix`, and mail is delivered as `nobody`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

import trustme

PACKAGES = ("postfix", "sasl2-bin", "libsasl2-modules")
GONE = "gone@example.org"
LOGIN = ("desk", "not a secret")
_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mx.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_tls_chain_files = {folder}/server.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_local_domain = mx.test
smtpd_client_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{ {{ {gone} = 550 5.1.1 no such mailbox }} }}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
"""
_MASTER = """
127.0.0.1:{starttls} inet n - n - - smtpd
127.0.0.1:{tls} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
_SASL = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
mech_list: PLAIN LOGIN
sasldb_path: {folder}/passwords
"""


def what_is_missing() -> str:
    """What this machine lacks for it; empty where nothing is."""
    missing = [name for name in ("postfix", "saslpasswd2") if not _program(name)]
    return ", ".join(missing + (["the right to be root"] if os.geteuid() else []))


class PostfixServer:
    """The server: `port` speaks STARTTLS, `tls_port` TLS from the first byte. It takes mail for example.org."""

    def __init__(self) -> None:
        # pytest's folders are closed to other users.
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.ca_file = self.folder / "authority.pem"
        self.port, self.tls_port = _free_ports(2)
        self._etc = self.folder / "etc"

    def __enter__(self) -> PostfixServer:
        try:
            self._lay_out()
            self._postfix("start")
            self._wait_until_it_answers()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop it, and take its folder away."""
        if (self.folder / "queue/pid/master.pid").exists():
            self._postfix("stop")
        shutil.rmtree(self.folder)

    def mails(self, number: int) -> list[bytes]:
        """What was delivered, as soon as there is so much of it; taken out of the mailbox."""
        new = self.folder / "mail/all/new"
        for _ in range(200):
            if new.is_dir() and len(found := sorted(new.iterdir())) >= number:
                mails = [path.read_bytes() for path in found]
                for path in found:
                    path.unlink()
                return mails
            time.sleep(0.1)
        raise AssertionError(f"fewer than {number} mails were delivered:\n{(self.folder / 'log').read_text()}")

    def _lay_out(self) -> None:
        (self._etc / "sasl").mkdir(parents=True)
        values = {"folder": self.folder, "starttls": self.port, "tls": self.tls_port, "gone": GONE}
        for name, text in (("main.cf", _MAIN), ("master.cf", _MASTER), ("sasl/smtpd.conf", _SASL)):
            (self._etc / name).write_text(text.format(**values).lstrip())
        for name, owner in (("queue", "root"), ("data", "postfix"), ("mail", "nobody")):
            (self.folder / name).mkdir()
            shutil.chown(self.folder / name, owner)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.ca_file))
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(self.folder / "server.pem"))
        (self.folder / "server.pem").chmod(0o600)
        user, password = LOGIN
        passwords = self.folder / "passwords"
        command = [_program("saslpasswd2"), "-p", "-c", "-u", "mx.test", "-f", str(passwords), user]
        subprocess.run(command, input=password.encode(), check=True, timeout=30)
        shutil.chown(passwords, "postfix")

    def _postfix(self, command: str) -> None:
        done = subprocess.run([_program("postfix"), "-c", str(self._etc), command], capture_output=True, timeout=60)
        if done.returncode:
            raise RuntimeError((done.stdout + done.stderr).decode())

    def _wait_until_it_answers(self) -> None:
        for _ in range(100):
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
                    if connection.recv(3) == b"220":
                        return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("Postfix did not start")


def _program(name: str) -> str:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or ""


def _free_ports(number: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports
