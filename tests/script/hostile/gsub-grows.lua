-- expect: runbook-memory
-- without: memory = grows
string.gsub(string.rep("x", 1000000), "", string.rep("y", 1000)) -- here
