-- expect: endless
-- without: instructions = hangs
::again::
goto again -- here
