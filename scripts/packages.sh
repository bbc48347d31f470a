# shellcheck shell=bash
# Installs what is missing from the distribution's packages, and says what and why first.

missing_packages=()

# need FILE_OR_COMMAND PACKAGE REASON...: notes the package when the command (or the file, by absolute path) is not there.
need() {
  local wanted=$1 package=$2
  shift 2
  case $wanted in
    /*) compgen -G "$wanted" >/dev/null && return ;;
    *) command -v "$wanted" >/dev/null && return ;;
  esac
  say "missing: $package ($*)"
  missing_packages+=("$package")
}

install_missing() {
  try_install_missing || fail "${missing_packages[*]} could not be installed (see above)"
}

# Says what went wrong, and leaves it to the caller what that means.
try_install_missing() {
  [ ${#missing_packages[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    say "this is not Debian or Ubuntu: please install the programs above yourself and start again"
    return 1
  fi

  say "installing with apt-get: ${missing_packages[*]}"
  as_root apt-get update -qq </dev/null || return 1
  without_services as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing_packages[@]}" </dev/null >/dev/null || return 1
  missing_packages=()
}

# without_services COMMAND...: packages of servers start them, and here only their programs are wanted. Debian asks this file first.
without_services() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [ -e "$policy" ]; then
    "$@" || status=$?
    return "$status"
  fi
  [ -z "${ledger-}" ] || printf 'file %s\n' "$policy" >>"$ledger"
  printf '#!/bin/sh\nexit 101\n' | as_root install -m 755 /dev/stdin "$policy"
  "$@" || status=$?
  as_root rm -f "$policy"
  return "$status"
}
