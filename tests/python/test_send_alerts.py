"""Alerts reach a webhook once, whatever the webhook, the mail server or the operator does."""

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_string
from email.utils import formatdate
from pathlib import Path

import duckdb
import pytest
from conftest import REPOSITORY
from pages import CHECKOUT, COMMAND, of_demo
from webhooks import PASSWORD, SECRET, open_hook, open_post

from okr_metrics.send_alerts.delivery import ATTEMPTS, Counts, Send, send_all
from okr_metrics.send_alerts.mail import Mail
from okr_metrics.send_alerts.message import REPEAT
from okr_metrics.send_alerts.sent import Sent, SentError
from okr_metrics.send_alerts.webhook import Webhook, retry_after

TIMEOUT = 0.5


def alert(name: str, **columns: str) -> dict:
    """Return a row of okr__alerts."""
    row = {"severity": "critical", "object": "KR-1", "owner": None, "state": "off_track"}
    return row | {"alert_id": name, "message": f"{name} is off track.", "link": None} | columns


class Run:
    """Runs of a sender in this process, with one file."""

    def __init__(self, file: Path) -> None:
        """Take the file; note what is said and how long it would wait."""
        self.file, self.said, self.waits = file, [], []

    def __call__(self, send: Send, *names: str) -> Counts:
        """Send alerts of these names."""
        with Sent(self.file) as sent:
            alerts = [alert(name) for name in names]
            return send_all(alerts, sent, send, self.said.append, self.waits.append)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a sender with a new file."""
    return Run(tmp_path / "deep/sent.sqlite")


def test_each_alert_is_sent_once(run: Run) -> None:
    with open_hook() as hook:
        send = Webhook(hook.address, TIMEOUT)
        assert run(send, "a", "b") == Counts(sent=2)
        assert run(send, "a", "b", "c") == Counts(sent=1, before=2)
    assert hook.texts == [f"[critical] {name} is off track." for name in "abc"]
    assert hook.paths == [f"/services/{SECRET}"] * 3


def test_a_failure_that_passes_is_tried_again(run: Run) -> None:
    with open_hook(500, 503) as hook:
        assert run(Webhook(hook.address, TIMEOUT), "a") == Counts(sent=1)
    # the server said that it has nothing, so none is a repeat
    assert hook.texts == ["[critical] a is off track."] * 3
    assert run.waits == [1, 2]


def test_a_service_that_is_down_ends_the_run_and_the_next_one_sends(run: Run) -> None:
    with open_hook(*[500] * ATTEMPTS) as hook:
        send = Webhook(hook.address, TIMEOUT)
        assert run(send, "a", "b") == Counts(unsent=2)
        assert len(hook.texts) == ATTEMPTS
        assert run(send, "a", "b") == Counts(sent=2)
    assert not any(REPEAT in text for text in hook.texts)
    assert run.said == ["a (KR-1) isn't sent: the answer is 500; 4 attempts"]


@pytest.mark.parametrize("how", ["hang", "die", 502, 504])
def test_without_an_answer_the_next_try_may_be_a_repeat(run: Run, how: str | int) -> None:
    with open_hook(how) as hook:
        assert run(Webhook(hook.address, TIMEOUT), "a", "b") == Counts(sent=2)
    first, second, other = hook.texts
    assert second == REPEAT + first
    assert not other.startswith(REPEAT)


def test_what_never_got_an_answer_is_a_repeat_in_the_next_run(run: Run) -> None:
    with open_hook(*["die"] * ATTEMPTS) as hook:
        send = Webhook(hook.address, TIMEOUT)
        assert run(send, "a") == Counts(unsent=1)
        assert run(send, "a") == Counts(sent=1)
    assert hook.texts[-1] == f"{REPEAT}[critical] a is off track."
    assert run.said[-1] == "a was on its way when a run ended: sent again as a possible repeat"


def test_a_refusal_is_not_tried_again_and_stops_no_other(run: Run) -> None:
    with open_hook(400) as hook:
        assert run(Webhook(hook.address, TIMEOUT), "a", "b") == Counts(sent=1, unsent=1)
    assert len(hook.texts) == 2
    assert run.said == ["a (KR-1) isn't sent: the answer is 400"]


def test_a_redirect_is_no_success(run: Run) -> None:
    with open_hook((302, {"Location": "/elsewhere"})) as hook:
        assert run(Webhook(hook.address, TIMEOUT), "a") == Counts(unsent=1)
    assert hook.paths == [f"/services/{SECRET}"]


def test_retry_after_is_honoured(run: Run) -> None:
    with open_hook((429, {"Retry-After": "7"}), (429, {"Retry-After": "3600"})) as hook:
        send = Webhook(hook.address, TIMEOUT)
        # an hour is left to the next run
        assert run(send, "a", "b") == Counts(unsent=2)
        assert run.waits == [7]
        assert run(send, "a", "b") == Counts(sent=2)
    assert not any(REPEAT in text for text in hook.texts)
    assert run.said == ["a (KR-1) isn't sent: the answer is 429; it asks to wait 3600 s"]
    assert 25 < retry_after(formatdate(time.time() + 30)) <= 30
    assert [retry_after(value) for value in (None, "", "soon", "-3")] == [0] * 4


def test_nobody_there(run: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/{SECRET}"
    assert run(Webhook(address, TIMEOUT), "a") == Counts(unsent=1)
    assert run.said == ["a (KR-1) isn't sent: no connection (ConnectionRefusedError); 4 attempts"]
    # it never went out, so it isn't remembered
    with Sent(run.file) as sent:
        assert sent.state("a") is None


def test_text_is_escaped_for_slack(tmp_path: Path) -> None:
    row = alert("a", message="<!channel> A & B > C", owner="<@U1>", link="https://x/?a&b#okr")
    with open_hook() as hook, Sent(tmp_path / "sent") as sent:
        send_all([row], sent, Webhook(hook.address, TIMEOUT), print)
    assert hook.bodies == [
        {
            "text": "[critical] &lt;!channel&gt; A &amp; B &gt; C\nOwner: &lt;@U1&gt;\n"
            "https://x/?a&amp;b#okr"
        }
    ]


@pytest.mark.parametrize(
    "address",
    [
        *("http://hooks.example.com/", "ftp://x/", "hooks", "https://", "https://x:port/"),
        *("https://x/a b", "https://x/\r\nHost: y", "https://x/é", "file:///etc/passwd"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="^must be an https:// address without blanks$"):
        Webhook(address, TIMEOUT)


def test_one_sender_at_a_time(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from okr_metrics.send_alerts.sent import Sent\n"
        "Sent(pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "sent")]
    with Sent(tmp_path / "sent") as sent:
        sent.mark("a", "sent")
        other = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
        assert "SentError" in other.stderr
        assert "another sender is at work with it." in other.stderr
    assert subprocess.run(command, cwd=REPOSITORY).returncode == 0


def test_a_file_of_another_kind_is_said(tmp_path: Path) -> None:
    (tmp_path / "sent").write_text("not a database, but long enough to be taken for one" * 20)
    with pytest.raises(SentError, match="file is not a database"):
        Sent(tmp_path / "sent")


# -- the command itself


@pytest.fixture(scope="module")
def environment(demo: Path) -> dict[str, str]:
    """Return the environment of the command on the built demo."""
    return (
        os.environ
        | of_demo(demo)
        | {
            "DBT_LOG_PATH": str(demo.parent / "send_logs"),
            "no_proxy": "127.0.0.1",
        }
    )


def start(environment: dict, file: Path, *options: str, **variables: str) -> subprocess.Popen:
    """Start the command; it posts to the variable HOOK unless told otherwise."""
    options = options or ("--webhook-from", "HOOK")
    return subprocess.Popen(
        [*COMMAND, "push", "--sent-file", str(file), *options],
        cwd=REPOSITORY,
        env=environment | CHECKOUT | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def alerts_of(demo: Path) -> list[str]:
    """Return the messages of the demo's alerts, in the order that they are sent in."""
    with duckdb.connect(demo, read_only=True) as connection:
        return [
            text
            for (text,) in connection.sql(
                "select '[' || severity || '] ' || message || coalesce(chr(10) || 'Owner: '"
                " || owner, '') from okr__alerts order by occurred_on, severity, alert_id"
            ).fetchall()
        ]


