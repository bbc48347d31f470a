# shellcheck shell=bash
# A whole site on this machine: sstp-operator local with a gateway, a name at BIND and a certificate of its own CA, in one network
# namespace; a client in another; Prometheus beside the operator. To be sourced after scripts/*.sh, with $PWD the repository.

site_folder=$(mktemp -d -t sstp-showcase.XXXXXX)
ledger=$site_folder/ledger
site=sstp-$$-site caller=sstp-$$-caller
site_name=my-home.duckdns.org
site_user=alice
started=()

take_site_down() {
  trap - EXIT INT TERM HUP
  local process namespace
  for process in "${started[@]}"; do kill -TERM "$process" 2>/dev/null || true; done
  for namespace in "$site" "$caller"; do
    for process in $(ip netns pids "$namespace" 2>/dev/null); do kill -KILL "$process" 2>/dev/null || true; done
  done
  sweep_ledger "$ledger"
  rm -rf "$site_folder"
}

at_site() { ip netns exec "$site" "$@"; }
at_caller() { ip netns exec "$caller" "$@"; }
in_cluster() { at_site "$SSTP_KUBECTL" --kubeconfig "$site_folder/data/kubeconfig" "$@"; }

# start_at NAMESPACE LOG COMMAND...
start_at() {
  setsid ip netns exec "$1" "${@:3}" </dev/null >>"$site_folder/$2.log" 2>&1 &
  started+=("$!")
  disown
}

