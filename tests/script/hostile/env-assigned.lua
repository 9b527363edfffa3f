-- expect: global-assigned
_ENV.tell = nil -- here
