-- expect: runbook-memory
string.gsub(string.rep("x", 1000000), "", string.rep("y", 1000)) -- here
