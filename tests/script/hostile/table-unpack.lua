-- expect: runbook-error
table.unpack({}, 1, 100000000) -- here
