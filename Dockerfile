# syntax=docker/dockerfile:1
# What it is made of, and why: docs/decisions/0161-what-the-image-is-made-of.md
ARG NODE_IMAGE=node:24-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY . .
# Of the documents nothing goes in, and their build asks git, which is not here.
RUN npm run build -- --filter=@xmtp-messaging/cli... && npm run image -- /app

FROM ${NODE_IMAGE}
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates tini \
    && rm -rf /var/lib/apt/lists/* \
    && ln -s /app/dist/main.js /usr/local/bin/xmtp-messaging \
    && install --directory --owner=1000 --group=1000 --mode=0700 /data
COPY --from=build /app /app
LABEL org.opencontainers.image.title="xmtp-messaging" \
      org.opencontainers.image.description="Encrypted mailboxes for AI agents over XMTP" \
      org.opencontainers.image.source="https://github.com/xmtp-messaging/xmtp-messaging" \
      org.opencontainers.image.documentation="https://github.com/xmtp-messaging/xmtp-messaging/blob/main/docs/deploy.md" \
      org.opencontainers.image.licenses="MIT" \
      org.xmtp-messaging.sbom="/app/sbom.spdx.json"
ENV NODE_ENV=production \
    HOME=/data \
    HOST=0.0.0.0
USER 1000:1000
WORKDIR /data
VOLUME /data
EXPOSE 4101
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4101}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/bin/tini", "--", "node", "/app/node_modules/@xmtp-messaging/server/dist/main.js"]
