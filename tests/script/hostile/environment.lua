-- expect: withheld-name
-- without: words = done
assert(os.getenv("PATH")) -- here