# until_true SECONDS WHAT COMMAND...
until_true() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { tail -n 40 "$site_folder"/*.log >&2 && fail "$what did not happen in time; the logs are above"; }
    sleep 0.2
  done
}

make_site_network() {
  local namespace
  for namespace in "$site" "$caller"; do
    printf 'netns %s\n' "$namespace" >>"$ledger"
    ip netns add "$namespace"
    ip -n "$namespace" link set lo up
  done
  ip -n "$site" link add outside type veth peer name uplink netns "$caller"
  ip -n "$site" address add 203.0.113.1/24 dev outside
  ip -n "$caller" address add 203.0.113.2/24 dev uplink
  ip -n "$site" link set outside up
  ip -n "$caller" link set uplink up
  for namespace in "$site" "$caller"; do
    printf 'etc %s\n' "$namespace" >>"$ledger"
    mkdir -p "/etc/netns/$namespace"
    printf 'nameserver 203.0.113.1\n' >"/etc/netns/$namespace/resolv.conf"
  done
}

start_name_server() {
  mkdir -p "$site_folder/bind"
  openssl rand -base64 32 | tr -d '\n' >"$site_folder/tsig"
  cat >"$site_folder/bind/duckdns.org.zone" <<'END'
$TTL 60
@ IN SOA ns1 admin.duckdns.org. 1 3600 3600 86400 30
@ IN NS ns1
ns1 IN A 203.0.113.1
acme IN A 203.0.113.1
END
  cat >"$site_folder/bind/named.conf" <<END
key "operator" { algorithm hmac-sha256; secret "$(cat "$site_folder/tsig")"; };
controls { };
options {
  directory "$site_folder/bind"; listen-on { 203.0.113.1; }; listen-on-v6 { none; }; pid-file none;
  session-keyfile "$site_folder/bind/session"; recursion no; dnssec-validation no;
};
zone "duckdns.org" { type primary; file "duckdns.org.zone"; allow-update { key "operator"; }; };
END
  start_at "$site" named named -g -c "$site_folder/bind/named.conf"
  until_true 60 "the zone" at_site dig @203.0.113.1 duckdns.org SOA +short +time=1 +tries=1
}

make_site_manifests() {
  mkdir -p "$site_folder/manifests"
  openssl rand -hex 12 >"$site_folder/password"
  cp examples/home-office/namespace.yaml "$site_folder/manifests/"
  cat >"$site_folder/manifests/site.yaml" <<END
apiVersion: v1
kind: Secret
metadata: {name: vpn-users, namespace: vpn}
stringData:
  users.yaml: |
    users:
      - {name: $site_user, password: "$(cat "$site_folder/password")", groups: [staff]}
---
apiVersion: v1
kind: Secret
metadata: {name: tsig, namespace: vpn}
stringData: {secret: "$(cat "$site_folder/tsig")"}
---
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: SstpCertificate
metadata: {name: home, namespace: vpn}
spec:
  names: [$site_name]
  lifetime: 2160h
  issuer:
    kind: InternalCa
    internalCa: {caSecret: {name: office-ca}, commonName: Office CA, trustBundleConfigMap: office-root}
---
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: DdnsRecord
metadata: {name: home, namespace: vpn}
spec:
  fqdn: $site_name
  recordTypes: [A]
  source: {kind: Static, static: {addresses: [203.0.113.1]}}
  provider: {kind: Rfc2136, rfc2136: {servers: [203.0.113.1], zone: duckdns.org, tsig: {keyName: operator, secret: {name: tsig, key: secret}}}}
  verification: {servers: [203.0.113.1]}
---
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: VpnGateway
metadata: {name: home, namespace: vpn}
spec:
  hostname: $site_name
  certificate: {certificateName: home}
  publication: {recordName: home}
  authentication: {usersSecret: {name: vpn-users}}
  addressing: {pools4: [10.254.0.0/24]}
  network: {defaultRoute: false, routes: [192.0.2.0/24]}
  dns: {servers: [203.0.113.1]}
  drainTime: 1s
END
}

start_site_operator() {
  start_at "$site" operator env "${operator_environment[@]}" dotnet src/Operator/bin/Release/net10.0/sstp-operator.dll local --plain --stop-workloads \
    --data "$site_folder/data" --manifests "$site_folder/manifests" --health-address 127.0.0.1:8080 --metrics-client-secret sstp-metrics-client \
    --gateway-program src/SstpGateway/bin/Release/net10.0/sstp-gateway.dll
  until_true 180 "readiness of the gateway" in_cluster --namespace vpn wait --for=condition=Ready vpngw/home --timeout=3s
  until_true 120 "readiness of all three" in_cluster --namespace vpn wait --for=condition=Ready vpngw/home ddns/home sstpcert/home --timeout=3s
  in_cluster --namespace vpn get configmap office-root -o json | jq -r '.data | to_entries[0].value' >"$site_folder/ca.crt"
}
operator_environment=(A_PLACE_FOR=variables)

# Scrapes both and evaluates the rules once a second: the gateway as the documentation says, by the channel, with the certificate
# that the operator keeps for that.
start_prometheus() {
  local tools file
  until_true 60 "the certificate for metrics" in_cluster --namespace kube-system get secret sstp-metrics-client
  mkdir -p "$site_folder/metrics-client"
  for file in ca.crt tls.crt tls.key; do
    in_cluster --namespace kube-system get secret sstp-metrics-client -o json | jq -r --arg file "$file" '.data[$file]' | base64 -d >"$site_folder/metrics-client/$file"
  done
  tools=$(scripts/unpack-package.sh prometheus)
  cat >"$site_folder/prometheus.yml" <<END
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: [$PWD/deploy/monitoring/rules.yaml]
scrape_configs:
  - {job_name: sstp-operator, static_configs: [{targets: ["127.0.0.1:8080"]}]}
  - job_name: sstp-gateway
    scheme: https
    tls_config:
      ca_file: $site_folder/metrics-client/ca.crt
      cert_file: $site_folder/metrics-client/tls.crt
      key_file: $site_folder/metrics-client/tls.key
      server_name: gateway.vpngateway.internal
    static_configs: [{targets: ["127.0.0.1:9481"]}]
END
  start_at "$site" prometheus "$tools/usr/bin/prometheus" --config.file="$site_folder/prometheus.yml" --storage.tsdb.path="$site_folder/series" \
    --web.listen-address=127.0.0.1:9090 --log.level=warn
  until_true 60 "both targets being up" both_are_up
}

both_are_up() { [ "$(answer 'count(up == 1)' | jq -r '.data.result[0].value[1]')" = 2 ]; }

# answer EXPRESSION: what Prometheus says now.
answer() { at_site curl --silent --show-error --get --data-urlencode "query=$1" http://127.0.0.1:9090/api/v1/query; }
