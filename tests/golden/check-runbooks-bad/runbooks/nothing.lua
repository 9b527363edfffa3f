local x = runbook
