-- expect: withheld-name
-- without: words = done
os.time() -- here
