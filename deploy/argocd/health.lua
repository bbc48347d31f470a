-- Argo CD's view of a VpnGateway, DdnsRecord or SstpCertificate: one script, for the three have the same conditions.
-- It runs in Argo CD's Lua 5.1 without standard libraries beyond the base functions. "obj" is the object.

local function condition(name)
  if obj.status ~= nil and obj.status.conditions ~= nil then
    for _, found in ipairs(obj.status.conditions) do
      if found.type == name then
        return found
      end
    end
  end
  return nil
end

local function answer(status, message)
  return { status = status, message = message }
end

local annotations = obj.metadata.annotations or {}

if obj.metadata.deletionTimestamp ~= nil then
  return answer("Progressing", "Being deleted: drained and cleaned up first")
end
if annotations["vpn.sstp-operator.dev/paused"] == "true" then
  return answer("Suspended", "Paused by its annotation")
end
if obj.status == nil or condition("Ready") == nil then
  return answer("Progressing", "The operator has not looked at it yet")
end
if obj.metadata.generation ~= nil and (obj.status.observedGeneration or 0) < obj.metadata.generation then
  return answer("Progressing", "The operator has not seen the latest change yet")
end

-- Before anything that could be Degraded: what is still at work for the first time is not ill.
local stalled = condition("Stalled")
if stalled ~= nil and stalled.status == "True" then
  return answer("Degraded", stalled.message)
end

local ready = condition("Ready")
if ready.status == "True" then
  return answer("Healthy", ready.message)
end

for _, name in ipairs({ "Issuing", "Reconciling" }) do
  local working = condition(name)
  if working ~= nil and working.status == "True" then
    return answer("Progressing", working.message)
  end
end

if ready.status == "False" then
  return answer("Degraded", ready.message)
end
return answer("Progressing", ready.message)
