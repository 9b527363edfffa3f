-- expect: global-assigned
-- without: tables = done
_ENV.tell = nil -- here
