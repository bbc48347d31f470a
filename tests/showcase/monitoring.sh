# shellcheck shell=bash
# Dashboards and alerts against what running programs export. To be sourced after site.sh.

dashboards=(deploy/monitoring/dashboard-gateways.json deploy/monitoring/dashboard-names.json)

call() { at_caller dotnet src/SstpClient/bin/Release/net10.0/sstp-client.dll "$@" --user "$site_user" --password-file "$site_folder/password" --ca "$site_folder/ca.crt"; }

# A log-in that is refused and one that is not, so that neither counter is at zero.
call_once() {
  call load "https://$site_name" --calls 1 --hold 2s --echoes 4 >"$site_folder/load.log" 2>&1 || { cat "$site_folder/load.log" >&2 && fail "the call failed (see above)"; }
  printf 'wrong' >"$site_folder/wrong"
  if at_caller dotnet src/SstpClient/bin/Release/net10.0/sstp-client.dll load "https://$site_name" --calls 1 --hold 1s --user "$site_user" \
    --password-file "$site_folder/wrong" --ca "$site_folder/ca.crt" >/dev/null 2>&1; then fail "a wrong password was taken"; fi
}

scrape() { at_site curl --silent --show-error --fail "http://127.0.0.1:$1/metrics"; }

# Names of the metrics in a text; those of histograms without their endings.
named_in() { grep -hoE '\b(sstp_gateway|sstp_operator|operator|kubeapi)_[a-z0-9_]+' "$@" | sed -E 's/_(bucket|sum|count)$//' | sort -u; }

check_names() {
  scrape 8080 >"$site_folder/operator.metrics"
  scrape 9480 >"$site_folder/gateway.metrics"
  sed -n 's/^# TYPE \([^ ]*\) .*/\1/p' "$site_folder"/*.metrics | sort -u >"$site_folder/exported"
  local missing
  # Only expressions: titles and runbooks may say what they like.
  jq -r '.panels[].targets[].expr, (.templating.list[] | select(.type == "query") | .query)' "${dashboards[@]}" >"$site_folder/expressions"
  awk '/^ *expr:/ { inside = 1; next } /^ *for:/ { inside = 0 } inside' deploy/monitoring/rules.yaml >>"$site_folder/expressions"
  missing=$(comm -23 <(named_in "$site_folder/expressions") "$site_folder/exported")
  [ -z "$missing" ] || fail "named by a dashboard or an alert, and exported by nobody: $missing"
  say "$(named_in "$site_folder/expressions" | wc -l) metrics are named by dashboards and alerts; all are exported"
}

# channel METHOD PATH: the answer's code, asked with Prometheus' certificate.
channel() {
  at_site curl --silent --show-error --output /dev/null --write-out '%{http_code}' --request "$1" --data '{}' --connect-to "gateway.vpngateway.internal:443:127.0.0.1:9481" \
    --cacert "$site_folder/metrics-client/ca.crt" --cert "$site_folder/metrics-client/tls.crt" --key "$site_folder/metrics-client/tls.key" \
    "https://gateway.vpngateway.internal$2"
}

# What Prometheus scraped with, and what else it opens: nothing.
check_metrics_client() {
  local request
  [ "$(channel GET /metrics)" = 200 ] || fail "the certificate for metrics does not open /metrics"
  for request in "GET /healthz" "GET /sessions" "DELETE /sessions/1" "POST /drain" "GET /channel/status" "PUT /channel/bundle" "PUT /channel/crls/a.crl" \
    "PUT /channel/challenges/http-01/token" "PUT /channel/probe-targets" "POST /channel/probe" "POST /metrics"; do
    # shellcheck disable=SC2086 # method and path
    [ "$(channel $request)" = 403 ] || fail "the certificate for metrics gets $(channel $request) to $request, not 403"
  done
  say "Prometheus scrapes the gateway with a certificate that opens /metrics and nothing else"
}

check_lint() {
  local promtool program found
  promtool=$(scripts/unpack-package.sh prometheus)/usr/bin/promtool
  for program in operator gateway; do
    # The runtime's own names are not ours to choose.
    found=$("$promtool" check metrics <"$site_folder/$program.metrics" 2>&1 | grep -v '^dotnet_' || true)
    [ -z "$found" ] || fail "promtool on the $program's metrics: $found"
  done
  say "promtool has nothing to say against what both export"
}

check_rules() {
  local bad
  until_true 30 "the rules' evaluation" rules_were_evaluated
  bad=$(rules | jq -r '.data.groups[].rules[] | select(.health != "ok") | "\(.name): \(.lastError)"')
  [ -z "$bad" ] || fail "Prometheus cannot evaluate: $bad"
  bad=$(rules | jq -r '.data.groups[].rules[] | select(.state == "firing" and .name != "SstpGatewayCallsLost") | .name')
  [ -z "$bad" ] || fail "nothing is wrong here, and these fire: $bad"
  say "Prometheus evaluates $(rules | jq '[.data.groups[].rules[]] | length') alerts, and none fires"
}

rules() { at_site curl --silent --show-error --fail http://127.0.0.1:9090/api/v1/rules; }
rules_were_evaluated() { rules | jq -e '[.data.groups[].rules[]] | length > 0 and all(.health != "unknown")'; }

# What Grafana puts in for its variables.
# shellcheck disable=SC2016 # Grafana's variables, not the shell's.
expression() { sed -e 's/\$__rate_interval/30s/g' -e 's/\$instance/.*/g' <<<"$1"; }

check_panels() {
  local file expr said silent=0 panels=0
  for file in "${dashboards[@]}"; do
    while IFS= read -r expr; do
      panels=$((panels + 1))
      said=$(answer "$(expression "$expr")")
      [ "$(jq -r .status <<<"$said")" = success ] || fail "${file##*/}: Prometheus says to \"$expr\": $(jq -r .error <<<"$said")"
      [ "$(jq '.data.result | length' <<<"$said")" -gt 0 ] || silent=$((silent + 1))
    done < <(jq -r '.panels[].targets[].expr' "$file")
  done
  # Without failures, ACME, fail-over and routers there is nothing to show for them.
  [ "$silent" -lt $((panels / 2)) ] || fail "$silent of $panels expressions of the dashboards have no answer"
  say "Prometheus answers all $panels expressions of the dashboards; $silent have nothing to show here"
}
