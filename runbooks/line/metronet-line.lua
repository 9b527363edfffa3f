-- A unit's line is down, flapping or slow: what the officer sees decides who is called.

local passages = require "metronet.passages"
local cannot_tell = passages.cannot_tell

-- The lines that hang in the air are looked at differently from those on fibre.
local OVER_THE_AIR = { radio = true, satellite = true, ["mobile-4g"] = true }

local CONVERTER = {
  key = "converter",
  vi = "bộ chuyển đổi quang điện",
  en = "the optical converter",
}
local ANTENNA_BOX = {
  key = "modem",
  vi = "bộ thu phát của đường truyền",
  en = "the line's modem",
}

local HOW_TO_VERIFY = {
  vi = "Dùng một máy tính cắm dây: mở hệ thống quản lý văn bản và gọi thử một máy khác trong hệ "
    .. "thống họp; chờ 5 phút không rớt mới là được.",
  en = "From a PC on cable: open document management and place a test call in the meeting system; "
    .. "only five minutes without a drop count.",
}

local LINE_WORKS = {
  vi = "Đường truyền đã hoạt động ổn định trở lại chưa?",
  en = "Does the line work again, and steadily?",
}
-- A backup line hides a dead primary, so there the primary itself is looked at.
local PRIMARY_WORKS = {
  vi = "Đèn của đường truyền chính đã như bình thường, và khu vực xác nhận trụ sở đã trở lại "
    .. "đường chính chưa?",
  en = "Are the primary line's lights as usual, and does the area centre confirm that the office "
    .. "is back on it?",
}

local function works(question)
  local working = verify {
    key = "works",
    vi = question.vi,
    en = question.en,
    how = HOW_TO_VERIFY,
    minutes = 5,
  }
  return working
end

-- What the lights of the converter say; the same question after every attempt.
local CONVERTER_LIGHTS = {
  { key = "dark", vi = "Tắt hết", en = "All dark" },
  {
    key = "fibre-lost",
    vi = "LOS đỏ sáng liên tục, hoặc đèn quang tắt",
    en = "LOS steady red, or the fibre light is off",
  },
  {
    key = "fibre-weak",
    vi = "LOS đỏ nhấp nháy, hoặc đèn quang nhấp nháy mãi",
    en = "LOS blinking red, or the fibre light keeps blinking",
  },
  {
    key = "copper-lost",
    vi = "Đèn quang sáng, đèn dây mạng (TP, LAN) tắt",
    en = "Fibre light on, cable light (TP, LAN) off",
  },
  { key = "normal", vi = "Sáng như bình thường", en = "Lit as usual" },
  {
    key = "danger",
    vi = "Có khói, mùi khét, nóng rát hoặc nước",
    en = "Smoke, a burnt smell, great heat or water",
  },
  cannot_tell,
}

local function converter_lights(incident)
  local lights = check {
    key = "converter-lights",
    at = passages.part(incident, "converter"),
    vi = "Nhìn bộ chuyển đổi quang điện (hộp nhỏ có sợi quang cắm vào). Đèn thế nào?",
    en = "Look at the optical converter (the small box the fibre goes into). What do its lights "
      .. "show?",
    how = {
      vi = "Không rút gì. Chụp ảnh. Đèn quang ghi FX, PON hoặc LINK; đèn dây mạng ghi TP hoặc "
        .. "LAN. So với ảnh đèn lúc bình thường dán ở tủ mạng, nếu có.",
      en = "Unplug nothing. Take a photo. The fibre light is marked FX, PON or LINK; the cable "
        .. "light TP or LAN. Compare with the photo of normal lights on the cabinet, if there is "
        .. "one.",
    },
    why = {
      vi = "Một lần nhìn phân biệt được mất nguồn, đứt cáp quang, hỏng dây mạng và lỗi ở thiết bị "
        .. "định tuyến.",
      en = "One look tells power, fibre, copper cable and router apart.",
    },
    outcomes = CONVERTER_LIGHTS,
    minutes = 3,
  }
  return lights,
    passages.seen(
      { vi = "Đèn bộ chuyển đổi quang điện", en = "Lights of the optical converter" },
      CONVERTER_LIGHTS,
      lights
    )
