---@meta metronet.passages
-- Types of `require "metronet.passages"` for editors (LuaLS). A test compares them with the module.

---@class metronet.passages
---@field cannot_tell metronet.Choice the way out of every question
---@field device_at_hand metronet.Text what calls about network devices need
local passages = {}

---A device or a cable, in the words of a sentence.
---@class metronet.passages.Thing
---@field key string begins the keys of the steps
---@field vi string
---@field en string

---@class metronet.passages.Raise
---@field key string begins the keys of the calls
---@field levels string[] roles or teams, in this order
---@field vi string what is said
---@field en string

---@class metronet.passages.HandUp
---@field levels string[] roles or teams, in this order
---@field ask_for metronet.Text what is asked of them
---@field works metronet.Text the question that verifies
---@field how? metronet.Text how to verify
---@field seen? metronet.Text what tells most, said on the telephone too
---@field at_hand? metronet.Text what to have at hand for the call
---@field urgent? boolean call first, gather afterwards

---The unit an incident is in, as it is said on the telephone: its name and its code.
---@param incident metronet.Incident
---@return metronet.Text
function passages.unit(incident) end

---The part of the unit's office that a step is about ("converter"), if the office has it.
---@param incident metronet.Incident
---@param name string
---@return string? component
function passages.part(incident, name) end

---What was seen, as it is said on the telephone: a text and the words of the outcome that was chosen.
---@param what metronet.Text
---@param outcomes metronet.Choice[]
---@param key string
---@return metronet.Text?
function passages.seen(what, outcomes, key) end

---Smoke, water, a swollen battery: people first. Nothing is tried after this.
---@param incident metronet.Incident
function passages.danger(incident) end

---Signs of an attack: keep the evidence, cut the network, let the security team lead.
---@param incident metronet.Incident
function passages.security(incident) end

---Power of one small device, from the UPS to its adapter.
---@param device metronet.passages.Thing
---@return "tried"|"nothing"|"no-mains"|"danger" what
function passages.power(device) end

---Copper between two boxes: out, in, another cable.
---@param cable metronet.passages.Thing
---@return boolean done
function passages.reseat(cable) end

---Off, 30 seconds, on: one device, once.
---@param device metronet.passages.Thing
---@return boolean done
function passages.restart(device) end

---Tells somebody who need not repair anything, and walks on.
---@param call metronet.passages.Raise
---@return boolean answered
function passages.raise(call) end

---Hands the fault up, level by level, until it works again.
---@param call metronet.passages.HandUp
function passages.hand_up(call) end

return passages
