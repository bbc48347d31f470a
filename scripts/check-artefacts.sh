# shellcheck shell=bash
# Looks at the files of a release in the current folder, with programs that are not ours. To be sourced by check-release.sh, which
# sets $repository, $folder (for what is made on the way) and $version.

check_checksums() {
  sha256sum --check --quiet --strict SHA256SUMS || fail "the checksums are wrong (see above)"
  local unlisted
  unlisted=$(comm -3 <(sed 's/^[0-9a-f]* [ *]//' SHA256SUMS | sort) <(find . -type f ! -name 'SHA256SUMS*' -printf '%P\n' | sort))
  [ -z "$unlisted" ] || fail "listed and not there, or there and not listed: $unlisted"
  say "sha256sum finds the $(wc -l <SHA256SUMS) checksums right, and no file without one"
}

check_chart() {
  "$SSTP_HELM" lint --strict sstp-operator-*.tgz >/dev/null
  [ "$("$SSTP_HELM" template x sstp-operator-*.tgz --set namespace.create=true | grep -c '^kind:')" = "$(grep -c '^kind:' sstp-operator-*-install.yaml)" ] ||
    fail "the packed chart and install.yaml hold different numbers of objects"
  say "helm takes the chart, and it holds as many objects as install.yaml"
}

check_bill() {
  local unlicensed dangling difference
  python3 -W ignore - "$repository/tests/release/spdx-2.3.schema.json" sstp-operator-*.spdx.json <<'END' || fail "the bill of materials does not keep to SPDX 2.3 (see above)"
import json, sys
import jsonschema

schema, bill = (json.load(open(file)) for file in sys.argv[1:])
mistakes = list(jsonschema.Draft7Validator(schema).iter_errors(bill))
for mistake in mistakes:
    print("/".join(map(str, mistake.path)), mistake.message, file=sys.stderr)
sys.exit(bool(mistakes))
END
  difference=$(diff <(jq -r '.dependencies[] | to_entries[] | select(.value.type != "Project") | "pkg:nuget/\(.key)@\(.value.resolved) \(.value.contentHash)"' \
    "$repository"/src/{Operator,SstpGateway,SstpClient,KubectlSstp}/packages.lock.json | sort -u) <(nuget_packages | sort) || true)
  [ -z "$difference" ] || fail "packages of the lock files (<) and of the bill of materials (>) differ: $difference"
  # One package names its licence by a file: SQLite itself, which is in the public domain.
  unlicensed=$(jq -r '.packages[] | select(.licenseDeclared == "NOASSERTION" and ((.externalRefs[0].referenceLocator // "") | startswith("pkg:nuget/"))) | .name' sstp-operator-*.spdx.json)
  [ "$unlicensed" = SourceGear.sqlite3 ] || fail "packages without a licence in the bill of materials: $unlicensed"
  dangling=$(jq -r '([.packages[].SPDXID] + ["SPDXRef-DOCUMENT"]) as $ids | .relationships[] | .spdxElementId, .relatedSpdxElement | select(. as $id | $ids | index($id) | not)' sstp-operator-*.spdx.json)
  [ -z "$dangling" ] || fail "the bill of materials relates what it does not name: $dangling"
  [ -z "$(jq -r '.packages[].SPDXID' sstp-operator-*.spdx.json | sort | uniq -d)" ] || fail "two things in the bill of materials have the same name"
  say "bill of materials: keeps to SPDX 2.3, and has the $(nuget_packages | wc -l) packages of the lock files with version, hash and licence"
}

# The packages of the bill of materials as a lock file has them; those without a hash come with .NET itself.
nuget_packages() {
  local address hash
  while read -r address hash; do
    printf '%s %s\n' "$address" "$(tr a-f A-F <<<"$hash" | basenc --base16 --decode --ignore-garbage | base64 -w 0)"
  done < <(jq -r '.packages[] | select(.checksums and (.externalRefs[0].referenceLocator | startswith("pkg:nuget/"))) | "\(.externalRefs[0].referenceLocator) \(.checksums[0].checksumValue)"' \
    sstp-operator-*.spdx.json)
}

# is_version WHAT SAID
is_version() {
  [ "$2" = "$version" ] || fail "$1 says it is '$2', not $version"
  say "$1: says it is $2"
}

# Each program where there is no .NET: alone with the libraries of the distribution that it loads, without network or /proc of others. Each
# portable one by the .NET of this machine.
check_programs() {
  local archive program bare
  for archive in *-linux-x64.tar.gz *-portable.tar.gz; do
    program=${archive%%-[0-9]*}
    mkdir -p "$folder/run/$archive"
    tar -xzf "$archive" -C "$folder/run/$archive" --strip-components 1
    case $archive in
      *-linux-x64.tar.gz)
        bare=$folder/bare/$program
        as_root "$repository/deploy/images/root.sh" "$folder/run/$archive" "$program" "$bare"
        [ -z "$(find "$bare" -name dotnet -o -name 'libhostfxr*' -o -name 'libcoreclr.so')" ] || fail "there is .NET in $bare"
        is_version "$archive, alone with $(find "$bare" -name '*.so*' | wc -l) libraries" \
          "$(as_root unshare --net --ipc --pid --fork --mount-proc=/proc --root "$bare" --setuid 65532 --setgid 65532 "/opt/$program/$program" --version)"
        ;;
      *) is_version "$archive, by dotnet" "$(dotnet "$folder/run/$archive/$program.dll" --version)" ;;
    esac
  done
}

# Each image as others read it: skopeo its layout and every digest in it, umoci its layers, runc the program, as the user that it names.
check_images() {
  local archive program bundle
  for archive in *-image.tar; do
    program=${archive%%-[0-9]*}
    skopeo inspect "oci-archive:$archive" >"$folder/$program.json" || fail "skopeo cannot read $archive"
    [ "$(jq -r '.Labels["org.opencontainers.image.title"] + " " + .Architecture + " " + .Os' "$folder/$program.json")" = "$program amd64 linux" ] ||
      fail "$archive is not what it should be: $(cat "$folder/$program.json")"
    skopeo copy --quiet --insecure-policy "oci-archive:$archive" "oci:$folder/layout-$program:$program" >/dev/null || fail "skopeo cannot copy $archive"
    bundle=$folder/bundle-$program
    as_root umoci unpack --image "$folder/layout-$program:$program" "$bundle" >/dev/null 2>&1 || fail "umoci cannot unpack $archive"
    [ "$(jq -c '[.process.user.uid, .process.args]' "$bundle/config.json")" = "[65532,[\"/opt/$program/$program\"]]" ] || fail "$archive starts something else: $(jq -c .process "$bundle/config.json")"
    # The two capabilities that a pod of the gateway has; its program asks for them by its file, and is not started without.
    jq --arg program "/opt/$program/$program" '(["CAP_NET_ADMIN", "CAP_NET_BIND_SERVICE"] as $two | .process.capabilities = {bounding: $two, permitted: $two, effective: $two})
      | .process.terminal = false | .process.args = [$program, "--version"] | .root.readonly = true | del(.linux.seccomp) | del(.linux.resources)
      | .linux.namespaces |= map(select(.type != "cgroup"))' "$bundle/config.json" >"$folder/config.json"
    as_root cp "$folder/config.json" "$bundle/config.json"
    is_version "$archive ($(jq '.Layers | length' "$folder/$program.json") layer), read by skopeo and umoci, run by runc" \
      "$(as_root runc --root "$folder/runc" run --bundle "$bundle" "sstp-check-$$-$program" </dev/null)"
  done
}
