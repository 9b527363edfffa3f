-- expect: no-module
require "../../etc/passwd" -- here
