# shellcheck shell=bash
# Words for the user, and root for what needs it. To be sourced after PATH is set.

step() { printf '\n== %s\n' "$*"; }

say() { printf '   %s\n' "$*"; }

fail() {
  printf '\n%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# What goes before a command that needs root: nothing for root, else sudo with the caller's idea of where programs are.
root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || fail "needs root for packages and network namespaces, and there is no sudo: run it as root"
  root=(sudo env "PATH=$PATH" "DOTNET_ROOT=${DOTNET_ROOT-}")
fi

as_root() { "${root[@]}" "$@"; }

require_dotnet() {
  command -v dotnet >/dev/null ||
    fail "the .NET SDK $(wanted_sdk) is not on the PATH; see https://dotnet.microsoft.com/download"
  # The host alone, or an older SDK: dotnet itself then speaks of global.json only.
  dotnet --version >/dev/null 2>&1 ||
    fail "dotnet is here, and no SDK $(wanted_sdk) (dotnet --list-sdks says: $(dotnet --list-sdks 2>/dev/null | awk '{ print $1 }' | paste -sd ' ' | sed 's/^$/none/')); see https://dotnet.microsoft.com/download"
}

wanted_sdk() { sed -n 's/.*"version": "\([0-9]*\)\..*/\1/p' global.json; }
