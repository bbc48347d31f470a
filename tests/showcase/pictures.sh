# shellcheck shell=bash
# Pictures for docs: the dashboards' panels, drawn from what Prometheus answers, and the page. To be sourced after page.sh.
# Grafana is not in the distribution, so dashboard.html draws; expressions, places and units are the dashboards' own.

picture_seconds=${SSTP_PICTURE_SECONDS:-240}

# A public CA for the picture's certificates: Pebble, whose root and name only this site knows.
start_pebble() {
  local folder=$site_folder/pebble
  mkdir -p "$folder"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=acme.duckdns.org" -addext "subjectAltName=DNS:acme.duckdns.org" \
    -keyout "$folder/tls.key" -out "$folder/tls.crt" 2>/dev/null
  jq -n --arg folder "$folder" '{pebble: {listenAddress: "203.0.113.1:14000", managementListenAddress: "127.0.0.1:15000",
    certificate: ($folder + "/tls.crt"), privateKey: ($folder + "/tls.key"), httpPort: 80, tlsPort: 443,
    certificateValidityPeriod: 7776000, profiles: {default: {description: "as elsewhere", validityPeriod: 7776000}}}}' >"$folder/config.json"
  start_at "$site" pebble env PEBBLE_VA_NOSLEEP=1 pebble -config "$folder/config.json" -dnsserver 203.0.113.1:53
  until_true 60 "the CA" at_site curl --silent --fail --cacert "$folder/tls.crt" https://acme.duckdns.org:14000/dir
  {
    printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: acme-trust, namespace: vpn}\ndata:\n  ca.crt: |\n'
    sed 's/^/    /' "$folder/tls.crt"
  } >"$site_folder/manifests/acme-trust.yaml"
}

# A call with a tunnel device, for what goes through one: DNS queries.
dial_in() {
  start_at "$caller" dial dotnet src/SstpClient/bin/Release/net10.0/sstp-client.dll connect "https://$site_name" --no-dns --redial \
    --user "$site_user" --password-file "$site_folder/password" --ca "$site_folder/ca.crt"
  until_true 60 "a tunnel" at_caller ip link show dev sstp0
}

# Another address for a name, behind the operator's back: it is found and put right.
tamper() {
  printf 'server 203.0.113.1\nzone duckdns.org\nupdate delete branch-1.duckdns.org. A\nupdate add branch-1.duckdns.org. 60 A 198.51.100.99\nsend\n' |
    at_site nsupdate -y "hmac-sha256:operator:$(cat "$site_folder/tsig")" >/dev/null || true
}

# One of two doors closes every other time.
move_door() {
  if [ $(($1 % 4)) -eq 1 ]; then
    start_at "$site" door socat TCP-LISTEN:8443,bind=203.0.113.1,fork,reuseaddr /dev/null
    door=${started[-1]}
  elif [ $(($1 % 4)) -eq 3 ]; then
    kill -TERM -- "-$door" 2>/dev/null || true
  fi
}

calls_are_counted() { [ "$(in_cluster --namespace vpn get vpngw/home -o json | jq '.status.calls')" -ge 3 ]; }

