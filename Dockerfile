# Two stages: the first has pip and the sources of packages, the second only what runs.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements/base.txt /tmp/base.txt
# jstyleson, which extruct needs, is published as source alone.
RUN pip install --no-deps --require-hashes --only-binary :all: --no-binary jstyleson \
    --requirement /tmp/base.txt
WORKDIR /app
COPY . .
# Collecting static files needs settings that start, not settings that serve: the key made here is
# gone with this step.
RUN FACTCHECK_MODE=production \
    FACTCHECK_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    FACTCHECK_ALLOWED_HOSTS=build.invalid \
    FACTCHECK_BASE_URL=https://build.invalid \
    FACTCHECK_LOG_ORIGIN=build.invalid/log \
    DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --noinput \
    && python -m compileall -q claims factcheck

FROM python:3.13-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FACTCHECK_MODE=production \
    DATABASE_URL=sqlite:////app/var/data/factcheck.sqlite3
RUN groupadd --system --gid 10001 factcheck \
    && useradd --system --uid 10001 --gid factcheck --no-create-home --shell /usr/sbin/nologin factcheck
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=root:root /app /app
WORKDIR /app
# The code belongs to root; only var/data, where a SQLite file would live, var/snapshots, where copies of
# sources are kept, and var/datafeed, where the worker leaves a file for the servers, can be written.
RUN install -d -o factcheck -g factcheck var/data var/snapshots var/datafeed
VOLUME ["/app/var/data", "/app/var/snapshots", "/app/var/datafeed"]
USER factcheck
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "factcheck.healthcheck"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
    "--blocking-threads", "2", "--respawn-failed-workers", "--workers-kill-timeout", "8", \
    "factcheck.wsgi:application"]
