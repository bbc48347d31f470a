#!/bin/bash
# Checks the alerts with Prometheus' own tool. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'END'
scripts/check-alerts.sh

Checks deploy/monitoring/rules.yaml with promtool, runs the alerts' tests in tests/monitoring, and looks that each alert has a runbook.
promtool comes from the distribution's package "prometheus", which is unpacked, not installed.
END
}

case ${1-} in
  --help | -h) usage && exit 0 ;;
esac

promtool=$(scripts/unpack-package.sh prometheus)/usr/bin/promtool
rules=deploy/monitoring/rules.yaml
"$promtool" check rules "$rules"
"$promtool" test rules tests/monitoring/*.test.yaml

bad=0
while read -r name; do
  if [ ! -f "docs/operations/runbooks/$name.md" ]; then
    printf '%s has no runbook: docs/operations/runbooks/%s.md is missing\n' "$name" "$name" >&2
    bad=1
  fi
  if ! grep -q "alertname: $name\$" tests/monitoring/*.test.yaml; then
    printf '%s has no test in tests/monitoring\n' "$name" >&2
    bad=1
  fi
done < <(awk '$1 == "-" && $2 == "alert:" { print $3 }' "$rules")
exit "$bad"
