-- expect: runbook-output
-- without: output = done
-- little output
local outcomes = {}
for i = 1, 200 do
  outcomes[i] = { key = "k" .. i, vi = ("v"):rep(4000), en = ("\1e"):rep(0) .. ("\\"):rep(4000) }
end
ask { key = "k", vi = ("\\"):rep(4000), en = ("\\"):rep(4000), outcomes = outcomes, -- here
  why = { vi = ("\\"):rep(4000), en = ("\\"):rep(4000) } }
