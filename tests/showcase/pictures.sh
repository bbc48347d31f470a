# shellcheck shell=bash
# Pictures for docs: the dashboards' panels, drawn from what Prometheus answers, and the page. To be sourced after page.sh.
# Grafana is not in the distribution, so dashboard.html draws; expressions, places and units are the dashboards' own.

picture_seconds=150

# Calls that come and go, wrong passwords, names and certificates that change.
keep_calling() {
  local until=$((SECONDS + picture_seconds)) round=0
  picture_began=$(date +%s)
  call load "https://$site_name" --calls 3 --hold "$((picture_seconds + 60))s" --echoes 2 >"$site_folder/load.log" 2>&1 &
  started+=("$!")
  disown
  while [ "$SECONDS" -lt "$until" ]; do
    round=$((round + 1))
    call load "https://$site_name" --calls "$((4 + round % 5 * 3))" --hold 12s --echoes "$((1 + round % 3))" >>"$site_folder/load.log" 2>&1 || true
    at_caller dotnet src/SstpClient/bin/Release/net10.0/sstp-client.dll load "https://$site_name" --calls 1 --hold 1s --user "$site_user" \
      --password-file "$site_folder/wrong" --ca "$site_folder/ca.crt" >/dev/null 2>&1 || true
    at_caller dig @10.254.0.1 duckdns.org +time=1 +tries=1 >/dev/null 2>&1 || true
    add_branch "$round"
  done
}

# Another name and another certificate.
add_branch() {
  cat >"$site_folder/manifests/branch-$1.yaml" <<END
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: DdnsRecord
metadata: {name: branch-$1, namespace: vpn}
spec:
  fqdn: branch-$1.duckdns.org
  recordTypes: [A]
  source: {kind: Static, static: {addresses: [198.51.100.$1]}}
  provider: {kind: Rfc2136, rfc2136: {servers: [203.0.113.1], zone: duckdns.org, tsig: {keyName: operator, secret: {name: tsig, key: secret}}}}
  verification: {servers: [203.0.113.1]}
---
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: SstpCertificate
metadata: {name: branch-$1, namespace: vpn}
spec:
  names: [branch-$1.duckdns.org]
  lifetime: $((24 * (20 + 7 * $1)))h
  issuer:
    kind: InternalCa
    internalCa: {caSecret: {name: office-ca}, commonName: Office CA, trustBundleConfigMap: office-root}
END
}

# series EXPRESSION LEGEND KIND: as [{name, points}].
series() {
  local said
  if [ "$3" = timeseries ]; then
    said=$(at_site curl --silent --show-error --get --data-urlencode "query=$(expression "$1")" --data "start=$picture_began&end=$picture_ended&step=2" \
      http://127.0.0.1:9090/api/v1/query_range)
  else
    said=$(answer "$(expression "$1")")
  fi
  jq --arg legend "$2" '[.data.result[] | .metric as $labels | {
    name: ($legend | [match("{{([a-z_]+)}}"; "g").captures[0].string] as $names | reduce $names[] as $name ($legend; gsub("{{" + $name + "}}"; $labels[$name] // ""))),
    points: ((.values // [.value]) | map([.[0], (.[1] | if . == "NaN" then null else tonumber end)]))}]' <<<"$said"
}

draw_dashboards() {
  local file panel target kind height
  picture_ended=$(date +%s)
  for file in "${dashboards[@]}"; do
    while IFS= read -r panel; do
      kind=$(jq -r .type <<<"$panel")
      while IFS= read -r target; do
        series "$(jq -r .expr <<<"$target")" "$(jq -r .legendFormat <<<"$target")" "$kind" | jq '{series: .}'
      done < <(jq -c '.targets[]' <<<"$panel") | jq -s --argjson panel "$panel" \
        '{title: $panel.title, kind: $panel.type, unit: $panel.fieldConfig.defaults.unit, place: $panel.gridPos, answers: .}'
    done < <(jq -c '.panels[]' "$file") | jq -s --slurpfile dashboard "$file" --argjson from "$picture_began" --argjson to "$picture_ended" '{
      title: $dashboard[0].title, from: $from, to: $to, panels: .,
      note: "Drawn by tests/showcase (not by Grafana) from a Prometheus that scraped a running operator and gateway for some minutes."}' |
      { printf 'const data = ' && cat; } >"$site_folder/data.js"
    cp tests/showcase/dashboard.html "$site_folder/dashboard.html"
    height=$(jq '[.panels[].gridPos | .y + .h] | max * 30 + 90' "$file")
    rm -rf "$site_folder/browser"
    browse --window-size="1400,$height" --virtual-time-budget=5000 --screenshot="$site_folder/dashboard.png" "file://$site_folder/dashboard.html" >/dev/null
    mv "$site_folder/dashboard.png" "docs/operations/pictures/$(basename "$file" .json).png"
  done
  say "docs/operations/pictures holds the dashboards as they look now"
}

# Taken before anything else, while one screen shows all three kinds.
draw_page() { cp "$site_folder/page.png" docs/operations/pictures/status-page.png; }
