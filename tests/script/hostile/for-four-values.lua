-- expect: runbook-for-four
for k in next, {}, nil, nil do break end -- here
