-- expect: no-text
tostring({}) -- here
