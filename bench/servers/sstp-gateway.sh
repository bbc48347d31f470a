# shellcheck shell=bash
# This repository's gateway and client. Published once a run, or taken from SSTP_BIN.
server_missing() { [[ -z ${SSTP_BIN:-} || -x $SSTP_BIN/sstp-gateway ]] || echo "SSTP_BIN=$SSTP_BIN holds no sstp-gateway"; }

GATEWAY_PORT=443
GATEWAY_USER=bench

binaries() {
  SSTP_BIN=${SSTP_BIN:-$WORK/bin}
  [[ -x $SSTP_BIN/sstp-gateway && -x $SSTP_BIN/sstp-client ]] && return
  local project
  for project in SstpGateway SstpClient; do
    dotnet publish --nologo -v q -c Release -o "$SSTP_BIN" "$BENCH/../src/$project" >>"$WORK/publish.log" 2>&1 ||
      { cat "$WORK/publish.log" >&2; return 1; }
  done
}

server_start() {
  binaries
  (umask 077 && printf '%s' bench-password >"$WORK/password" &&
    printf 'users:\n  - name: %s\n    password: bench-password\n' "$GATEWAY_USER" >"$WORK/users.yaml")
  cat >"$WORK/gateway.yaml" <<YAML
listening:
  addresses: ["0.0.0.0:$GATEWAY_PORT"]
tls:
  certificates:
    - certificateFile: $WORK/server.pem
      keyFile: $WORK/server.key
authentication:
  methods: [msChapV2]
  usersFile: $WORK/users.yaml
addressing:
  pools4: ["10.95.0.0/16"]
  leaseFile: null
network:
  device: sstp0
  mtu: 1400
  masquerade: false
  defaultRoute: false
  routes: ["$NETWORK_INSIDE"]
dns:
  forwarder: false
limits:
  calls: 20000
  callsPerUser: 10000
  connectionsPerSource: 20000
  pendingConnections: 20000
admin:
  listen: 127.0.0.1:9480
drainTime: 0s
YAML
  spawn "$(namespace srv)" "$WORK/gateway.log" "$SSTP_BIN/sstp-gateway" run --config "$WORK/gateway.yaml"
  SERVER_PID=$SPAWNED
  wait_port 10.99.1.1 "$GATEWAY_PORT"
}

sstp_client() { spawn "$(namespace "c$1")" "$WORK/$2.log" "$SSTP_BIN/sstp-client" "${@:3}"; }

client_connect() {
  sstp_client "$1" client connect "https://$(outer_address "$1"):$GATEWAY_PORT" --user "$GATEWAY_USER" \
    --password-file "$WORK/password" --ca "$WORK/ca.pem" --device sstpc0 --no-dns --no-ipv6
  CLIENT_PID=$SPAWNED
  for _ in {1..200}; do
    if [[ -n $(ip -n "$(namespace "c$1")" -4 -o address show dev sstpc0 2>/dev/null) ]]; then
      ip -n "$(namespace "c$1")" route replace "$NETWORK_INSIDE" dev sstpc0
      return
    fi
    sleep 0.1
  done
  echo "bench/run: no tunnel within 20 s" >&2
  return 1
}

# One load process makes and holds all calls; it prints one JSON object when the last is up, and another when they go.
load_call() {
  : >"$WORK/load.log"
  sstp_client 1 load load "https://$(outer_address 1):$GATEWAY_PORT" --user "$GATEWAY_USER" \
    --password-file "$WORK/password" --ca "$WORK/ca.pem" --calls "$1" --parallel "$PARALLEL" --hold "${2}s" --json "${@:3}"
  LOAD_PID=$SPAWNED
  for _ in {1..6000}; do
    if jq -es 'length > 0' "$WORK/load.log" >/dev/null 2>&1; then return; fi
    running "$LOAD_PID" || { cat "$WORK/load.log" >&2; return 1; }
    sleep 0.05
  done
  echo 'bench/run: the load client did not set up its calls' >&2
  return 1
}

calls_at_once() {
  load_call "$CALLS" 60
  CALLS_ENDED=$EPOCHREALTIME
  jq -r '.setupSeconds[]' "$WORK/load.log" >"$WORK/latencies"
  jq -r 'range(.failed)' "$WORK/load.log" >"$WORK/failures"
}

server_facts() {
  fact sstp-gateway version "sstp-gateway $("$SSTP_BIN/sstp-gateway" --version), its own sstp-client"
  fact sstp-gateway cipher 'TLS 1.3 with the defaults of .NET (TLS_AES_256_GCM_SHA384)'
  fact sstp-gateway log-in 'user and password (MS-CHAPv2, crypto binding verified), one client process for all calls of the set-up measure'
}
