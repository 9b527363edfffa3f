-- expect: withheld-name
-- without: words = done
assert(#debug.getregistry() > 0) -- here
