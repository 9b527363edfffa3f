-- A unit's router (CPE): what the officer sees and tries, then what the area engineer does.

local passages = require "metronet.passages"
local cannot_tell = passages.cannot_tell

local ROUTER = { key = "router", vi = "thiết bị định tuyến", en = "the router" }

local WORKS = {
  vi = "Các máy trong trụ sở đã vào lại được hệ thống của thành phố chưa?",
  en = "Do the office's machines reach the city's systems again?",
}
local HOW = {
  vi = "Thử ở hai máy cắm dây: mở hệ thống quản lý văn bản và một hệ thống khác; chờ 5 phút.",
  en = "Try from two PCs on cable: document management and one other system; wait 5 minutes.",
}

local function works()
  local working =
    verify { key = "works", vi = WORKS.vi, en = WORKS.en, how = HOW, minutes = 5 }
  return working
end

local LIGHTS = {
  { key = "dark", vi = "Tắt hết", en = "All dark" },
  {
    key = "alarm",
    vi = "SYS hoặc ALARM đỏ, hoặc cam nhấp nháy quá 5 phút",
    en = "SYS or ALARM red, or blinking amber for over 5 minutes",
  },
  { key = "wan-off", vi = "Có nguồn, đèn WAN tắt", en = "Powered, WAN light off" },
  { key = "lan-off", vi = "Có nguồn, đèn LAN tắt", en = "Powered, LAN light off" },
  { key = "normal", vi = "Sáng như bình thường", en = "Lit as usual" },
  {
    key = "danger",
    vi = "Có khói, mùi khét, nóng rát hoặc nước",
    en = "Smoke, a burnt smell, great heat or water",
  },
  cannot_tell,
}

local function router_lights(incident)
  local lights = check {
    key = "router-lights",
    at = passages.part(incident, "cpe"),
    vi = "Nhìn thiết bị định tuyến ở tủ mạng. Đèn thế nào?",
    en = "Look at the router in the cabinet. How are its lights?",
    how = {
      vi = "Không rút gì. Chụp ảnh. Đèn thường gặp: PWR nguồn, SYS hệ thống, WAN đường truyền, "
        .. "LAN phía trụ sở. So với ảnh đèn lúc bình thường, nếu có.",
      en = "Unplug nothing. Take a photo. Usual marks: PWR power, SYS system, WAN the line, LAN "
        .. "the office. Compare with the photo of normal lights, if there is one.",
    },
    why = {
      vi = "Đèn cho biết mất nguồn, thiết bị định tuyến treo, lỗi phía đường truyền hay phía trụ "
        .. "sở.",
      en = "They tell power, a hung router, the line's side and the office's side apart.",
    },
    outcomes = LIGHTS,
    minutes = 3,
  }
  return lights
end

-- What one PC can find out with the lights all good. Every answer goes to the area centre; only a
-- PC without an address is tried first. Returns true when something was changed.
local function from_a_pc()
  local address = check {
    key = "pc-address",
    vi = "Trên một máy cắm dây, mở cửa sổ lệnh, gõ ipconfig. Dòng IPv4 bắt đầu bằng gì?",
    en = "On a PC on cable open a command window and type ipconfig. What does the IPv4 line begin "
      .. "with?",
    why = {
      vi = "Máy không được cấp địa chỉ là lỗi trong mạng nội bộ, không phải ở đường truyền.",
      en = "A PC without an address is a fault of the local network, not of the line.",
    },
    how = {
      vi = "Nhấn phím Windows, gõ cmd, nhấn Enter. Chụp ảnh màn hình kết quả.",
      en = "Press the Windows key, type cmd, press Enter. Photograph the result.",
    },
    outcomes = {
      {
        key = "no-address",
        vi = "169.254, hoặc không có dòng đó",
        en = "169.254, or no such line",
      },
      { key = "address", vi = "Số khác", en = "Another number" },
      cannot_tell,
    },
    minutes = 2,
  }
  if address == "no-address" then
    return passages.reseat {
      key = "reseat-firewall-cable",
      vi = "giữa tường lửa và thiết bị chuyển mạch",
      en = "between firewall and switch",
    }
  end
  if address == "address" then
    check {
      key = "pc-name",
      vi = "Gõ nslookup rồi tên một hệ thống của thành phố. Có hiện địa chỉ không?",
      en = "Type nslookup and the name of one of the city's systems. Does it show an address?",
      why = {
        vi = "Không ra địa chỉ là lỗi phân giải tên (DNS), thường ở trung tâm, không ở trụ sở.",
        en = "No address means name resolution (DNS), mostly at the centre, not in the office.",
      },
      outcomes = {
        { key = "answered", vi = "Có địa chỉ", en = "It shows an address" },
        {
          key = "timeout",
          vi = "Báo quá thời gian hoặc không tìm thấy",
          en = "Timed out or not found",
        },
        cannot_tell,
      },
      minutes = 3,
    }
  end
  return false
