-- expect: runbook-error
string.find(string.rep("a", 300000), string.rep("a?", 300000) .. "b") -- here
