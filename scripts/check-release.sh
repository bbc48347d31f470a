#!/bin/bash
# Makes a release twice, compares, and lets programs that are not ours look at it. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH=$PATH:/usr/sbin:/sbin
# shellcheck source=scripts/say.sh
. scripts/say.sh
# shellcheck source=scripts/packages.sh
. scripts/packages.sh
# shellcheck source=scripts/kubectl.sh
. scripts/kubectl.sh
# shellcheck source=scripts/check-artefacts.sh
. scripts/check-artefacts.sh

usage() {
  cat <<'END'
scripts/check-release.sh [--whole [--keep FOLDER] | --look FOLDER]

Makes ./release --quick twice, signed with a key made for this, and fails unless
- both have the same checksums, sha256sum finds them right, and minisign believes the signature, and not that of a changed file;
- helm takes the chart as packed, and it renders as many objects as install.yaml holds;
- the bill of materials keeps to the schema of SPDX 2.3, names every package of the lock files with its version, hash and
  licence, and nothing else.

  --whole    ./release with programs and images, of the last commit, from two clones with paths, time zone, language and file mask
             of their own. Also starts every program where there is nothing but its libraries, and every image in runc after skopeo
             and umoci have read it. Takes many minutes, needs root.
  --keep     where the release is left, when all is well
  --look     only looks at a release that was made before
END
}

whole=false keep='' look=''
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage && exit 0 ;;
    --whole) whole=true ;;
    --keep) keep=$(realpath -- "${2:?--keep needs a folder}") && shift ;;
    --look) look=$(readlink -e -- "${2:?--look needs a folder}") && shift ;;
    *) usage >&2 && exit 64 ;;
  esac
  shift
done

repository=$PWD
folder=$(mktemp -d -t sstp-check-release.XXXXXX)
trap 'as_root rm -rf "$folder"' EXIT
version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)

# make CHECKOUT RUN [VARIABLE=VALUE...]: a release in $folder/RUN.
make() {
  local checkout=$1 run=$2 options=(--sign "$folder/key") began=$SECONDS
  $whole || options+=(--quick)
  (cd "$checkout" && env "${@:3}" ./release "${options[@]}" --output "$folder/$run") >"$folder/$run.log" 2>&1 ||
    { cat "$folder/$run.log" >&2 && fail "./release failed (see above)"; }
  say "made in $checkout: $((SECONDS - began)) s"
}

make_twice() {
  local first=$repository second=$repository
  minisign -G -W -p "$folder/key.pub" -s "$folder/key" >/dev/null
  if $whole; then
    first=$folder/a second=$folder/somewhere/else/entirely/b
    git clone --quiet "$repository" "$first"
    git clone --quiet "$repository" "$second"
  fi
  make "$first" first
  # A stay in another part of the world, by another clock than the first run's.
  (umask 027 && make "$second" second TZ=Pacific/Auckland LANG=C.UTF-8 LC_ALL=C.UTF-8)
  diff "$folder/first/SHA256SUMS" "$folder/second/SHA256SUMS" || fail "two runs made different files (see above)"
  diff -r "$folder/first" "$folder/second" || fail "two runs made different files (see above)"
  say "two runs: the same $(find "$folder/first" -type f | wc -l) files, byte by byte"
}

check_signature() {
  minisign -V -q -p "$folder/key.pub" -m SHA256SUMS || fail "minisign does not believe the signature"
  sed 's/^./&&/;q' SHA256SUMS >"$folder/changed"
  if minisign -V -q -p "$folder/key.pub" -m "$folder/changed" -x SHA256SUMS.minisig 2>/dev/null; then fail "minisign believes the signature of something else"; fi
  say "minisign believes the signature of SHA256SUMS, and not of a changed one"
}

need minisign minisign "signs the checksums"
need /usr/lib/python3/dist-packages/jsonschema/__init__.py python3-jsonschema "checks the bill of materials"
if $whole || [ -n "$look" ]; then
  need skopeo skopeo "reads the images"
  need umoci umoci "unpacks them"
  need runc runc "runs them"
fi
install_missing
get_helm

if [ -z "$look" ]; then
  make_twice
  cd "$folder/first"
  check_signature
else
  cd "$look"
fi
check_checksums
check_chart
check_bill
if $whole || [ -n "$look" ]; then
  check_programs
  check_images
fi
if [ -n "$keep" ]; then
  mkdir -p "$keep"
  cp -- * "$keep/"
fi
