-- expect: runbook-error
-- without: kernel = done
-- words
os.remove(os.tmpname()) -- here
