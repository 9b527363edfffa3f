-- expect: withheld-name
-- without: words kernel = done
assert(io.open("build/hostile-journal.db"):read("a") == "another incident") -- here
