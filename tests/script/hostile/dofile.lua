-- expect: withheld-name
-- without: words kernel = done
dofile("/dev/null") -- here
