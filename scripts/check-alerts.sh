#!/bin/bash
# Checks the alerts with Prometheus' own tool. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'END'
scripts/check-alerts.sh

Checks deploy/monitoring/rules.yaml with promtool, runs the alerts' tests in tests/monitoring, and looks that each alert has a test in
which it fires and one in which it does not, and a runbook: the one that it names, with all its parts, whose links lead somewhere.
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
complain() {
  printf '%s\n' "$*" >&2
  bad=1
}
alerts() { awk '$1 == "-" && $2 == "alert:" { print $3 }' "$rules"; }

# looks_of ALERT: a line for each look of the tests at it, that ends with whether it has to fire or be silent.
looks_of() {
  awk -v name="$1" '
    function tell() { if (seen) print name (fires ? " fires" : " silent"); seen = fires = 0 }
    FNR == 1 || $1 == "-" && $2 == "eval_time:" { tell() }
    $1 == "alertname:" && $2 == name { seen = 1 }
    $1 == "exp_alerts:" && NF == 1 { fires = 1 }
    END { tell() }' tests/monitoring/*.test.yaml
}
while read -r name; do
  runbook=docs/operations/runbooks/$name.md
  [ -f "$runbook" ] || complain "$name has no runbook: $runbook is missing"
  [ "$(grep -c "runbook_url: $runbook\$" "$rules")" = 1 ] || complain "$name does not name its runbook, $runbook, in its annotations"
  # A test without exp_alerts expects that nothing fires.
  fires=$(looks_of "$name" | grep -c ' fires' || true) silent=$(looks_of "$name" | grep -c ' silent' || true)
  [ $((fires * silent)) -gt 0 ] || complain "$name fires in $fires tests of tests/monitoring and is silent in $silent; there has to be one of each"
done < <(alerts)
for runbook in docs/operations/runbooks/*.md; do
  name=$(basename "$runbook" .md)
  alerts | grep -qx "$name" || complain "$runbook is for an alert that there is not"
  severity=$(awk -v name="$name" '$2 == "alert:" { inside = $3 == name } inside && $1 == "severity:" { print $2; exit }' "$rules")
  for part in "# $name" "Severity: $severity\." '\*\*What it means for users\.\*\*' '\*\*Where to look\*\*$' '\*\*What to do\*\*$'; do
    grep -q "^$part" "$runbook" || complain "$runbook has no line that begins with: $part"
  done
  while IFS= read -r link; do
    [ -e "$(dirname "$runbook")/${link%%#*}" ] || complain "$runbook leads to $link, which is not there"
  done < <(grep -oE '\]\([^)]+\)' "$runbook" | sed 's/^](//; s/)$//' | grep -v '^https:' || true)
done
[ "$bad" = 0 ] && printf '%s alerts: each fires and is silent in a test, and has a runbook\n' "$(alerts | wc -l)"
exit "$bad"