end

-- Each returns true when something was changed, so that it is worth checking again.
local treat = {
  dark = function()
    return passages.power(ROUTER)
  end,
  alarm = function()
    return passages.restart(ROUTER)
  end,
  ["wan-off"] = function()
    return passages.reseat {
      key = "reseat-wan",
      vi = "giữa bộ chuyển đổi quang điện và thiết bị định tuyến",
      en = "between optical converter and router",
    }
  end,
  ["lan-off"] = function()
    return passages.reseat {
      key = "reseat-lan",
      vi = "giữa thiết bị định tuyến và tường lửa",
      en = "between router and firewall",
    }
  end,
  normal = from_a_pc,
  ["cannot-tell"] = function()
    return false
  end,
}

-- What it was, when treating a picture of the lights helped; for the report.
local CAUSES = {
  dark = { vi = "Thiết bị định tuyến mất nguồn.", en = "The router had no power." },
  alarm = { vi = "Thiết bị định tuyến bị treo.", en = "The router hung." },
  ["wan-off"] = { vi = "Dây mạng phía đường truyền.", en = "The cable on the line's side." },
  ["lan-off"] = { vi = "Dây mạng phía trụ sở.", en = "The cable on the office's side." },
  normal = { vi = "Dây mạng sau tường lửa.", en = "The cable behind the firewall." },
}

-- What the officer can do: look, one attempt for each picture of the lights, look again.
-- Returns "works", "danger" or "stuck", and the last lights.
local function officer(incident)
  local treated = {}
  local lights = router_lights(incident)
  while lights ~= "danger" and not treated[lights] do
    treated[lights] = true
    local result = treat[lights]()
    if result == "danger" then
      return "danger"
    end
    if result ~= true and result ~= "tried" then
      return "stuck", lights
    end
    if works() then
      return "works", lights
    end
    lights = router_lights(incident)
  end
  return lights == "danger" and "danger" or "stuck", lights
end

