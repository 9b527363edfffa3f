-- expect: endless
::again::
goto again -- here
