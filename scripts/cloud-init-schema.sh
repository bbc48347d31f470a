#!/bin/bash
# Checks cloud-init documents with cloud-init's own schema check. See --help.
set -euo pipefail

usage() {
  cat <<'END'
scripts/cloud-init-schema.sh FILE...

Runs "cloud-init schema" of the distribution's package on each file. The package is unpacked into a temporary folder, not
installed: installed, its services would take charge of this machine at the next start.
END
}

case ${1-} in
  "" | --help | -h) usage && exit 0 ;;
esac

unpacked=$(mktemp -d -t sstp-cloud-init.XXXXXX)
trap 'rm -rf "$unpacked"' EXIT
chmod 755 "$unpacked"
(cd "$unpacked" && apt-get download -qq cloud-init >/dev/null 2>"$unpacked/apt.log") || {
  cat "$unpacked/apt.log" >&2
  printf 'cloud-init cannot be fetched from the distribution (see above); is "apt-get update" needed?\n' >&2
  exit 1
}
dpkg-deb -x "$unpacked"/cloud-init_*.deb "$unpacked"

bad=0
for file in "$@"; do
  if PYTHONPATH=$unpacked/usr/lib/python3/dist-packages /usr/bin/python3 -m cloudinit.cmd.main schema --config-file "$file" >"$unpacked/said" 2>&1; then
    printf '%s: %s\n' "$file" "$(tail -n 1 "$unpacked/said")"
  else
    printf '%s:\n' "$file"
    cat "$unpacked/said"
    bad=1
  fi
done
exit "$bad"
