#!/bin/bash
# How much of each reader of bytes from outside its tests reach. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'END'
scripts/reader-coverage.sh [--least PERCENT] COVERAGE...

Prints the branch coverage of every type in tests/vectors/fuzz/readers.txt, from Cobertura files or folders that hold
some, and fails when one of them is below PERCENT (90) or is not in any file. With several files a line counts as far as
the best of them got. The files come from a run such as

  dotnet test tests/Fuzz -c Release --settings tests/Fuzz/coverage.runsettings \
    --collect "XPlat Code Coverage" --results-directory artifacts/coverage

and what tests/SstpProtocol.Tests and others add with the same settings may be given beside it.
END
}

least=90
places=()
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage && exit 0 ;;
    --least) least=${2:?--least needs a percentage} && shift ;;
    -*) usage >&2 && exit 64 ;;
    *) places+=("$1") ;;
  esac
  shift
done
[ ${#places[@]} -gt 0 ] || { usage >&2 && exit 64; }

mapfile -t files < <(find "${places[@]}" -type f -name '*.cobertura.xml')
[ ${#files[@]} -gt 0 ] || { printf 'No *.cobertura.xml in %s: did the tests run with --collect?\n' "${places[*]}" >&2 && exit 1; }

# Coverlet writes an element a line; lines stand once under their method and once under their class, the same both times.
# File names are relative to a folder that each report chooses, so only their last part is compared. Nested types and state machines ("Outer/Inner") count as their outer type.
awk -v least="$least" '
  function attribute(name,   text) {
    if (!match($0, name "=\"[^\"]*\"")) return ""
    text = substr($0, RSTART, RLENGTH)
    sub(name "=\"", "", text)
    sub("\"$", "", text)
    return text
  }
  FILENAME ~ /readers\.txt$/ { readers[++count] = $0; next }
  /<class / { class = attribute("name"); sub("/.*", "", class); file = attribute("filename"); sub(".*/", "", file) }
  /<line / {
    seen[class] = 1
    if (attribute("branch") != "True") next
    split(attribute("condition-coverage"), parts, /[(\/)]/)
    place = class SUBSEP file SUBSEP attribute("number")
    if (parts[2] > taken[place]) taken[place] = parts[2]
    if (parts[3] > all[place]) all[place] = parts[3]
  }
  END {
    for (place in all) {
      split(place, key, SUBSEP)
      branches[key[1]] += all[place]
      reached[key[1]] += taken[place]
      if (taken[place] < all[place]) missed[key[1]] = missed[key[1]] " " key[3]
    }
    for (i = 1; i <= count; i++) {
      reader = readers[i]
      if (!(reader in seen)) {
        printf "%-64s not covered at all\n", reader
        bad++
        continue
      }
      percent = branches[reader] ? 100 * reached[reader] / branches[reader] : 100
      if (percent < least) bad++
      printf "%-64s %6.1f %%  %4d of %4d branches%s%s\n", reader, percent, reached[reader], branches[reader],
        percent < least ? "  TOO LOW, lines" : "", percent < least ? missed[reader] : ""
    }
    printf "%d readers, %d below %d %% of their branches\n", count, bad, least
    exit bad > 0
  }
' tests/vectors/fuzz/readers.txt "${files[@]}"
