#!/bin/bash
# Makes the pictures in docs/operations/pictures anew. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/say.sh
. scripts/say.sh
# shellcheck source=scripts/packages.sh
. scripts/packages.sh
# shellcheck source=scripts/kubectl.sh
. scripts/kubectl.sh

usage() {
  cat <<'END'
scripts/pictures.sh

Builds this checkout, starts a site with it (tests/showcase/run --pictures), has clients call, names change and certificates be
issued for some minutes while Prometheus scrapes, and writes docs/operations/pictures: both dashboards and the operator's page in
light, in dark and on a phone. Needs root, or sudo, and ten minutes.
END
}

case ${1-} in
  --help | -h) usage && exit 0 ;;
esac

require_dotnet
step "Packages"
need chromium chromium "draws the pictures"
need ip iproute2 "network namespaces"
need named bind9 "the zone of the names"
need nsupdate bind9-dnsutils "somebody else who writes into it"
need pebble pebble "a public CA"
need socat socat "what a fail-over looks at"
need jq jq "JSON in scripts"
need lua5.1 lua5.1 "the showcase's health scripts"
need_kubectl
need_helm
install_missing
step "Build"
for project in Operator SstpGateway SstpClient KubectlSstp; do
  dotnet build "src/$project" -c Release --nologo -v q -clp:NoSummary || fail "the build failed (see above)"
done
step "Pictures"
as_root tests/showcase/run --pictures
