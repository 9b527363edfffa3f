-- expect: call-nil
local _ENV = {}
tell {} -- here
