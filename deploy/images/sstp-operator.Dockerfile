# The operator. Build from the root of the repository; see README.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0-bookworm-slim AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Operator -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true -p:PublishReadyToRun=true -o /publish \
    && deploy/images/root.sh /publish sstp-operator /image

FROM scratch
COPY --from=build /image /
ENV DOTNET_EnableDiagnostics=0 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
LABEL org.opencontainers.image.title=sstp-operator org.opencontainers.image.licenses=Apache-2.0
USER 65532:65532
ENTRYPOINT ["/opt/sstp-operator/sstp-operator"]
