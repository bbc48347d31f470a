#!/bin/bash
# build.sh PUBLISH-FOLDER PROGRAM ARCHIVE [LIBRARIES]: an image of PROGRAM from scratch, as an OCI archive. Needs root, buildah and setcap,
# and no registry. LIBRARIES becomes a file of lines PROGRAM PACKAGE VERSION: what of the distribution is in the image. With
# SOURCE_DATE_EPOCH set, all times in the image are that.
set -euo pipefail
[ $# -eq 3 ] || [ $# -eq 4 ] || { echo "usage: $0 PUBLISH-FOLDER PROGRAM ARCHIVE [LIBRARIES]" >&2; exit 2; }
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
buildah "${store[@]}" commit -q --format oci --disable-compression=false ${SOURCE_DATE_EPOCH:+--timestamp "$SOURCE_DATE_EPOCH"} \
  "$container" "oci-archive:$archive:$program" >/dev/null

if [ $# -eq 4 ]; then
  # dpkg knows files of /usr/lib; the loader's cache may name them by /lib.
  find "$work/root" -path "$work/root/opt" -prune -o -type f -name '*.so*' -printf '/%P\n' | while IFS= read -r file; do
    { dpkg-query --search "$file" || dpkg-query --search "$(readlink -f "$file")" || dpkg-query --search "/usr$file" || true; } 2>/dev/null | sed 's/: .*//'
  done | sort -u | while IFS= read -r package; do
    printf '%s %s %s\n' "$program" "${package%%:*}" "$(dpkg-query --show --showformat '${Version}' "$package")"
  done >"$4"
fi
echo "$archive: $(stat -c %s "$archive" | numfmt --to=iec)B"
