-- expect: withheld-name
-- without: words = runbook-garbled
os.exit(0) -- here
