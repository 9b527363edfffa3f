-- expect: runbook-error
-- without: words = done
string.format("%p", "x") -- here
