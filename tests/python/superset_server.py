"""Runs commands of Superset, then serves it on 127.0.0.1; runs in the environment of `make bi`.

Reads one line of JSON, a list of commands; prints the port once it serves. It ends when its input
does, so that it doesn't outlive the test that has started it.
"""

import json
import sys
import threading

from superset.app import create_app
from superset.cli.main import superset
from werkzeug.serving import make_server


def main() -> None:
    """Run the commands in one process, as starting Superset takes longer than most of them."""
    commands = json.loads(sys.stdin.readline())
    app = create_app()
    for command in commands:
        ran = app.test_cli_runner().invoke(superset, args=command)
        if ran.exit_code:
            sys.exit(f"superset {command[0]}: {ran.exception!r}\n{ran.output}")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"port {server.port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
