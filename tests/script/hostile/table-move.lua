-- expect: runbook-time
table.move({}, 1, 2 ^ 40, 2) -- here