-- What the area engineer does with a login, a spare and a laptop. Returns "works" and the
-- cause, or the roles to call next.
local function engineer()
  local seen = check {
    key = "remote-router",
    who = "area",
    vi = "Kỹ sư khu vực: đăng nhập từ xa, qua đường chính rồi đường dự phòng. Thấy gì?",
    en = "Area engineer: log in remotely over the primary line, then the backup. What do you see?",
    why = {
      vi = "Kết quả này quyết định gọi doanh nghiệp viễn thông, sửa cấu hình hay mang thiết bị "
        .. "đến.",
      en = "It decides between calling the carrier, mending the configuration and bringing a "
        .. "device.",
    },
    how = {
      vi = "Xem cổng WAN và LAN, số gói lỗi, bảng định tuyến, trạng thái dự phòng, nhật ký; so "
        .. "cấu hình với bản đã lưu. Chỉ xem, chưa sửa.",
      en = "Look at WAN and LAN ports, errors, routes, backup state, log; compare the "
        .. "configuration with the saved one. Look only, change nothing yet.",
    },
    outcomes = {
      {
        key = "line",
        vi = "Thiết bị định tuyến tốt, lỗi ở đường truyền",
        en = "The router is fine, the line is not",
      },
      { key = "config", vi = "Cấu hình sai hoặc bị mất", en = "Configuration wrong or lost" },
      {
        key = "hardware",
        vi = "Hỏng một cổng hoặc thiết bị định tuyến",
        en = "A port or the router is broken",
      },
      {
        key = "firewall",
        vi = "Lỗi ở tường lửa phía sau",
        en = "The firewall behind it is at fault",
      },
      { key = "unreachable", vi = "Không đăng nhập được", en = "Cannot log in" },
      cannot_tell,
    },
    minutes = 10,
  }
  if seen == "line" then
    return { "carrier", "operations" }
  end
  if seen == "config" then
    local restored = act {
      key = "restore-config",
      by = "area",
      vi = "Kỹ sư khu vực: lưu cấu hình đang chạy ra nơi khác, rồi khôi phục bản cấu hình đã lưu "
        .. "gần nhất. Kiểm tra cả đồng hồ và giấy phép của tường lửa.",
      en = "Area engineer: save the running configuration elsewhere, then restore the last saved "
        .. "one. Check the firewall's clock and licence too.",
      interrupts = {
        vi = "Cả trụ sở mất mạng 1–5 phút. Báo đơn vị trước.",
        en = "The whole office, for 1–5 minutes. Tell the unit first.",
      },
      undo = { vi = "Nạp lại bản vừa lưu.", en = "Load the copy just saved." },
      minutes = 20,
    }
    if restored == "done" and works() then
      return "works", { vi = "Sai cấu hình.", en = "A wrong configuration." }
    end
  end
  if seen ~= "hardware" and seen ~= "firewall" then
    local laptop = check {
      key = "laptop-on-converter",
      who = "area",
      vi = "Kỹ sư khu vực, tại trụ sở: cắm máy tính xách tay thẳng vào bộ chuyển đổi quang điện "
        .. "với địa chỉ và VLAN của đường truyền. Có thông không? (Trụ sở mất mạng trong lúc thử; "
        .. "cắm lại ngay sau đó.)",
      en = "Area engineer, on site: put a laptop straight on the optical converter with the "
        .. "line's address and VLAN. Does traffic pass? (The office is offline meanwhile; plug "
        .. "back at once.)",
      why = {
        vi = "Tách hẳn đường truyền khỏi thiết bị của trụ sở.",
        en = "It separates the line from the devices of the office.",
      },
      outcomes = {
        { key = "passes", vi = "Thông", en = "It passes" },
        { key = "blocked", vi = "Không thông", en = "It does not" },
        cannot_tell,
      },
      minutes = 15,
    }
    if laptop == "blocked" then
      return { "carrier", "operations" }
    end
  end
  if seen ~= "firewall" then
    local swapped = act {
      key = "swap-router",
      by = "area",
      vi = "Kỹ sư khu vực: thay thiết bị định tuyến dự phòng đã nạp cấu hình của đơn vị; ghi số "
        .. "sê-ri cũ và mới.",
      en = "Area engineer: put in the spare router loaded with the unit's configuration; note the "
        .. "old and the new serial number.",
      interrupts = {
        vi = "Cả trụ sở mất mạng khoảng 15 phút. Báo các quầy trước.",
        en = "The whole office, about 15 minutes. Tell the counters first.",
      },
      undo = {
        vi = "Lắp lại thiết bị cũ đúng cổng như trong ảnh. Giữ thiết bị cũ 30 phút cho đến khi ổn "
          .. "định.",
        en = "Put the old one back as in the photo. Keep it for 30 minutes until all is steady.",
      },
      minutes = 60,
    }
    if swapped == "done" and works() then
      return "works", { vi = "Thiết bị định tuyến hỏng.", en = "A broken router." }
    end
  end
  return { "operations" }
end

