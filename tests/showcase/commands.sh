# shellcheck shell=bash
# The commands of the documentation, run. To be sourced after site.sh.
#
# Every block fenced by ```sh in the repository's Markdown is a test. tests/showcase/commands.txt says of each where it is run, or why it
# cannot be here:  FILE#NUMBER  PLACE  [REASON], NUMBER counting the file's blocks from 1.
#   site     on the gateway's host, as its administrator: kubectl reaches the site's API server
#   caller   on a client's machine: the gateway's name resolves, and its CA is trusted
#   cluster  beside an operator of its own, where the examples are applied (examples.sh)
#   no       not run; a REASON is needed

list_blocks() {
  local file
  while IFS= read -r file; do
    awk -v file="$file" '/^ *```sh *$/ { print file "#" ++count }' "$file"
  done < <(git ls-files --cached --others --exclude-standard '*.md')
}

# block FILE#NUMBER
block() { awk -v wanted="${1##*#}" '/^ *```sh *$/ { inside = ++count == wanted; next } /^ *```/ { inside = 0 } inside' "${1%#*}"; }

# shellcheck disable=SC2016 # backticks are Markdown's
# Before anything is started: a block that nobody thought of, or a test that is named in a page and is not there.
check_every_block_is_listed() {
  local name
  while IFS= read -r name; do
    grep -rqE "class ${name##*/}\\b" tests --include='*.cs' || fail "the documentation names a test that is not there: $name"
  done < <(git ls-files --cached --others --exclude-standard 'docs/*.md' | grep -v '^docs/adr/' | xargs grep -ohE '`[A-Za-z/]+Tests`' | tr -d '`' | sort -u)
  local difference
  difference=$(diff <(list_blocks | sort) <(awk '!/^#/ && NF { print $1 }' tests/showcase/commands.txt | sort) || true)
  [ -z "$difference" ] || fail "blocks of commands in the documentation (<) and tests/showcase/commands.txt (>) differ: $difference"
  difference=$(awk '!/^#/ && NF && ($2 !~ /^(site|caller|cluster|no)$/ || ($2 == "no" && NF < 3)) { print $1 }' tests/showcase/commands.txt)
  [ -z "$difference" ] || fail "tests/showcase/commands.txt has no place, or no reason, for: $difference"
}

# What a reader has: this checkout, with the site's own names put into examples/home-office, and the programs on the PATH.
prepare_reader() {
  local program folder=$site_folder/reader item
  mkdir -p "$folder/bin" "$folder/checkout/examples"
  for item in * .config; do [ "$item" = examples ] || [ ! -e "$item" ] || ln -s "$PWD/$item" "$folder/checkout/$item"; done
  cp -r examples/. "$folder/checkout/examples/"
  rm "$folder/checkout/examples/home-office/"*.yaml
  cp "$site_folder/manifests/"* "$folder/checkout/examples/home-office/"
  printf '%s\n' 'apiVersion: kustomize.config.k8s.io/v1beta1' 'kind: Kustomization' 'resources: [namespace.yaml, site.yaml]' \
    >"$folder/checkout/examples/home-office/kustomization.yaml"
  while read -r program item; do
    # shellcheck disable=SC2016 # for the script that is written
    printf '#!/bin/bash\nexec dotnet %q "$@"\n' "$PWD/src/$item/bin/Release/net10.0/$program.dll" >"$folder/bin/$program"
  done <<'END'
sstp-operator Operator
sstp-gateway SstpGateway
sstp-client SstpClient
kubectl-sstp KubectlSstp
END
  # shellcheck disable=SC2016
  printf '#!/bin/bash\nexec "$@"\n' >"$folder/bin/sudo"
  chmod 755 "$folder/bin/"*
  ln -s "$SSTP_KUBECTL" "$folder/bin/kubectl"
  ln -s "$SSTP_HELM" "$folder/bin/helm"
}

# run_block NAME PLACE
run_block() {
  local place=$2 kubeconfig=$site_folder/data/kubeconfig namespace=$site status=0
  case $place in
    caller) namespace=$caller ;;
    cluster) namespace=$caller kubeconfig=$site_folder/examples/kubeconfig ;;
  esac
  block "$1" >"$site_folder/block"
  (cd "$site_folder/reader/checkout" && timeout 300 ip netns exec "$namespace" env "PATH=$site_folder/reader/bin:$PATH" "KUBECONFIG=$kubeconfig" \
    "HOME=$site_folder/reader" "PASSWORD=$(cat "$site_folder/password")" "SSL_CERT_FILE=$site_folder/ca.crt" \
    bash -euo pipefail "$site_folder/block" </dev/null) >"$site_folder/block.log" 2>&1 || status=$?
  [ "$status" -eq 0 ] || { cat "$site_folder/block" "$site_folder/block.log" >&2; fail "the commands of $1 ended with exit code $status at $place; they and their output are above"; }
  [ -z "${SSTP_SHOW_BLOCKS-}" ] || sed 's/^/      /' "$site_folder/block.log"
}

check_commands() {
  local name place count=0
  prepare_reader
  while read -r name place _; do
    case $name in '' | '#'*) continue ;; esac
    [ "$place" != no ] || continue
    run_block "$name" "$place"
    count=$((count + 1))
  done <tests/showcase/commands.txt
  say "$count blocks of commands in the documentation were run as they stand; $(grep -c '^[^#].*  *no ' tests/showcase/commands.txt) cannot be here"
}
