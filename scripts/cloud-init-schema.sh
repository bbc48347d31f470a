#!/bin/bash
# Checks cloud-init documents with cloud-init's own schema check. See --help.
set -euo pipefail

usage() {
  cat <<'END'
scripts/cloud-init-schema.sh FILE...

Runs "cloud-init schema" of the distribution's package on each file. The package is unpacked, not installed: installed, its
services would take charge of this machine at the next start.
END
}

case ${1-} in
  "" | --help | -h) usage && exit 0 ;;
esac

package=$("$(dirname "$0")/unpack-package.sh" cloud-init)
bad=0
for file in "$@"; do
  said=$(PYTHONPATH=$package/usr/lib/python3/dist-packages /usr/bin/python3 -m cloudinit.cmd.main schema --config-file "$file" 2>&1) || bad=1
  printf '%s: %s\n' "$file" "$said"
done
exit "$bad"
