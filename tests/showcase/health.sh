# shellcheck shell=bash
# Argo CD's health script on objects of running operators, by the interpreter whose dialect Argo CD embeds. To be sourced after examples.sh.

# Reads a list of objects; writes lines KIND NAME STATUS MESSAGE.
health_of() {
  jq -r 'def lua: if type == "object" then "{" + (to_entries | map("[" + (.key | tojson) + "]=" + (.value | lua)) | join(",")) + "}"
      elif type == "array" then "{" + (map(lua) | join(",")) + "}" elif . == null then "nil" else tojson end;
    "local script = assert(loadfile(\"deploy/argocd/health.lua\"))",
    (.items[] | "obj = " + lua, "do local said = script() print(obj.kind, obj.metadata.name, said.status, said.message) end")' | lua5.1 -
}

# Everything at the site is ready.
check_health() {
  in_cluster get vpngw,ddns,sstpcert --all-namespaces -o json | health_of >"$site_folder/health"
  [ "$(awk '$3 == "Healthy"' "$site_folder/health" | wc -l)" -eq "$(wc -l <"$site_folder/health")" ] || { cat "$site_folder/health" >&2; fail "Argo CD would not call all of these healthy (see above)"; }
  say "Argo CD's script calls all $(wc -l <"$site_folder/health") resources of the site healthy"
}

# Nothing of an example has been ready yet, and none of it is at fault.
check_health_of_example() { # FOLDER
  for_examples get vpngw,ddns,sstpcert --all-namespaces -o json | health_of >"$site_folder/health"
  ! awk '$3 == "Degraded"' "$site_folder/health" | grep . >&2 || fail "$1: Argo CD would call this degraded although it is under way for the first time (see above)"
}

# The first minute of a site whose certificate is still to come is no trouble: nobody is warned of what passes by itself.
check_first_minute() {
  in_cluster get events --all-namespaces -o json | jq -r '.items[] | "\(.type) \(.involvedObject.kind // .regarding.kind) \(.reason): \(.message // .note)"' >"$site_folder/events"
  grep -q '^Normal VpnGateway Serving: ' "$site_folder/events" || { cat "$site_folder/events" >&2; fail "there is no event that says that the gateway serves (see above)"; }
  ! grep -E '^Warning |is refused|xception|Could not' "$site_folder/events" >&2 || fail "an event of the first minute alarms for nothing (see above)"
  say "the first minute has $(wc -l <"$site_folder/events") events, none of which warns"
}
