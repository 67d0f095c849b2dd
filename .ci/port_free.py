"""Ends with exit status 2 where the address to serve on is taken, before anything of a running server is disturbed."""

import socket
import sys

from app.settings import Settings


def main() -> int:
    settings = Settings()
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            print(f"Cannot serve on {settings.host}:{settings.port}: {error.strerror}. Is it running already?"
                  " Another port: FRONTLINE_PORT=8001 make run", file=sys.stderr)  # fmt: skip
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