end

-- Each looks further into one picture of the lights. It returns "tried" (something was changed, so
-- look again whether it works), "nothing", "danger", or the roles that must be called.
local treat = {}

function treat.dark()
  return passages.power(CONVERTER)
end

treat["fibre-lost"] = function()
  local fibre = check {
    key = "fibre-look",
    vi = "Nhìn dọc sợi quang trong phòng, từ tường đến bộ chuyển đổi quang điện. Sợi quang thế "
      .. "nào?",
    en = "Look along the fibre in the room, from the wall to the optical converter. How is it?",
    why = {
      vi = "Sợi bị gập trong phòng thì đơn vị tự nới được; không thấy gì là đứt ở ngoài.",
      en = "A bend indoors can be freed at once; if there is nothing to see, the break is outside.",
    },
    how = {
      vi = "Chỉ nhìn. Không rút đầu quang, không nhìn vào đầu sợi: tia laser hại mắt, bụi làm "
        .. "hỏng đầu nối.",
      en = "Only look. Do not pull the fibre plug or look into it: the laser harms the eye, dust "
        .. "ruins the plug.",
    },
    outcomes = {
      { key = "bent", vi = "Bị gập, bị đè, bị kéo căng", en = "Bent, squeezed or stretched" },
      { key = "broken", vi = "Bị đứt hoặc tuột hẳn", en = "Broken or come out" },
      { key = "intact", vi = "Không thấy gì lạ", en = "Nothing to see" },
      cannot_tell,
    },
    minutes = 2,
  }
  if fibre == "bent" then
    local freed = act {
      key = "free-fibre",
      vi = "Dời vật đè, nới cho sợi quang cong tròn, đường kính lớn hơn 6 cm.",
      en = "Move what presses on it and let the fibre lie in a curve wider than 6 cm.",
      how = {
        vi = "Không rút đầu quang. Chờ 5 phút rồi xem đèn.",
        en = "Do not pull the fibre plug. Wait 5 minutes, then look at the lights.",
      },
      interrupts = {
        vi = "Không gián đoạn thêm. Nhẹ tay: kéo mạnh có thể làm đứt sợi quang.",
        en = "Nothing more. Be gentle: a pull can break the fibre.",
      },
      undo = { vi = "Đặt lại như trong ảnh đã chụp.", en = "Lay it back as in the photo." },
      minutes = 7,
    }
    if freed == "done" then
      return "tried"
    end
  end
  return { "carrier", "operations" }
end

treat["fibre-weak"] = function()
  local after = check {
    key = "fibre-wait",
    vi = "Chờ 5 phút, không chạm vào gì, rồi nhìn lại: đèn quang đã sáng liên tục chưa?",
    en = "Wait 5 minutes, touch nothing, look again: is the fibre light steady now?",
    why = {
      vi = "Thiết bị cần 2–5 phút để đăng ký; lâu hơn thường là lỗi phía doanh nghiệp viễn thông.",
      en = "Registering takes 2–5 minutes; longer is mostly a fault on the carrier's side.",
    },
    outcomes = {
      { key = "steady", vi = "Đã sáng liên tục", en = "Steady now" },
      { key = "blinking", vi = "Vẫn nhấp nháy", en = "Still blinking" },
      cannot_tell,
    },
    minutes = 5,
  }
  if after == "steady" then
    return "tried"
  end
  return treat["fibre-lost"]()
end

treat["copper-lost"] = function()
  if passages.reseat {
    key = "reseat-cable",
    vi = "giữa bộ chuyển đổi quang điện và thiết bị định tuyến",
    en = "between optical converter and router",
  } then
    return "tried"
  end
  return { "area", "operations" }
end

