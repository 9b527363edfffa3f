-- expect: withheld-name
-- without: words kernel = done
assert(os.execute("true")) -- here
