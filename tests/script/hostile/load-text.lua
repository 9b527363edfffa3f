-- expect: withheld-name
-- without: words = done
assert(load("return os.time()")()) -- here