function treat.normal(incident)
  local router = check {
    key = "router-lights",
    at = passages.part(incident, "cpe"),
    vi = "Đường truyền có vẻ tốt đến trụ sở. Nhìn thiết bị định tuyến ngay sau đó: đèn thế nào?",
    en = "The line seems good up to the office. Look at the router behind it: how are its lights?",
    why = {
      vi = "Tránh gọi doanh nghiệp viễn thông khi lỗi nằm trong trụ sở.",
      en = "It saves calling the carrier for a fault in the office.",
    },
    outcomes = {
      { key = "normal", vi = "Sáng như bình thường", en = "Lit as usual" },
      { key = "dark", vi = "Tắt hết", en = "All dark" },
      {
        key = "alarm",
        vi = "Có đèn đỏ, hoặc đèn cam nhấp nháy mãi",
        en = "A red light, or amber that keeps blinking",
      },
      cannot_tell,
    },
    minutes = 2,
  }
  if router == "dark" or router == "alarm" then
    tell {
      key = "router-suspect",
      vi = "Nghi lỗi ở thiết bị định tuyến, không phải đường truyền. Không gọi doanh nghiệp viễn "
        .. "thông vội. Gọi trung tâm hỗ trợ khu vực; họ sẽ dùng quy trình xử lý thiết bị định "
        .. "tuyến.",
      en = "The router is suspect, not the line. Do not call the carrier yet. Call the area "
        .. "centre; they follow the router's runbook.",
    }
  end
  return { "area", "carrier", "operations" }
end

treat["cannot-tell"] = function()
  return { "area", "carrier", "operations" }
end

-- Radio, satellite and 4G lines: weather and power first, and nobody climbs.
local ANTENNA = {
  { key = "dark", vi = "Bộ thu phát tắt hết đèn", en = "The modem is dark" },
  { key = "weather", vi = "Đang mưa to, gió mạnh", en = "Heavy rain or strong wind" },
  {
    key = "moved",
    vi = "Ăng-ten lệch, gãy, bị che; cáp đứt",
    en = "Antenna turned, broken or covered; cable cut",
  },
  {
    key = "no-signal",
    vi = "Có nguồn nhưng đèn tín hiệu tắt hoặc đỏ",
    en = "Powered, but the signal light is off or red",
  },
  { key = "normal", vi = "Sáng như bình thường", en = "Lit as usual" },
  {
    key = "danger",
    vi = "Cháy, khói, ăng-ten sắp đổ",
    en = "Fire, smoke, the antenna about to fall",
  },
  cannot_tell,
}

local function antenna_lights()
  local picture = check {
    key = "antenna-look",
    vi = "Nhìn bộ thu phát của đường truyền và, từ dưới đất, ăng-ten. Thấy gì?",
    en = "Look at the line's modem and, from the ground, at its antenna. What do you see?",
    why = {
      vi = "Mưa, nguồn và ăng-ten lệch là ba nguyên nhân hay gặp của đường vô tuyến, vệ tinh.",
      en = "Rain, power and a turned antenna are what mostly fails on radio and satellite.",
    },
    how = {
      vi = "Không trèo lên mái hoặc cột. Đang mưa giông thì không ra ngoài, không chạm vào cáp.",
      en = "Do not climb a roof or mast. In a thunderstorm stay inside and touch no cable.",
    },
    outcomes = ANTENNA,
    minutes = 5,
  }
  local what = { vi = "Bộ thu phát và ăng-ten", en = "Modem and antenna" }
  return picture, passages.seen(what, ANTENNA, picture)
end

local treat_air = {}

function treat_air.dark()
  return passages.power(ANTENNA_BOX)
end

function treat_air.weather()
  local waited = act {
    key = "wait-for-weather",
    vi = "Chờ mưa gió qua, khoảng 30 phút. Chỉ dùng gọi thoại và việc gấp; ghi hồ sơ ra giấy.",
    en = "Wait for the weather to pass, about 30 minutes. Voice and urgent matters only; keep "
      .. "paper records.",
    interrupts = {
      vi = "Không gián đoạn thêm; họp có hình phải hoãn hoặc dùng điện thoại.",
      en = "Nothing more; video meetings wait or go by telephone.",
    },
    undo = { vi = "Không có gì phải hoàn tác.", en = "There is nothing to undo." },
    minutes = 30,
  }
  if waited == "done" then
    return "tried"
  end
  return { "operations", "carrier" }
