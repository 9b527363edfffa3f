-- expect: withheld-name
package.loadlib("libc.so.6", "*") -- here
