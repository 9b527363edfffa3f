-- expect: runbook-time
-- without: time = hangs
table.move({}, 1, 2 ^ 40, 2) -- here