end

treat_air["no-signal"] = function()
  if passages.restart(ANTENNA_BOX) then
    return "tried"
  end
  return { "operations", "carrier" }
end

function treat_air.moved()
  return { "operations", "carrier" }
end
treat_air.normal = treat_air.moved
treat_air["cannot-tell"] = treat_air.moved

-- Who is called when a picture comes back although it was treated, unless it may be either side.
local AGAIN = {
  ["fibre-lost"] = { "carrier", "operations" },
  ["fibre-weak"] = { "carrier", "operations" },
  weather = { "operations", "carrier" },
  ["no-signal"] = { "operations", "carrier" },
}

-- What it was, when treating a picture helped; for the report.
local CAUSES = {
  dark = { vi = "Mất nguồn ở thiết bị đầu đường truyền.", en = "No power at the line's device." },
  ["fibre-lost"] = {
    vi = "Sợi quang trong phòng bị gập, bị đè.",
    en = "The fibre indoors was bent.",
  },
  ["fibre-weak"] = {
    vi = "Tín hiệu quang yếu, tự hết.",
    en = "Weak light; it came back by itself.",
  },
  ["copper-lost"] = { vi = "Dây mạng lỏng hoặc hỏng.", en = "A loose or broken network cable." },
  weather = { vi = "Mưa to, gió mạnh.", en = "Heavy rain or strong wind." },
  ["no-signal"] = { vi = "Bộ thu phát bị treo.", en = "The modem hung." },
}

-- Looks, treats, checks; what was learnt is the next look. No picture is treated twice, so it ends.
-- Returns true and the cause when it works, otherwise the roles to call and what was seen last, or
-- "danger".
local function look_and_treat(incident, look, treatments, question)
  local treated = {}
  while true do
    local picture, seen = look(incident)
    if picture == "danger" then
      return "danger"
    end
    if treated[picture] then
      return AGAIN[picture] or { "area", "carrier", "operations" }, seen
    end
    treated[picture] = true
    local result = treatments[picture](incident)
    if result == "tried" then
      if works(question) then
        return true, CAUSES[picture]
      end
    elseif result == "no-mains" or result == "nothing" then
      return { "area", "operations" }, seen
    else
      return result, seen
    end
  end
end

-- Up and down by turns: what shakes, what is warm, what the weather does.
local function flapping()
  local loose = act {
    key = "press-plugs",
    vi = "Ấn nhẹ từng đầu dây mạng và giắc nguồn ở tủ mạng cho chắc; dời vật che khe thoáng.",
    en = "Press every network plug and power plug in the cabinet home; clear the vents.",
    how = {
      vi = "Chụp ảnh trước. Không chạm vào đầu sợi quang. Thiết bị nóng thì bật quạt.",
      en = "Take a photo first. Do not touch the fibre plug. If the devices are hot, turn a fan "
        .. "on.",
    },
    interrupts = {
      vi = "Có thể mất mạng vài giây ở dây đang lỏng.",
      en = "Perhaps a few seconds on a cable that is loose.",
    },
    undo = { vi = "Đặt lại như trong ảnh.", en = "Put things back as in the photo." },
    why = {
      vi = "Chập chờn thường do đầu cắm lỏng, tín hiệu quang yếu hoặc quá nóng.",
      en = "Flapping is mostly a loose plug, weak light or heat.",
    },
    minutes = 4,
  }
  if loose == "done" and works {
    vi = "Theo dõi 10 phút: đường truyền đã ổn định, không rớt nữa chưa?",
    en = "Watch for 10 minutes: is the line steady now?",
  } then
    return true, { vi = "Đầu cắm lỏng hoặc thiết bị quá nóng.", en = "A loose plug, or heat." }
  end
  check {
    key = "flapping-pattern",
    vi = "Đường truyền rớt vào lúc nào?",
    en = "When does the line drop?",
    why = {
      vi = "Lúc rớt cho biết nên tìm ở cáp quang, nhiệt hay lưu lượng.",
      en = "When it drops tells whether to look at fibre, heat or traffic.",
    },
    outcomes = {
      { key = "rain", vi = "Khi mưa, gió", en = "In rain or wind" },
      { key = "heat", vi = "Buổi trưa nóng", en = "In the heat of noon" },
      { key = "busy", vi = "Giờ đông người dùng", en = "At busy hours" },
      { key = "any", vi = "Lúc nào cũng có thể", en = "At any time" },
      cannot_tell,
    },
    minutes = 1,
  }
  return { "area", "carrier", "operations" }
