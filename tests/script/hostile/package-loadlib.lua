-- expect: withheld-name
-- without: words kernel = done
assert(package.loadlib("libBrokenLocale.so.1", "*")) -- here
