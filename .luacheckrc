-- Runbooks and their library are written against these words only.
std = "none"
max_line_length = 120
read_globals = {
  -- Lua, as far as it is given
  "assert", "error", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget", "rawlen", "rawset",
  "require", "select", "setmetatable", "getmetatable", "tonumber", "tostring", "type", "xpcall",
  "math", "string", "table", "utf8", "coroutine",
  -- the library of runbooks
  "act", "ask", "check", "checklist", "escalate", "handover", "resolve", "runbook", "step", "tell",
  "verify",
}
