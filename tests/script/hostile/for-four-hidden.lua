-- expect: runbook-for-four
-- without: syntax = done
for k in (function() do return next end end)(), {}, nil, (function() for i = 1, 2 do end end)() do end -- here
