-- expect: runbook-error
-- without: kernel = done
-- words
assert(package.loadlib("libBrokenLocale.so.1", "*")) -- here
