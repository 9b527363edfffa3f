-- expect: no-module
require "metronet.base" -- here
