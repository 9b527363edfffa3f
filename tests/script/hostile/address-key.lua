-- expect: runbook-error
for _ in pairs({ [{}] = 1 }) do end -- here
