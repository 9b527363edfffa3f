-- expect: no-module
require "os" -- here