# Calls that come and go, wrong passwords, names and certificates that change, a CA, a fail-over, a name that somebody else changed.
keep_calling() {
  local until round=0
  picture_began=$(date +%s)
  call load "https://$site_name" --calls 3 --hold "$((picture_seconds + 400))s" --echoes 2 >"$site_folder/load.log" 2>&1 &
  started+=("$!")
  disown
  start_pebble
  dial_in
  add_doors
  add_branch 1
  until_true 120 "a certificate of the public CA" in_cluster --namespace vpn wait --for=condition=Ready sstpcert/branch-1 ddns/branch-1 ddns/doors --timeout=3s
  until_true 150 "calls in the gateway's status" calls_are_counted
  draw_page
  until=$((SECONDS + picture_seconds))
  while [ "$SECONDS" -lt "$until" ]; do
    round=$((round + 1))
    call load "https://$site_name" --calls "$((4 + round % 5 * 3))" --hold 12s --echoes "$((1 + round % 3))" >>"$site_folder/load.log" 2>&1 || true
    at_caller dotnet src/SstpClient/bin/Release/net10.0/sstp-client.dll load "https://$site_name" --calls 1 --hold 1s --user "$site_user" \
      --password-file "$site_folder/wrong" --ca "$site_folder/ca.crt" >/dev/null 2>&1 || true
    at_caller dig @10.254.0.1 "branch-$round.duckdns.org" +time=1 +tries=1 >/dev/null 2>&1 || true
    at_caller dig @10.254.0.1 duckdns.org NS +time=1 +tries=1 >/dev/null 2>&1 || true
    move_door "$round"
    [ $((round % 3)) -ne 0 ] || tamper
    add_branch "$round"
  done
  until_true 150 "the last certificate" in_cluster --namespace vpn wait --for=condition=Ready ddns,sstpcert --all --timeout=3s
}

# A name that leads to the first of two doors that is open.
add_doors() {
  cat >"$site_folder/manifests/doors.yaml" <<END
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: DdnsRecord
metadata: {name: doors, namespace: vpn}
spec:
  fqdn: doors.duckdns.org
  recordTypes: [A]
  failover:
    targets:
      - {name: first, priority: 1, addresses: [203.0.113.1]}
      - {name: second, priority: 2, addresses: [203.0.113.2]}
    check: {kind: Tcp, port: 8443, interval: 1s}
    holdDown: 0s
    allDown: KeepLast
  provider: {kind: Rfc2136, rfc2136: {servers: [203.0.113.1], zone: duckdns.org, tsig: {keyName: operator, secret: {name: tsig, key: secret}}}}
  verification: {servers: [203.0.113.1]}
END
  start_at "$caller" door2 socat TCP-LISTEN:8443,bind=203.0.113.2,fork,reuseaddr /dev/null
}

# Who issues the certificate of a round: by turns the CA of the house and a public one.
issuer_of() {
  if [ $(($1 % 2)) -eq 0 ]; then
    printf 'kind: InternalCa\n    internalCa: {caSecret: {name: office-ca}, commonName: Office CA, trustBundleConfigMap: office-root}\n'
  else
    cat <<END
kind: Acme
    acme:
      directory: https://acme.duckdns.org:14000/dir
      termsOfServiceAgreed: true
      accountSecret: {name: acme-account}
      trustBundle: {name: acme-trust, key: ca.crt}
      challenges:
        - kind: Dns01
          dns01:
            provider: {kind: Rfc2136, rfc2136: {servers: [203.0.113.1], zone: duckdns.org, tsig: {keyName: operator, secret: {name: tsig, key: secret}}}}
            check: {servers: [203.0.113.1]}
END
  fi
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
  verification: {servers: [203.0.113.1], interval: 30s}
---
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: SstpCertificate
metadata: {name: branch-$1, namespace: vpn}
spec:
  names: [branch-$1.duckdns.org]
$([ $(($1 % 2)) -ne 0 ] || printf '  lifetime: %sh\n' "$((24 * (20 + 7 * $1)))")
  issuer:
    $(issuer_of "$1")
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
        '{title: $panel.title, kind: $panel.type, place: $panel.gridPos, answers: .} + ($panel.fieldConfig.defaults | {unit, decimals, noValue, steps: .thresholds.steps})'
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

# While calls are up, and before names and certificates fill more than a screen.
draw_page() {
  picture_page status-page --window-size=1280,960
  picture_page status-page-dark --window-size=1280,960 --force-dark-mode --enable-features=WebContentsForceDark:inversion_method/none
  picture_page status-page-phone --window-size=500,1460
  cp "$site_folder"/status-page*.png docs/operations/pictures/
}
