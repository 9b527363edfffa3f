-- expect: runbook-close
local x <close> = nil -- here
