-- The language that runbooks are written in: Lua, without what would make two runs differ.
--
-- Tables iterate in a fixed order, sorting is stable and does not draw lots, nothing has an address,
-- and an iterator keeps its place where it can be seen. `host` is what the program gives.

local find, sub = string.find, string.sub
local floor, pack, unpack = math.floor, table.pack, table.unpack
local rawget, rawnext, type, select, error = rawget, next, type, select, error

local api = {
  assert = assert,
  error = error,
  ipairs = ipairs,
  require = host.require,
  select = select,
  tonumber = tonumber,
  type = type,
}

-- ---- order ----

-- Merge sort: stable, the same on every run, and a comparison may ask a step.
local function sort(list, before)
  before = before or function(a, b)
    return a < b
  end
  local from, to, n = list, {}, #list
  local width = 1
  while width < n do
    for start = 1, n, 2 * width do
      local left, right = start, start + width
      local left_end, right_end = right - 1, start + 2 * width - 1
      if left_end > n then
        left_end = n
      end
      if right_end > n then
        right_end = n
      end
      for place = start, right_end do
        if left <= left_end and (right > right_end or not before(from[right], from[left])) then
          to[place] = from[left]
          left = left + 1
        else
          to[place] = from[right]
          right = right + 1
        end
      end
    end
    from, to = to, from
    width = 2 * width
  end
  if from ~= list then
    for place = 1, n do
      list[place] = from[place]
    end
  end
end

-- Numbers, then words, then false and true. What has only an address has no order.
local RANK = { number = 1, string = 2, boolean = 3 }

local function key_before(a, b)
  local kind_a, kind_b = type(a), type(b)
  if kind_a ~= kind_b then
    return RANK[kind_a] < RANK[kind_b]
  end
  if kind_a == "boolean" then
    return b and not a
  end
  return a < b
end

local function keys_of(t)
  host.decide(t)
  local keys, n = {}, 0
  for key in rawnext, t do
    if not RANK[type(key)] then
      error("a table whose keys are of type " .. type(key) .. " has no fixed order", 3)
    end
    n = n + 1
    keys[n] = key
  end
  sort(keys, key_before)
  return keys, n
end

function api.pairs(t)
  if type(t) ~= "table" then
    error("pairs needs a table, not " .. type(t), 2)
  end
  local keys, n = keys_of(t)
  local place = 0
  return function()
    while place < n do
      place = place + 1
      local value = rawget(t, keys[place])
      if value ~= nil then
        return keys[place], value
      end
    end
  end, t, nil
end

function api.next(t, after)
  if type(t) ~= "table" then
    error("next needs a table, not " .. type(t), 2)
  end
  for _, key in ipairs((keys_of(t))) do
    if after == nil or key_before(after, key) then
      return key, rawget(t, key)
    end
  end
end

-- ---- text ----

local PLAIN = { ["nil"] = true, boolean = true, number = true, string = true }
local raw_tostring, raw_format = tostring, string.format

function api.tostring(value)
  if not PLAIN[type(value)] then
    return host.refuse_text(value)
  end
  return raw_tostring(value)
end

local function format(pattern, ...)
  for place = 1, select("#", ...) do
    local value = select(place, ...)
    if not PLAIN[type(value)] then
      return host.refuse_text(value)
    end
  end
  if find(string.gsub(pattern, "%%%%", ""), "%%[-+ #0-9.]*p") then
    error("%p would put an address into the text", 2)
  end
  return raw_format(pattern, ...)
end

local function gmatch(text, pattern)
  if sub(pattern, 1, 1) == "^" then
    error("a pattern for gmatch cannot begin with ^", 2)
  end
  local place, last = 1, nil
  return function()
    while place <= #text + 1 do
      local found = pack(find(text, pattern, place))
      local from, to = found[1], found[2]
      if not from then
        place = #text + 2
        return nil
      end
      if to + 1 == last and to < from then
        place = from + 1 -- nothing, where the last match ended
      else
        place, last = to + 1, to + 1
        if found.n > 2 then
          return unpack(found, 3, found.n)
        end
        return sub(text, from, to)
      end
    end
  end
end

api.string = {
  byte = string.byte,
  char = string.char,
  find = find,
  format = format,
  gmatch = gmatch,
  gsub = string.gsub,
  len = string.len,
  lower = string.lower,
  match = string.match,
  rep = string.rep,
  reverse = string.reverse,
  sub = sub,
  upper = string.upper,
}

-- ---- the rest, as far as it is the same everywhere ----

api.table = {
  concat = table.concat,
  insert = table.insert,
  move = table.move,
  pack = pack,
  remove = table.remove,
  sort = function(list, before)
    if type(list) ~= "table" then
      error("table.sort needs a table, not " .. type(list), 2)
    end
    sort(list, before)
  end,
  unpack = unpack,
}

api.math = {
  abs = math.abs,
  ceil = math.ceil,
  floor = floor,
  fmod = math.fmod,
  huge = math.huge,
  max = math.max,
  maxinteger = math.maxinteger,
  min = math.min,
  mininteger = math.mininteger,
  modf = math.modf,
  pi = math.pi,
  tointeger = math.tointeger,
  type = math.type,
  ult = math.ult,
}

api.utf8 = {
  char = utf8.char,
  charpattern = utf8.charpattern,
  codepoint = utf8.codepoint,
  codes = utf8.codes,
  len = utf8.len,
  offset = utf8.offset,
}

return api
