-- expect: runbook-error
string.format("%p", "x") -- here
