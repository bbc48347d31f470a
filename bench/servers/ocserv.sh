# shellcheck shell=bash
# Debian's ocserv with openconnect over TLS (TCP) only.
server_missing() {
  command -v ocserv >/dev/null && command -v openconnect >/dev/null || echo 'ocserv or openconnect is not installed'
}

server_start() {
  # SHA-512 crypt of a plain file: ocserv's own form of a local user.
  printf 'bench:*:%s\n' "$(openssl passwd -6 bench-password)" >"$WORK/ocserv.passwd"
  cat >"$WORK/ocserv.conf" <<CONF
auth = "plain[passwd=$WORK/ocserv.passwd]"
listen-host = 0.0.0.0
tcp-port = 443
run-as-user = nobody
run-as-group = nogroup
socket-file = $WORK/ocserv.socket
server-cert = $WORK/server.pem
server-key = $WORK/server.key
isolate-workers = true
max-clients = 0
max-same-clients = 0
rate-limit-ms = 0
max-ban-score = 0
dpd = 90
keepalive = 32400
auth-timeout = 240
cookie-timeout = 300
rekey-time = 172800
tls-priorities = "NORMAL:%SERVER_PRECEDENCE:%COMPAT:-VERS-SSL3.0:-VERS-TLS1.0:-VERS-TLS1.1:-VERS-TLS1.3"
use-occtl = false
log-level = 1
device = vpns
predictable-ips = false
ping-leases = false
mtu = 1428
ipv4-network = 10.97.0.0
ipv4-netmask = 255.255.0.0
route = $NETWORK_INSIDE
CONF
  chmod 711 "$WORK"
  spawn "$(namespace srv)" "$WORK/ocserv.log" ocserv -f -c "$WORK/ocserv.conf"
  SERVER_PID=$SPAWNED
  wait_port 10.99.1.1 443
}

# openconnect_in CLIENT LOG FIFO ROUTE
openconnect_in() {
  spawn "$(namespace "c$1")" "$WORK/$2.log" env "BENCH_FIFO=$3" "BENCH_ROUTE=$4" \
    sh -c 'printf "%s\n" bench-password | exec openconnect "$@"' openconnect \
    --protocol=anyconnect --no-dtls --non-inter --user=bench --passwd-on-stdin --cafile="$WORK/ca.pem" \
    --script="$BENCH/lib/up" "https://$(outer_address "$1")/"
}

client_connect() {
  mkfifo "$WORK/up-$1"
  openconnect_in "$1" client "$WORK/up-$1" "$NETWORK_INSIDE"
  CLIENT_PID=$SPAWNED
  wait_up "$WORK/up-$1"
}

start_call() { openconnect_in 1 calls "$2" ''; }
calls_at_once() { set_up_with_processes; }

server_facts() {
  fact ocserv version "$(ocserv --version 2>&1 | sed -nE 's/^ocserv ([0-9.]+).*/ocserv \1/p' | head -1), $(openconnect --version | head -1), --no-dtls"
  fact ocserv cipher "$(sed -nE 's/.*ciphersuite (\(.*\)).*/\1/p' "$WORK/client.log" | head -1), Debian's default tls-priorities"
  fact ocserv log-in 'user and password (plain file), one openconnect process a call'
}
