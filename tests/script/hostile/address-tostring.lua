-- expect: no-text
-- without: words = done
tostring({}) -- here
