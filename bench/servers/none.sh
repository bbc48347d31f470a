# shellcheck shell=bash
# No VPN: plain TCP over the same links, as the yardstick.
server_missing() { :; }
server_start() { SERVER_PID=''; }
client_connect() {
  ip -n "$(namespace "c$1")" route add "$NETWORK_INSIDE" via "$(outer_address "$1")"
  CLIENT_PID=''
}
