# The API and the command line, as a normal user; the database is another container (compose.yaml) or DATABASE_URL.
# Every step runs in a plain Debian root too, one by one.

FROM debian:bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv
RUN python3 -m venv /opt/frontline
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN /opt/frontline/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
# What builds the project stays out of what runs it.
RUN python3 -m venv /opt/build \
 && /opt/build/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY app app
COPY geodata geodata
COPY migrations migrations
RUN /opt/build/bin/python -m pip wheel --no-deps --no-build-isolation --wheel-dir /src/dist . \
 && /opt/frontline/bin/python -m pip install --no-cache-dir --no-deps /src/dist/*.whl
RUN FRONTLINE_GAZETTEER_PATH=/opt/frontline/share/gazetteer.sqlite /opt/frontline/bin/frontline gazetteer build

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin frontline
COPY --from=build /opt/frontline /opt/frontline
ENV PATH=/opt/frontline/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    FRONTLINE_DATA_DIR=/var/lib/frontline \
    FRONTLINE_GAZETTEER_PATH=/opt/frontline/share/gazetteer.sqlite \
    FRONTLINE_HOST=0.0.0.0 \
    FRONTLINE_PORT=8000
USER frontline
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python3", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["frontline"]
CMD ["serve"]
