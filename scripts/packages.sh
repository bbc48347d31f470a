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
  [ ${#missing_packages[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    fail "this is not Debian or Ubuntu: please install the programs above yourself and start again"

  say "installing with apt-get: ${missing_packages[*]}"
  as_root apt-get update -qq </dev/null || fail "apt-get update failed (see above)"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing_packages[@]}" \
    </dev/null >/dev/null || fail "apt-get could not install ${missing_packages[*]} (see above)"
  missing_packages=()
}
