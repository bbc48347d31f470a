# shellcheck shell=bash
# The examples applied as they stand, by kubectl to an operator of their own, in the caller's namespace: no Internet there, so they get as
# far as one can without. To be sourced after site.sh.

start_examples_operator() {
  start_at "$caller" examples dotnet src/Operator/bin/Release/net10.0/sstp-operator.dll local --plain --stop-workloads \
    --data "$site_folder/examples" --health-address 127.0.0.1:8080 --gateway-program src/SstpGateway/bin/Release/net10.0/sstp-gateway.dll
}

for_examples() { at_caller "$SSTP_KUBECTL" --kubeconfig "$site_folder/examples/kubeconfig" "$@"; }

# Every resource of our kinds has been looked at in its newest form, and says in words how it stands.
all_say_how_they_stand() {
  for_examples get vpngw,ddns,sstpcert --all-namespaces -o json | jq -e '.items | length > 0 and all(
    .status.observedGeneration == .metadata.generation and any(.status.conditions[]; .type == "Ready" and (.message | length) > 0))'
}

check_examples() {
  local folder accepted stalled
  until_true 120 "the examples' API server" for_examples get --raw /readyz
  for folder in examples/*/kustomization.yaml; do
    folder=${folder%/kustomization.yaml}
    for_examples apply --server-side -k "$folder" >"$site_folder/applied" || fail "kubectl apply -k $folder was refused (see above)"
    [ "$(grep -c 'serverside-applied$' "$site_folder/applied")" = "$("$SSTP_KUBECTL" kustomize "$folder" | grep -c '^kind:')" ] || fail "$folder: not everything was applied"
    until_true 120 "$folder: every resource saying how it stands" all_say_how_they_stand
    # What they name is in the folder, so nothing in them can be the user's mistake.
    stalled=$(for_examples get vpngw,ddns,sstpcert --all-namespaces -o json |
      jq -r '.items[] | . as $item | .status.conditions[] | select(.type == "Stalled" and .status == "True") | "\($item.kind) \($item.metadata.name): \(.message)"')
    [ -z "$stalled" ] || fail "$folder is not accepted as it stands: $stalled"
    accepted=$(for_examples get vpngw,ddns,sstpcert --all-namespaces -o json | jq '.items | length')
    say "$folder: applied as it stands, all $accepted resources say how they stand"
    for_examples get vpngw,ddns,sstpcert --all-namespaces -o json | jq -r '.items[] | "      \(.kind) \(.metadata.name): \(.status.conditions[] | select(.type == "Ready") | .reason + ", " + .message)"' | cut -c1-160
    check_health_of_example "$folder"
    for_examples delete -k "$folder" --wait=false --ignore-not-found >/dev/null
    until_true 120 "$folder: everything gone" nothing_is_left
  done
  until_true 60 "a namespace for the single files" for_examples apply -f examples/home-office/namespace.yaml
  for folder in examples/certificates examples/ddns; do
    for_examples --namespace vpn apply --server-side -f "$folder" >/dev/null || fail "kubectl apply -f $folder was refused (see above)"
    until_true 120 "$folder: every resource saying how it stands" all_say_how_they_stand
    say "$folder: applied as they stand, all say how they stand"
    for_examples get ddns,sstpcert --all-namespaces -o json | jq -r '.items[] | "      \(.kind) \(.metadata.name): \(.status.conditions[] | select(.type == "Ready") | .reason + ", " + .message)"' | cut -c1-160
  done
}

nothing_is_left() { ! for_examples get vpngw,ddns,sstpcert --all-namespaces -o name | grep -q .; }