def test_a_sender_that_is_killed_loses_none(demo: Path, environment: dict, tmp_path: Path) -> None:
    """Killed when the webhook has the second alert and the sender hasn't marked it."""
    killed: list[subprocess.Popen] = []

    def kill() -> None:
        os.kill(killed[0].pid, signal.SIGKILL)
        killed[0].wait()

    texts = alerts_of(demo)
    with open_hook(200, kill) as hook:
        variables = {"HOOK": hook.address}
        killed.append(start(environment, tmp_path / "sent", **variables))
        assert killed[0].wait(60) == -signal.SIGKILL
        assert hook.texts == texts[:2]
        again = start(environment, tmp_path / "sent", **variables)
        out, err = again.communicate(timeout=60)
        assert again.returncode == 0, err
        assert hook.texts == [*texts[:2], REPEAT + texts[1], *texts[2:]]
        assert out == f"{len(texts) - 1} sent, 1 sent before, 0 not sent\n"
        assert err.count("on its way when a run ended") == 1
        third = start(environment, tmp_path / "sent", **variables)
        out, err = third.communicate(timeout=60)
        assert (third.returncode, out, err) == (
            *(0, f"0 sent, {len(texts)} sent before, 0 not sent\n", ""),
        )
        assert len(hook.texts) == len(texts) + 1


def test_two_senders_send_each_alert_once(demo: Path, environment: dict, tmp_path: Path) -> None:
    texts = alerts_of(demo)
    slow: list[Callable[[], None]] = [lambda: time.sleep(0.4)] * len(texts)
    with open_hook(*slow) as hook:
        both = [start(environment, tmp_path / "sent", HOOK=hook.address) for _ in range(2)]
        said = [sender.communicate(timeout=90) for sender in both]
    assert hook.texts == texts
    codes = sorted(sender.returncode for sender in both)
    assert codes == [0, 1] or codes == [0, 0], said
    if codes == [0, 1]:
        assert sum("another sender is at work" in err for _, err in said) == 1


