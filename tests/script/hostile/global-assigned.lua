-- expect: global-assigned
-- without: tables = done
count = 1 -- here
