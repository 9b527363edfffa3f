-- Every step, every kind of answer, and what of Lua could differ between two runs.

local function words(t)
  local list = {}
  for key, value in pairs(t) do
    list[#list + 1] = tostring(key) .. "=" .. (type(value) == "table" and "{}" or tostring(value))
  end
  return table.concat(list, " ")
end

local function both(s)
  return { vi = s, en = s }
end

local mixed = { z = 1, a = 2, [10] = 3, [2.5] = 4, [true] = 5, [false] = 6, ["đ"] = 7, "one", "two" }
for i = 1, 150 do
  mixed["key-" .. i * 7919 % 151] = i
end

return runbook {
  id = "everything",
  version = 3,
  title = both "Everything",
  description = both "Walks through all that the library has.",
  applies_to = { site_types = { "ward", "commune" } },
  symptoms = { "office-down" },
  minutes = 5,

  steps = function(incident)
    local site = incident.subject.site
    tell {
      key = "facts",
      vi = words(incident.roles),
      en = words(site.nodes) .. (next(site.lines) or "-"),
      why = both(words(mixed)),
      help = both(string.format("%s %d %5.2f %q", site.name.vi, 12, 1 / 3, "x")),
    }
    local note = ask { key = "note", vi = "Ghi chú", en = "Note", free = true }
    local minutes = ask {
      key = "minutes",
      vi = "Bao lâu?",
      en = "How long?",
      number = { cuts = { 10, 59.5 }, unit = { vi = "phút", en = "minutes" } },
    }
    local sorted = { 5, 3, 9, 1, 7 }
    table.sort(sorted, function(a, b)
      -- A comparison may ask; so may the body of a loop.
      if a == 3 and b == 5 then
        tell { key = "compare", vi = "So sánh", en = "Comparing" }
      end
      return a < b
    end)
    for word in string.gmatch("một, hai,,ba", "[^,]*") do
      tell { key = "word", vi = "«" .. word .. "»", en = #word .. table.concat(sorted, " ") }
    end
    local list = checklist {
      key = "list",
      vi = "Danh mục",
      en = "List",
      items = {
        { key = "one", vi = "Một", en = "One" },
        { key = "two", vi = "Hai", en = "Two" },
      },
      deadline = "30m",
    }
    local tries = 0
    while tries < minutes and list.one ~= "cannot" do
      tries = tries + 1
      local looked = check {
        key = "look",
        vi = "Lần " .. tries,
        en = "Time " .. tries,
        how = both "So",
        who = "operations",
        minutes = 1,
      }
      if looked == "yes" then
        break
      end
    end
    if act {
      key = "do",
      vi = "Làm",
      en = "Do it",
      by = "site",
      at = "26740/cpe",
      interrupts = both "-",
      undo = both "-",
    } == "cannot" then
      escalate {
        key = "call",
        to = "operations",
        vi = "Gọi",
        en = "Call",
        evidence = { note, both "Đã thử" },
      }
      handover { key = "hand", to = "area", vi = "Bàn giao", en = "Hand over" }
    end
    if verify { key = "works", vi = "Được chưa?", en = "Does it work?" } then
      resolve {}
    end
    resolve { vi = "Chuyển tiếp", en = "Passed on", cause = both "Không rõ" }
  end,
}