@pytest.mark.parametrize("how", ["refused", "hang", "broken", "unset"])
def test_the_secret_is_never_said(demo: Path, environment: dict, tmp_path: Path, how: str) -> None:
    with open_hook(*([403] * 20 if how == "refused" else ["hang"] * 20)) as hook:
        address = {"broken": f"https://hooks.example.com:{SECRET}/", "unset": ""}
        options = ("--webhook-from", SECRET if how == "unset" else "HOOK", "--timeout", "0.2")
        address = address.get(how, hook.address)
        sender = start(environment, tmp_path / "sent", *options, HOOK=address)
        out, err = sender.communicate(timeout=90)
    assert sender.returncode == 1
    assert err
    logs = "".join(path.read_text() for path in demo.parent.rglob("*.log"))
    assert SECRET not in out + err + logs
    assert "Traceback" not in err
    if (tmp_path / "sent").exists():
        assert SECRET.encode() not in (tmp_path / "sent").read_bytes()


def test_no_table_of_alerts_is_no_success(environment: dict, tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(empty).close()
    variables = {"OKR_METRICS_DUCKDB": str(empty), "HOOK": "http://127.0.0.1:1/"}
    sender = start(environment, tmp_path / "sent", **variables)
    out, err = sender.communicate(timeout=60)
    assert (sender.returncode, out) == (1, "")
    assert "okr__alerts can't be read" in err


# -- by mail


def mailer(post: object, **settings: str) -> Mail:
    """Return what mails to the server of a test."""
    settings = {"HOST": "127.0.0.1", "PORT": str(post.server_address[1]), "FROM": "o@x"} | settings
    return Mail("you@x", {f"OKR_METRICS_SMTP_{k}": v for k, v in settings.items()}, TIMEOUT)


def test_alerts_are_mailed_once(run: Run) -> None:
    with open_post("451", "250", "die", "250", "550") as post:
        send = mailer(post)
        assert run(send, "a", "b", "c") == Counts(sent=2, unsent=1)
        assert run(send, "a", "b") == Counts(before=2)
    mails = [message_from_string(mail) for mail in post.mails]
    subject = "[critical] KR-1 is off track"
    assert [mail["Subject"] for mail in mails] == [*[subject] * 3, REPEAT + subject, subject]
    # a repeat has the id of what it repeats
    assert mails[2]["Message-ID"] == mails[3]["Message-ID"] != mails[0]["Message-ID"]
    assert mails[3].get_payload().strip() == f"{REPEAT}[critical] b is off track."
    assert run.said == ["c (KR-1) isn't sent: the mail server answers 550"]


def test_a_subject_holds_no_header(tmp_path: Path) -> None:
    row = alert("a", object="KR\r\nBcc: all@x")
    with open_post() as post, Sent(tmp_path / "sent") as sent:
        assert send_all([row], sent, mailer(post), print) == Counts(sent=1)
    assert message_from_string(post.mails[0])["Bcc"] is None


def test_a_password_goes_over_tls_or_not_at_all(run: Run) -> None:
    with open_post() as post:
        send = mailer(post, USER="me", PASSWORD=PASSWORD)
        assert run(send, "a") == Counts(unsent=1)
    assert post.mails == []
    assert not [line for line in post.lines if "AUTH" in line.upper()]
    assert run.said == ["a (KR-1) isn't sent: no connection (SMTPNotSupportedError); 4 attempts"]
    assert PASSWORD not in str(run.said)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return the certificate of this machine with its key, signed by itself."""
    path = tmp_path / "certificate.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1")
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names)
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make a certificate")
    subprocess.run([*made, "-keyout", path, "-out", f"{path}.crt"], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


def test_a_login_over_tls_sends(
    run: Run, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with open_post(certificate=certificate) as post:
        assert run(mailer(post, USER="me", PASSWORD=PASSWORD), "a") == Counts(sent=1)
    login = base64.b64encode(f"\0me\0{PASSWORD}".encode()).decode()
    encrypted = post.lines[post.lines.index("(encrypted)") :]
    assert f"AUTH PLAIN {login}\r\n" in encrypted
    assert len(post.mails) == 1


def test_an_unknown_certificate_gets_nothing(run: Run, certificate: Path) -> None:
    with open_post(certificate=certificate) as post:
        assert run(mailer(post, USER="me", PASSWORD=PASSWORD), "a") == Counts(unsent=1)
    assert post.mails == []
    assert not [line for line in post.lines if "AUTH" in line]
    assert "SSLCertVerificationError" in run.said[0]


@pytest.mark.parametrize("settings", [{"HOST": ""}, {"FROM": ""}, {"PORT": "smtp"}])
def test_what_is_missing_for_mail_is_said(settings: dict) -> None:
    with open_post() as post, pytest.raises(ValueError, match=f"SMTP_{[*settings][0]}"):
        mailer(post, **settings)
