#!/bin/bash
# Makes this machine a node of the edge's cluster. Run once, by cloud-init; safe to run again.
set -euo pipefail

# shellcheck source=/dev/null
. /etc/sstp-edge/node.env

say() { printf 'sstp-edge: %s\n' "$*"; }

fail() {
  say "$*" >&2
  exit 1
}

# Pods talk over the private network, whose device may come up after the public one.
private_device() {
  ip -oneline -4 address show | awk -v address="$EDGE_ADDRESS" '{ split($4, own, "/"); if (own[1] == address) { print $2; exit } }'
}

wait_for_private_network() {
  local device
  for _ in $(seq 1 60); do
    device=$(private_device)
    if [ -n "$device" ]; then
      mkdir -p /etc/rancher/k3s/config.yaml.d
      printf 'flannel-iface: %s\n' "$device" >/etc/rancher/k3s/config.yaml.d/50-flannel.yaml
      return
    fi
    sleep 5
  done
  fail "no device has the private address $EDGE_ADDRESS after 5 minutes; is the machine attached to the private network?"
}

install_k3s() {
  local installer
  installer=$(mktemp)
  curl --fail --silent --show-error --location --retry 10 --retry-delay 5 --output "$installer" https://get.k3s.io ||
    fail "the installer of k3s cannot be fetched; see above"
  INSTALL_K3S_VERSION=$EDGE_K3S_VERSION INSTALL_K3S_EXEC=$EDGE_ROLE sh "$installer"
  rm -f "$installer"
}

bootstrap() {
  export KUBECONFIG=/etc/rancher/k3s/k3s.yaml
  case $EDGE_BOOTSTRAP in
    none) ;;
    manifests)
      retry k3s kubectl apply --server-side -k "$EDGE_REPOSITORY//deploy/base?ref=$EDGE_REVISION"
      ;;
    argocd)
      retry k3s kubectl wait --for=condition=Established --timeout=30s crd/applications.argoproj.io
      retry k3s kubectl apply --server-side -f /etc/sstp-edge/application.yaml
      ;;
  esac
}

retry() {
  for _ in $(seq 1 60); do
    if "$@"; then return; fi
    sleep 10
  done
  fail "gave up on: $*"
}

modprobe tun
sysctl --quiet --load /etc/sysctl.d/60-sstp-edge.conf
wait_for_private_network
install_k3s
if [ "$EDGE_FIRST" = yes ]; then bootstrap; fi
say "done"