end

-- Slow but steady: usually inside the office, rarely the line. Returns as look_and_treat does, or
-- "security", or "on-backup".
local function slow()
  local who = check {
    key = "slow-cause",
    vi = "Có máy nào đang tải lên hoặc tải xuống rất nhiều không (sao lưu, gửi phim, máy ảnh giám "
      .. "sát)?",
    en = "Is some machine sending or receiving a great deal (a backup, films, surveillance "
      .. "cameras)?",
    why = {
      vi = "Mạng chậm thường do một máy trong trụ sở, ít khi do đường truyền.",
      en = "A slow network is mostly one machine in the office, rarely the line.",
    },
    how = {
      vi = "Nhìn thiết bị chuyển mạch: một cổng nháy liên hồi là của máy nào? Mọi cổng cùng nháy "
        .. "dồn dập là dây mạng bị cắm vòng.",
      en = "Look at the switch: which machine's port blinks without pause? All ports blinking "
        .. "madly together mean a cable plugged in a loop.",
    },
    outcomes = {
      { key = "known", vi = "Có, biết máy nào và việc gì", en = "Yes: I know which one and why" },
      {
        key = "strange",
        vi = "Có, nhưng người dùng máy không làm gì cả",
        en = "Yes, but its user is doing nothing",
      },
      { key = "loop", vi = "Mọi cổng cùng nháy dồn dập", en = "All ports blink madly together" },
      {
        key = "backup",
        vi = "Trụ sở đang chạy đường dự phòng",
        en = "The office is on its backup line",
      },
      { key = "none", vi = "Không thấy máy nào", en = "None to be seen" },
      cannot_tell,
    },
    minutes = 5,
  }
  if who == "strange" then
    return "security"
  end
  if who == "backup" then
    return "on-backup"
  end
  if who == "known" then
    local paused = act {
      key = "pause-transfer",
      vi = "Nhờ người dùng tạm dừng việc tải, hẹn làm sau giờ làm việc.",
      en = "Ask the user to pause the transfer and do it after hours.",
      interrupts = {
        vi = "Việc tải đó tạm dừng, có thể phải làm lại từ đầu.",
        en = "That transfer stops and may have to start anew.",
      },
      undo = { vi = "Cho chạy tiếp sau giờ làm việc.", en = "Let it go on after hours." },
      minutes = 3,
    }
    if paused == "done" and works(LINE_WORKS) then
      return true, {
        vi = "Một máy truyền rất nhiều dữ liệu.",
        en = "One machine sent a great deal.",
      }
    end
  elseif who == "loop" then
    local cut = act {
      key = "undo-loop",
      vi = "Tìm sợi dây mạng có hai đầu cùng cắm vào thiết bị chuyển mạch hoặc hai ổ mạng; rút "
        .. "MỘT đầu.",
      en = "Find the cable whose two ends both go into the switch or into two wall sockets; pull "
        .. "ONE end.",
      how = {
        vi = "Thường là sợi mới cắm gần đây. Chụp ảnh trước khi rút.",
        en = "Mostly one plugged in lately. Take a photo before you pull it.",
      },
      interrupts = {
        vi = "Chỉ nơi dùng sợi dây đó mất mạng.",
        en = "Only what hangs on that cable.",
      },
      undo = { vi = "Cắm lại đầu vừa rút.", en = "Plug that end back in." },
      minutes = 5,
    }
    if cut == "done" and works(LINE_WORKS) then
      return true, { vi = "Dây mạng bị cắm vòng.", en = "A cable plugged in a loop." }
    end
  end
  return { "area", "operations" }
