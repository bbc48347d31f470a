# shellcheck shell=bash
# The operator's page in a browser. To be sourced after site.sh.

browser=$(command -v chromium || command -v chromium-headless-shell || command -v google-chrome || true)

# Nothing of this machine's user.
browse() {
  at_site timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars \
    --user-data-dir="$site_folder/browser" "$@" 2>>"$site_folder/browser.log"
}
page=http://127.0.0.1:8080/

# picture_page NAME OPTION_OF_THE_BROWSER...
picture_page() {
  browse "${@:2}" --screenshot="$site_folder/$1.png" "$page" >/dev/null
  [ "$(head -c 4 "$site_folder/$1.png" | tail -c 3)" = PNG ] || fail "the browser drew nothing"
}

check_page() {
  if [ -z "$browser" ]; then
    [ -z "${SSTP_TEST_LONG-}" ] || fail "Chromium is not installed; ./test --long installs it"
    say "the page was not looked at: no Chromium here (./test --long installs it)"
    return
  fi
  # Its user has turned scripts off.
  mkdir -p "$site_folder/browser/Default"
  printf '{"profile": {"default_content_setting_values": {"javascript": 2}}}' >"$site_folder/browser/Default/Preferences"
  browse --dump-dom "$page" >"$site_folder/page.html"
  local wanted
  for wanted in '<html lang="en">' '<h1>SSTP operator</h1>' '>Gateways</h2>' '>Names</h2>' '>Certificates</h2>' "$site_name" 203.0.113.1 'CN=Office CA' '<th scope="col" role="columnheader">Calls</th>'; do
    grep -qF "$wanted" "$site_folder/page.html" || { cat "$site_folder/page.html" "$site_folder/browser.log" >&2; fail "the page in the browser does not show $wanted"; }
  done
  [ "$(grep -o '<span class="good">ready</span>' "$site_folder/page.html" | wc -l)" -ge 3 ] || fail "the page does not show the three as ready"
  picture_page page --window-size=1280,860
  say "the page in $("$browser" --version 2>/dev/null | awk '{ print $1, $2 }'), without scripts: three kinds, ready, with their names and addresses"
}
