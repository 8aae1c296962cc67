# An image with the default model inside: docker build --tag newsdesk .
# What is installed is what locks/run.txt names, with the SHA-256 of every file; nothing is built but Newsdesk itself.
# Name another registry's copy of the base image with --build-arg PYTHON=…; it has the Python that the tests run with.
ARG PYTHON=docker.io/library/python:3.11-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN ["python3", "-m", "venv", "/opt/newsdesk"]
# First what seldom changes, so that a change of the code installs it alone.
COPY locks/pip.txt locks/run.txt locks/
RUN ["/opt/newsdesk/bin/pip", "install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", "locks/pip.txt"]
RUN ["/opt/newsdesk/bin/pip", "install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", "locks/run.txt"]
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY retrieval retrieval
COPY bot bot
RUN ["/opt/newsdesk/bin/pip", "install", "--no-deps", "--no-build-isolation", "."]
# The root is read only where it runs, so what Python compiles is compiled here; and nobody installs anything there.
RUN ["/opt/newsdesk/bin/python", "-m", "compileall", "-q", "-j", "0", "/opt/newsdesk/lib"]
RUN ["/opt/newsdesk/bin/pip", "uninstall", "--yes", "pip"]
# The folder of the state, whose owner a new volume takes on.
RUN ["install", "-d", "-m", "700", "-o", "65532", "-g", "65532", "/state"]

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Newsdesk" \
      org.opencontainers.image.description="Answers questions about the news with the exact words of the articles, each quote cited." \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/newsdesk /opt/newsdesk
COPY --from=build --chown=65532:65532 /state /var/lib/newsdesk
ENV PATH=/opt/newsdesk/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    NEWSDESK_HOME=/var/lib/newsdesk \
    NEWSDESK_LOG_FORMAT=json \
    NEWSDESK_METRICS=0.0.0.0:9464
# No name in /etc/passwd: nothing of it is needed, and orchestrators ask for a number.
USER 65532:65532
WORKDIR /var/lib/newsdesk
VOLUME /var/lib/newsdesk
# What it says of itself, and Slack's requests where they come over HTTP. Publish neither to the internet as it is.
EXPOSE 9464 3000
STOPSIGNAL SIGTERM
# Whether it is alive, and not whether it can answer: a platform that is away is no reason to start it anew.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["newsdesk", "health"]
ENTRYPOINT ["newsdesk"]
CMD ["run"]
