# shellcheck shell=bash
# What operator and gateway send by OTLP. Texts in protobuf are not packed, so grep finds them; a test of the operator decodes all of it.
# To be sourced after site.sh.

operator_environment=(OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf)

start_collector() {
  : >"$site_folder/spans"
  start_at "$site" collector python3 tests/showcase/otlp-collector.py 127.0.0.1 4318 "$site_folder/spans"
  until_true 30 "the collector" at_site bash -c 'exec 3<>/dev/tcp/127.0.0.1/4318'
}

check_traces() {
  local wanted secret
  # Spans are sent every five seconds.
  for wanted in 'sstp-operator' 'reconcile VpnGateway' 'reconcile DdnsRecord' 'reconcile SstpCertificate' 'Rfc2136 apply' 'sstp-gateway' 'log-in' accepted wrong_credentials; do
    until_true 60 "a span with \"$wanted\"" grep -qaF "$wanted" "$site_folder/spans"
  done
  for secret in "$(cat "$site_folder/password")" "$(cat "$site_folder/tsig")" "$site_user" 'PRIVATE KEY'; do
    ! grep -qaF "$secret" "$site_folder/spans" || fail "a span holds what is nobody's business: $secret"
  done
  say "spans of passes, calls to the DNS service and log-ins came by OTLP; no user, password or key in them"
}
