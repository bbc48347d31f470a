#!/bin/bash
# Makes the quick part of a release twice, and looks at it. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/say.sh
. scripts/say.sh
# shellcheck source=scripts/packages.sh
. scripts/packages.sh
# shellcheck source=scripts/kubectl.sh
. scripts/kubectl.sh

usage() {
  cat <<'END'
scripts/check-release.sh [--whole]

Runs ./release --quick twice and fails unless both have the same checksums, the checksums are right, helm takes the chart as
packed, and the bill of materials names every package of the lock files with a licence.

  --whole    ./release with programs and images; takes many minutes. Also runs every program that was made.
END
}

quick=(--quick)
case ${1-} in
  --help | -h) usage && exit 0 ;;
  --whole) quick=() ;;
esac

get_helm
folder=$(mktemp -d -t sstp-check-release.XXXXXX)
trap 'as_root rm -rf "$folder"' EXIT
for run in first second; do ./release "${quick[@]}" --output "$folder/$run" >"$folder/$run.log" 2>&1 || { cat "$folder/$run.log" >&2 && fail "./release failed (see above)"; }; done
diff "$folder/first/SHA256SUMS" "$folder/second/SHA256SUMS" || fail "two runs made different files (see above)"
(cd "$folder/first" && sha256sum --check --quiet SHA256SUMS)
say "two runs: the same $(wc -l <"$folder/first/SHA256SUMS") files"

cd "$folder/first"
"$SSTP_HELM" lint --strict sstp-operator-*.tgz >/dev/null
[ "$("$SSTP_HELM" template x sstp-operator-*.tgz --set namespace.create=true | grep -c '^kind:')" = "$(grep -c '^kind:' sstp-operator-*-install.yaml)" ] ||
  fail "the packed chart and install.yaml hold different numbers of objects"

# One package of the programs names its licence by a file: SQLite itself, which is in the public domain.
unlicensed=$(jq -r '.packages[] | select(.licenseDeclared == "NOASSERTION" and ((.externalRefs[0].referenceLocator // "") | startswith("pkg:nuget/"))) | .name' sstp-operator-*.spdx.json)
[ "$unlicensed" = SourceGear.sqlite3 ] || fail "packages without a licence in the bill of materials: $unlicensed"
dangling=$(jq -r '([.packages[].SPDXID] + ["SPDXRef-DOCUMENT"]) as $ids | .relationships[] | .spdxElementId, .relatedSpdxElement | select(. as $id | $ids | index($id) | not)' sstp-operator-*.spdx.json)
[ -z "$dangling" ] || fail "the bill of materials relates what it does not name: $dangling"
say "chart, install.yaml and bill of materials are whole"

[ ${#quick[@]} -eq 0 ] || exit 0
for archive in *-linux-x64.tar.gz *-portable.tar.gz; do
  program=${archive%%-[0-9]*}
  mkdir -p "$folder/run/$archive"
  tar -xzf "$archive" -C "$folder/run/$archive" --strip-components 1
  case $archive in
    *-linux-x64.tar.gz) said=$(DOTNET_ROOT=/nonexistent "$folder/run/$archive/$program" --version) ;;
    *) said=$(dotnet "$folder/run/$archive/$program.dll" --version) ;;
  esac
  say "$archive: $program says it is $said"
  [ "$said" = "$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' "$OLDPWD/Directory.Build.props")" ] || fail "that is not the version"
done
