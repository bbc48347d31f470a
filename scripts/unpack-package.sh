#!/bin/bash
# Unpacks a package of the distribution beside the sources instead of installing it. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'END'
scripts/unpack-package.sh PACKAGE

Fetches PACKAGE from the distribution, unpacks it into artifacts/tools/PACKAGE unless that is there already, and prints the folder.
For packages of which only a program is wanted, and whose services nobody asked for.
END
}

case ${1-} in
  "" | --help | -h) usage && exit 0 ;;
esac

package=$1
folder=$PWD/artifacts/tools/$package
if [ ! -e "$folder/.complete" ]; then
  rm -rf "$folder"
  mkdir -p "$folder"
  # apt drops its rights while it fetches, so it needs a folder that everyone may write to.
  fetched=$(mktemp -d -t sstp-package.XXXXXX)
  trap 'rm -rf "$fetched"' EXIT
  chmod 777 "$fetched"
  (cd "$fetched" && apt-get download -qq "$package" >"$fetched/log" 2>&1) || {
    cat "$fetched/log" >&2
    printf '%s cannot be fetched from the distribution (see above); is "apt-get update" needed?\n' "$package" >&2
    exit 1
  }
  dpkg-deb -x "$fetched/$package"_*.deb "$folder"
  touch "$folder/.complete"
fi
printf '%s\n' "$folder"