return runbook {
  id = "unit-router",
  version = 1,
  title = { vi = "Sự cố thiết bị định tuyến của đơn vị", en = "A unit's router" },
  description = {
    vi = "Công chức phụ trách công nghệ thông tin xem đèn, thử những gì an toàn; kỹ sư khu vực "
      .. "tiếp nhận, kiểm tra từ xa, khôi phục cấu hình hoặc thay thiết bị.",
    en = "The unit's IT officer looks at lights and tries what is safe; the area engineer takes "
      .. "over, checks remotely, restores the configuration or swaps the router.",
  },
  applies_to = { kind = "cpe" },
  minutes = 25,

  steps = function(incident)
    local unit = passages.unit(incident)

    tell {
      key = "workaround",
      vi = "Giữ cho việc tiếp nhận hồ sơ không gián đoạn: bật bộ phát 4G cho 1–2 quầy, các quầy "
        .. "khác phát số giấy, ghi sổ, hẹn lại. Việc gấp: nhờ phường, xã bên cạnh hoặc người được "
        .. "ủy quyền làm thay. Không gửi tài liệu mật qua 4G.",
      en = "Keep serving citizens: a 4G hotspot for 1–2 counters, paper numbers, a register and "
        .. "appointments for the rest. Urgent matters: ask a neighbouring unit or an authorised "
        .. "deputy. No secret documents over 4G.",
      help = {
        vi = "Thiết bị định tuyến hỏng thì cả đường chính và đường dự phòng đều không dùng được. "
          .. "Nhập lại hồ sơ giấy trong ngày.",
        en = "With the router gone neither the primary nor the backup line can be used. Enter the "
          .. "paper records the same day.",
      },
    }

    local what = ask {
      key = "what",
      vi = "Ở " .. unit.vi .. ", cái gì không dùng được?",
      en = "At " .. unit.en .. ", what does not work?",
      outcomes = {
        {
          key = "everything",
          vi = "Không vào được gì, cả trụ sở",
          en = "Nothing works, whole office",
        },
        { key = "some-systems", vi = "Chỉ một vài hệ thống", en = "Only some systems" },
        {
          key = "security",
          vi = "Có dấu hiệu lạ: cảnh báo mã độc, thiết bị tự đổi cấu hình",
          en = "Odd signs: malware warning, a setting changed by nobody",
        },
        cannot_tell,
      },
      minutes = 1,
    }

    local cause
    if what == "security" then
      passages.security(incident)
    else
      local found, lights
      if what == "some-systems" then
        found = from_a_pc() and works() and "works" or "stuck"
      else
        found, lights = officer(incident)
      end

      if found == "works" then
        cause = CAUSES[lights or "normal"]
      elseif found == "danger" then
        passages.danger(incident)
      elseif found == "stuck" then
        local next_levels, repaired = { "operations" }, nil
        local seen
        if lights then
          local what_lights = { vi = "Đèn thiết bị định tuyến", en = "Lights of the router" }
          seen = passages.seen(what_lights, LIGHTS, lights)
        end
        local taken = handover {
          key = "handover-area",
          to = "area",
          evidence = { seen },
          vi = "Gọi trung tâm hỗ trợ khu vực và bàn giao: đọc mã đơn vị, giờ bắt đầu, đèn nhìn "
            .. "thấy, việc đã thử. Kỹ sư khu vực làm tiếp từ đây.",
          en = "Call the area support centre and hand over: unit code, since when, the lights, "
            .. "what was tried. The area engineer goes on from here.",
        }
        if taken == "accepted" then
          next_levels, repaired = engineer()
        end
        if next_levels == "works" then
          cause = repaired
        else
          passages.hand_up {
            levels = next_levels,
            ask_for = {
              vi = "Đề nghị khắc phục kết nối của " .. unit.vi .. "; đã kiểm tra thiết bị định "
                .. "tuyến.",
              en = "Please restore the connection of " .. unit.en .. "; the router has been "
                .. "checked.",
            },
            seen = seen,
            at_hand = passages.device_at_hand,
            works = WORKS,
            how = HOW,
          }
        end
      end
    end

    resolve {
      key = "resolved",
      cause = cause,
      vi = "Đã hoạt động trở lại. Tắt bộ phát 4G, nhập hồ sơ giấy trong ngày, báo những người đã "
        .. "được gọi; dán ảnh đèn bình thường ở tủ mạng cho lần sau.",
      en = "It works again. Switch the 4G hotspot off, enter the paper records today, tell "
        .. "everyone who was called; put a photo of the normal lights on the cabinet for next "
        .. "time.",
    }
  end,
}
