# shellcheck shell=bash
# Debian's openvpn over TCP, in user space (without its kernel module).
server_missing() { command -v openvpn >/dev/null || echo 'openvpn is not installed'; }

server_start() {
  spawn "$(namespace srv)" "$WORK/openvpn.log" openvpn --mode server --tls-server --proto tcp-server --port 1194 \
    --dev tun --topology subnet --server 10.96.0.0 255.255.0.0 --ca "$WORK/ca.pem" --cert "$WORK/server.pem" \
    --key "$WORK/server.key" --dh none --duplicate-cn --max-clients 20000 --keepalive 10 60 --tun-mtu 1400 \
    --data-ciphers AES-256-GCM --disable-dco --tcp-nodelay --persist-key --persist-tun --verb 3
  SERVER_PID=$SPAWNED
  wait_port 10.99.1.1 1194
}

# openvpn_in CLIENT LOG FIFO ROUTE
openvpn_in() {
  spawn "$(namespace "c$1")" "$WORK/$2.log" openvpn --client --dev tun --proto tcp-client \
    --remote "$(outer_address "$1")" 1194 --nobind --ca "$WORK/ca.pem" --cert "$WORK/client.pem" \
    --key "$WORK/client.key" --remote-cert-tls server --tun-mtu 1400 --data-ciphers AES-256-GCM --disable-dco \
    --route-noexec --ifconfig-noexec --script-security 2 --setenv BENCH_FIFO "$3" --setenv BENCH_ROUTE "$4" \
    --up "$BENCH/lib/up" --verb 3
}

client_connect() {
  mkfifo "$WORK/up-$1"
  openvpn_in "$1" client "$WORK/up-$1" "$NETWORK_INSIDE"
  CLIENT_PID=$SPAWNED
  wait_up "$WORK/up-$1"
}

start_call() { openvpn_in 1 calls "$2" ''; }
calls_at_once() { set_up_with_processes; }

server_facts() {
  fact openvpn version "$(openvpn --version | sed -nE '1s/^(OpenVPN [0-9.]+).*/\1/p'), TCP, user space"
  fact openvpn cipher "$(sed -nE "s/.*Data Channel: cipher '([^']+)'.*/\1/p" "$WORK/client.log" | head -1), control channel $(sed -nE 's/.*Control Channel: ([^,]+, cipher [^,]+).*/\1/p' "$WORK/client.log" | head -1)"
  fact openvpn log-in 'client certificate, one openvpn process a call'
}
