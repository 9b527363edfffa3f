-- expect: runbook-close
-- without: syntax = done
local x <close> = nil -- here
