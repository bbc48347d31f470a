# shellcheck shell=bash
# One server namespace, one network behind it, and up to four clients, each on a link of its own:
#
#   c1 10.99.1.2 ---- 10.99.1.1 \
#   ...                          srv 10.98.0.1 ---- 10.98.0.2 inside (iperf3 -s)
#   c4 10.99.4.2 ---- 10.99.4.1 /
#
# The transfers go client - tunnel - server - inside, so a server also forwards, as it does in service.

CLIENTS=4
INSIDE=10.98.0.2
NETWORK_INSIDE=10.98.0.0/24
PREFIX=sb$$

namespace() { echo "$PREFIX-$1"; }
outer_address() { echo "10.99.$1.1"; }
inside_of() { ip netns exec "$(namespace "$1")" "${@:2}"; }

make_topology() {
  local name i
  for name in srv inside $(seq -f 'c%g' "$CLIENTS"); do
    ip netns add "$(namespace "$name")"
    ip -n "$(namespace "$name")" link set lo up
  done
  link srv in0 10.98.0.1/24 inside out0 10.98.0.2/24
  ip -n "$(namespace inside)" route add default via 10.98.0.1
  for ((i = 1; i <= CLIENTS; i++)); do
    link srv "cl$i" "10.99.$i.1/24" "c$i" up0 "10.99.$i.2/24"
  done
  inside_of srv sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
  inside_of c1 sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
}

# link NAMESPACE DEVICE ADDRESS NAMESPACE DEVICE ADDRESS
link() {
  ip link add "$2" netns "$(namespace "$1")" type veth peer name "$5" netns "$(namespace "$4")"
  ip -n "$(namespace "$1")" address add "$3" dev "$2"
  ip -n "$(namespace "$4")" address add "$6" dev "$5"
  ip -n "$(namespace "$1")" link set "$2" up
  ip -n "$(namespace "$4")" link set "$5" up
}

remove_topology() {
  local name
  for name in srv inside $(seq -f 'c%g' "$CLIENTS"); do
    if [[ -e /run/netns/$(namespace "$name") ]]; then ip netns del "$(namespace "$name")"; fi
  done
}

# The state of every link's offloads, without the tunnels: those belong to the servers.
link_offloads() {
  local name device
  for name in srv inside $(seq -f 'c%g' "$CLIENTS"); do
    while read -r device; do
      echo "== $name $device"
      inside_of "$name" ethtool -k "$device" | tail -n +2
    done < <(ip -n "$(namespace "$name")" -o link show type veth | sed -E 's/^[0-9]+: ([^@:]+).*/\1/')
  done
}

tunnel_offloads() {
  local name device
  for name in srv c1; do
    while read -r device; do
      [[ -n $device ]] || continue
      echo "== $name $device, MTU $(inside_of "$name" cat "/sys/class/net/$device/mtu")"
      inside_of "$name" ethtool -k "$device" | tail -n +2
    done < <(ip -n "$(namespace "$name")" -o link show type tun | sed -E 's/^[0-9]+: ([^@:]+).*/\1/')
  done
}

# A CA and one server certificate (ECDSA P-256) for all four outer addresses, and a client certificate.
make_certificates() {
  local days=30 sans='DNS:vpn.bench.example' i
  for ((i = 1; i <= CLIENTS; i++)); do sans+=",IP:$(outer_address "$i")"; done
  (
    umask 077
    cd "$WORK"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days $days \
      -subj '/CN=Bench CA' -addext 'keyUsage=critical,keyCertSign,cRLSign'
    sign server "subjectAltName=$sans" serverAuth
    sign client 'subjectAltName=DNS:client.bench.example' clientAuth
  ) >"$WORK/openssl.log" 2>&1 || { cat "$WORK/openssl.log" >&2; return 1; }
}

sign() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$days" -out "$1.pem" \
    -extfile <(printf '%s\nextendedKeyUsage=%s\nkeyUsage=digitalSignature\n' "$2" "$3")
}
