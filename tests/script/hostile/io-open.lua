-- expect: withheld-name
-- without: words kernel = done
assert(io.open("/etc/passwd"):read("a")) -- here
