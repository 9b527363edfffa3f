-- expect: runbook-error
table.concat({}, "x", 1, 2 ^ 40) -- here