end

-- Only some machines: the line is good, the cause is on the desk.
local function few_machines()
  local tried = act {
    key = "reseat-pc",
    vi = "Ở một máy bị lỗi: cắm chặt dây mạng hai đầu; máy đang dùng Wi-Fi thì chuyển sang dây. "
      .. "Vẫn lỗi thì cắm máy đó vào ổ mạng của máy đang chạy tốt.",
    en = "At one failing machine: push the cable home at both ends; if it is on Wi-Fi, use a "
      .. "cable. Still failing: plug it where a good machine was.",
    interrupts = {
      vi = "Máy tốt mất mạng vài phút khi mượn ổ mạng.",
      en = "The good machine for some minutes while its socket is borrowed.",
    },
    undo = { vi = "Trả ổ mạng cho máy cũ.", en = "Give the socket back." },
    minutes = 5,
  }
  if tried == "done" and works {
    vi = "Các máy bị lỗi đã vào mạng được chưa?",
    en = "Do the failing machines reach the network now?",
  } then
    return true, { vi = "Dây mạng hoặc Wi-Fi của máy đó.", en = "That machine's cable or Wi-Fi." }
  end
  return { "area", "operations" }
end

local WHAT = {
  { key = "down", vi = "Mất mạng hẳn, cả trụ sở", en = "No network at all, whole office" },
  {
    key = "on-backup",
    vi = "Vẫn làm việc, nhưng đang chạy đường dự phòng",
    en = "Work goes on, but on the backup line",
  },
  { key = "flapping", vi = "Chập chờn, lúc được lúc mất", en = "Up and down by turns" },
  { key = "slow", vi = "Chậm, không mất", en = "Slow, never gone" },
  { key = "few", vi = "Chỉ một vài máy bị", en = "Only a few machines" },
  {
    key = "security",
    vi = "Có dấu hiệu lạ: chuột tự chạy, tệp đổi đuôi, cảnh báo mã độc",
    en = "Odd signs: mouse moves by itself, files renamed, malware warning",
  },
  cannot_tell,
}

-- What was reported when the incident was opened is not asked again.
local REPORTED = {
  ["office-down"] = "down",
  ["red-los"] = "down",
  ["lights-out"] = "down",
  ["island-silent"] = "down",
  ["on-backup"] = "on-backup",
  flapping = "flapping",
  slow = "slow",
  ["one-pc"] = "few",
  ["files-renamed"] = "security",
  ["mouse-moves"] = "security",
}

