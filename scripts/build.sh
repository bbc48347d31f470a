# shellcheck shell=bash
# Builds with a compiler server of its own, which compiles all projects of one build and is gone at its end: twice as fast as
# starting the compiler anew for each project. To be sourced after say.sh.

# build_release PROJECT_OR_SOLUTION [OPTION_OF_DOTNET_BUILD...]
build_release() {
  local server=sstp-build-$$-$RANDOM status=0
  dotnet build "$1" -c Release --nologo -v q -clp:NoSummary -nodeReuse:false \
    -p:UseSharedCompilation=true "-p:SharedCompilationId=$server" "${@:2}" || status=$?
  end_compiler "$server"
  return "$status"
}

end_compiler() {
  local process
  for process in $(pgrep -f -- "-pipename:$1\$" || true); do kill "$process" 2>/dev/null || true; done
}
