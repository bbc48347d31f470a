#!/bin/bash
# build.sh PUBLISH-FOLDER PROGRAM ARCHIVE: an image of PROGRAM from scratch, as an OCI archive. Needs root, buildah and setcap, and no registry.
set -euo pipefail
[ $# -eq 3 ] || { echo "usage: $0 PUBLISH-FOLDER PROGRAM ARCHIVE" >&2; exit 2; }
publish=$1 program=$2 archive=$3
here=$(dirname "$(readlink -f "$0")")

# Storage of its own, so that nothing is left behind and nothing that is there is touched. No overlay: that may not nest.
work=$(mktemp -d)
export STORAGE_DRIVER=vfs
store=(--root "$work/storage" --runroot "$work/run")
trap 'rm -rf "$work"' EXIT

"$here/root.sh" "$publish" "$program" "$work/root"
container=$(buildah "${store[@]}" from scratch)
# Not `buildah copy`, which gives everything to root.
cp -a "$work/root/." "$(buildah "${store[@]}" mount "$container")"
buildah "${store[@]}" umount "$container" >/dev/null
buildah "${store[@]}" config \
  --entrypoint "[\"/opt/$program/$program\"]" --cmd '' --user 65532:65532 --workingdir / \
  --env DOTNET_EnableDiagnostics=0 --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 \
  --env SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
  --label org.opencontainers.image.title="$program" --label org.opencontainers.image.licenses=Apache-2.0 \
  "$container"
rm -f "$archive"
buildah "${store[@]}" commit -q --format oci --disable-compression=false "$container" "oci-archive:$archive:$program" >/dev/null
echo "$archive: $(stat -c %s "$archive" | numfmt --to=iec)B"