return runbook {
  id = "metronet-line",
  version = 1,
  title = {
    vi = "Mất, chập chờn hoặc chậm đường truyền Metronet",
    en = "Metronet line down, flapping or slow",
  },
  description = {
    vi = "Tìm nguyên nhân từ những gì nhìn thấy ở tủ mạng của trụ sở, xử lý phần đơn vị làm được "
      .. "và chuyển đúng nơi xử lý. Không cần quyền đăng nhập thiết bị.",
    en = "Finds the cause from what can be seen at the office's cabinet, does what the unit can "
      .. "do and calls the right team. No login is needed.",
  },
  applies_to = { kinds = { "metronet-line", "radio", "satellite", "mobile-4g" } },
  minutes = 20,

  steps = function(incident)
    local unit = passages.unit(incident)

    tell {
      key = "workaround",
      vi = "Giữ cho việc tiếp nhận hồ sơ không gián đoạn: còn đường truyền dự phòng thì chờ 2 "
        .. "phút rồi thử lại. Mất hẳn thì bật bộ phát 4G cho 1–2 quầy, còn lại phát số giấy, ghi "
        .. "sổ, hẹn lại, nhập máy trong ngày. Không gửi tài liệu mật qua 4G.",
      en = "Keep serving citizens: with a backup line, wait 2 minutes and try again. With none, "
        .. "use a 4G hotspot for 1–2 counters; elsewhere paper numbers, a register, appointments, "
        .. "entered the same day. No secret documents over 4G.",
      help = {
        vi = "Hệ thống nội bộ cần VPN mới mở được trên 4G. Chưa hứa giờ trả kết quả khi chưa biết "
          .. "giờ khắc phục. Ghi lại giờ bắt đầu mất mạng.",
        en = "Internal systems need the VPN over 4G. Promise no time for results before the time "
          .. "to restore is known. Write down when the outage began.",
      },
    }

    local what = REPORTED[incident.symptom] or ask {
      key = "what",
      vi = "Đang có hiện tượng gì ở " .. unit.vi .. "?",
      en = "What is happening at " .. unit.en .. "?",
      outcomes = WHAT,
      why = {
        vi = "“Mất mạng” có khi chỉ là một máy hoặc một trang. Câu này tránh gọi nhầm nơi.",
        en = "\"No network\" may be one PC or one site. This keeps you from calling the wrong "
          .. "team.",
      },
      minutes = 2,
    }

    local found, cause, more
    local seen = passages.seen({ vi = "Hiện tượng", en = "Symptom" }, WHAT, what)
    if what == "security" then
      found = "security"
    elseif what == "flapping" then
      found, cause = flapping()
    elseif what == "slow" then
      found, cause = slow()
    elseif what == "few" then
      found, cause = few_machines()
    end

    local question = LINE_WORKS
    if what == "on-backup" or found == "on-backup" then
      question = PRIMARY_WORKS
    end
    if not found or found == "on-backup" then
      local others = check {
        key = "neighbours",
        vi = "Gọi hoặc nhắn hỏi một phường, xã bên cạnh: nơi đó có bị như vậy không?",
        en = "Call or message a neighbouring unit: does it have the same trouble?",
        why = {
          vi = "Nhiều nơi cùng mất thường do một nguyên nhân chung (tuyến cáp, điểm tập trung, "
            .. "trung tâm dữ liệu): không sửa được tại trụ sở.",
          en = "Several units at once mostly share one cause (duct, aggregation, data centre): "
            .. "nothing in the office will mend it.",
        },
        outcomes = {
          { key = "only-us", vi = "Chỉ đơn vị mình", en = "Only us" },
          { key = "others-too", vi = "Nơi khác cũng bị", en = "Others too" },
          cannot_tell,
        },
        minutes = 2,
      }
      if others == "others-too" then
        found = { "operations", "area" }
      elseif OVER_THE_AIR[incident.subject.kind] then
        found, more = look_and_treat(incident, antenna_lights, treat_air, question)
      else
        found, more = look_and_treat(incident, converter_lights, treat, question)
      end
    end

    if found == true then
      cause = cause or more
    elseif found == "security" then
      passages.security(incident)
    elseif found == "danger" then
      passages.danger(incident)
    else
      passages.hand_up {
        levels = found,
        ask_for = {
          vi = "Đề nghị kiểm tra và khắc phục đường truyền của " .. unit.vi .. ".",
          en = "Please check and restore the line of " .. unit.en .. ".",
        },
        seen = more or seen,
        at_hand = passages.device_at_hand,
        works = question,
        how = HOW_TO_VERIFY,
      }
    end

    resolve {
      key = "resolved",
      cause = cause,
      vi = "Đã hoạt động trở lại. Trả các quầy về đường truyền chính, tắt bộ phát 4G, nhập hồ sơ "
        .. "giấy trong ngày, báo lại những người đã được gọi.",
      en = "It works again. Move the counters back, switch the 4G hotspot off, enter the paper "
        .. "records today, tell everyone who was called.",
    }
  end,
}
