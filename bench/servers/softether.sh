# shellcheck shell=bash
# SoftEther's SSTP server with this repository's client. Only where SOFTETHER_DIR names a folder with vpnserver and vpncmd.
# Its NAT mode would switch offloads off on the links, so the hub is bridged to a TAP device and only its DHCP is used.
. "$BENCH/servers/sstp-gateway.sh"

server_missing() {
  if [[ -z ${SOFTETHER_DIR:-} ]]; then
    echo 'SOFTETHER_DIR is not set (a folder with vpnserver and vpncmd; 4.44 answers SSTP, 5.01 as Debian 12 ships it does not)'
  elif [[ ! -x $SOFTETHER_DIR/vpnserver || ! -x $SOFTETHER_DIR/vpncmd ]]; then
    echo "$SOFTETHER_DIR holds no vpnserver and vpncmd"
  fi
}

GATEWAY_USER=bench@bench

server_start() {
  binaries
  (umask 077 && printf '%s' bench-password >"$WORK/password")
  # It writes its settings beside its program, so it runs from a copy.
  rm -rf "$WORK/softether"
  cp -rL "$SOFTETHER_DIR" "$WORK/softether"
  spawn "$(namespace srv)" "$WORK/softether.log" "$WORK/softether/vpnserver" execsvc
  SERVER_PID=$SPAWNED
  wait_port 127.0.0.1 443
  inside_of srv "$WORK/softether/vpncmd" 127.0.0.1:443 /SERVER /IN:/dev/stdin >"$WORK/vpncmd.log" 2>&1 <<COMMANDS
HubCreate bench /PASSWORD:bench-password
BridgeCreate bench /DEVICE:bench /TAP:yes
ServerCertSet /LOADCERT:$WORK/server.pem /LOADKEY:$WORK/server.key
SstpEnable yes
Hub bench
UserCreate bench /GROUP:none /REALNAME:none /NOTE:none
UserPasswordSet bench /PASSWORD:bench-password
SecureNatEnable
NatDisable
DhcpSet /START:10.94.0.10 /END:10.94.255.250 /MASK:255.255.0.0 /EXPIRE:7200 /GW:10.94.0.1 /DNS:none /DNS2:none /DOMAIN:none /LOG:no
COMMANDS
  ip -n "$(namespace srv)" address add 10.94.0.1/16 dev tap_bench
  ip -n "$(namespace srv)" link set tap_bench up
  wait_sstp
}

# A server of which only the port answers is not measured: Debian 12's 5.01 never answers the SSTP request.
wait_sstp() {
  for _ in {1..20}; do
    if inside_of c1 "$SSTP_BIN/sstp-client" probe "https://$(outer_address 1):$GATEWAY_PORT" --ca "$WORK/ca.pem" \
      >>"$WORK/probe.log" 2>&1; then return 0; fi
    sleep 0.5
  done
  echo 'bench/run: this SoftEther does not answer SSTP' >&2
  return 1
}

server_facts() {
  fact softether version "$(head -1 "$WORK/softether/ReadMeFirst_License.txt" 2>/dev/null || echo SoftEther), hub bridged to a TAP device, sstp-client"
  fact softether log-in 'user and password (MS-CHAPv2), one client process for all calls of the set-up measure'
}
