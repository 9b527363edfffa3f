-- expect: runbook-for-four
-- without: syntax = done
for k in next, {}, nil, nil do break end -- here
