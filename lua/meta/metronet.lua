---@meta
-- Types of the runbook library for editors (LuaLS). A test compares them with the live library.

---A text that a person reads, always in both languages.
---@class metronet.Text
---@field vi string
---@field en string

---An outcome, or an item of a checklist.
---@class metronet.Choice: metronet.Text
---@field key string a–z, 0–9, "-" and "_"; stable between versions

---A number whose size matters only by the intervals that the cuts make.
---@class metronet.Number
---@field cuts number[] ascending
---@field unit? metronet.Text

---Free text that a person gave. It cannot be read, compared or joined; `evidence` takes it.
---@class metronet.FreeText

---@alias metronet.Evidence metronet.Text|metronet.FreeText

---What every step may say.
---@class metronet.Step
---@field key string stable between versions: answers on record are found by it
---@field vi string what is asked or told, in Vietnamese
---@field en string the same in English
---@field why? metronet.Text why this step comes now
---@field help? metronet.Text how to do it
---@field at? string the component that it is about
---@field minutes? integer how long it takes
---@field deadline? string "30m": when it is overdue

---@class metronet.Tell: metronet.Step

---@class metronet.Ask: metronet.Step
---@field outcomes? metronet.Choice[]
---@field free? true the answer is free text
---@field number? metronet.Number the answer is a number
---@field who? string role or team that answers

---@class metronet.Check: metronet.Step
---@field how? metronet.Text how to look; instead of help
---@field outcomes? metronet.Choice[] yes, no and cannot-tell when not given
---@field who? string role or team that looks

---@class metronet.Act: metronet.Step
---@field interrupts metronet.Text what it interrupts, and its risk
---@field undo metronet.Text how to undo it
---@field how? metronet.Text how to do it; instead of help
---@field outcomes? metronet.Choice[] done and cannot when not given
---@field by? string role or team that does it

---@class metronet.Checklist: metronet.Step
---@field items metronet.Choice[]
---@field who? string role or team that works through it

---@class metronet.Escalate: metronet.Step
---@field to string role or team that is called
---@field evidence? metronet.Evidence[] what is quoted in the message

---@class metronet.Handover: metronet.Step
---@field to string role or team that takes over
---@field evidence? metronet.Evidence[] what is quoted in the message

---@class metronet.Verify: metronet.Step
---@field how? metronet.Text how to see it; instead of help
---@field who? string role or team that verifies

---Something that comes by itself: the step's deadline, an observation that concerns the incident.
---@alias metronet.Awaited metronet.Choice|"overdue"|"news"

---@class metronet.Wait: metronet.Step
---@field any_of metronet.Awaited[] what ends it
---@field who? string role or team that waits

---@class metronet.Delegate: metronet.Step
---@field team string role or team that gets the child incident
---@field runbook string id of the runbook that the child follows
---@field subject? string component or site; the incident's own when not given

---@class metronet.Resolve
---@field key? string
---@field vi? string
---@field en? string
---@field cause? metronet.Text what it was
---@field why? metronet.Text
---@field help? metronet.Text
---@field at? string
---@field minutes? integer
---@field deadline? string

---What the runbook is for; all that is given must hold.
---@class metronet.Applies
---@field kind? string|string[] of the component
---@field kinds? string|string[]
---@field service? string|string[]
---@field services? string|string[]
---@field site_type? string|string[] of the site
---@field site_types? string|string[]
---@field area? string|string[]
---@field areas? string|string[]

---@class metronet.Runbook
---@field id string
---@field version integer
---@field title metronet.Text
---@field description metronet.Text
---@field applies_to metronet.Applies
---@field symptoms? string|string[]
---@field minutes? integer
---@field steps fun(incident: metronet.Incident)

---A team as an incident knows it.
---@class metronet.Team
---@field name metronet.Text
---@field contact? metronet.Text
---@field hours? metronet.Text
---@field tier? integer

---@class metronet.Area
---@field id string
---@field name metronet.Text

---A line of a unit.
---@class metronet.Line
---@field id string
---@field name metronet.Text
---@field kind string
---@field ends string[]
---@field circuit? string
---@field capacity? string
---@field team? string

---@class metronet.Site
---@field id string the unit's official code
---@field name metronet.Text
---@field type string
---@field area? metronet.Area
---@field lines table<string, metronet.Line> by name: "primary", "backup"
---@field nodes table<string, string> component ids by their name in the site: "cpe"
---@field uses string[] services
---@field note? metronet.Text

---@class metronet.Fault
---@field mode string
---@field name metronet.Text
---@field repair? string
---@field team? string

---@class metronet.Subject
---@field id string
---@field class string "node", "link", "service", "shared-risk" or "site"
---@field kind? string
---@field kind_name? metronet.Text
---@field name metronet.Text
---@field site? metronet.Site
---@field line? string "primary", "backup": it is that line of its site
---@field circuit? string
---@field ends string[]
---@field address? string
---@field powered_by string[]
---@field endpoints string[] where the site uses the service
---@field team? string who repairs it
---@field faults metronet.Fault[]
---@field note? metronet.Text

---A known outage, planned work or news of another fault that was on record when the incident began.
---@class metronet.Known
---@field number integer
---@field kind string "outage", "planned" or "news"
---@field subject string id of what it is about
---@field near string "same", "site" or "way": how it concerns the incident
---@field text metronet.Text
---@field from string UTC
---@field until? string UTC

---All that a runbook may know of the model: as it was when the incident was opened.
---@class metronet.Incident
---@field subject metronet.Subject
---@field site? metronet.Site
---@field symptom? string
---@field severity? string
---@field reporter? string
---@field roles table<string, string> role → team for this incident
---@field teams table<string, metronet.Team>
---@field known metronet.Known[]

---Something to know; the person reads it and goes on.
---@param spec metronet.Tell
function tell(spec) end

---A question: by outcomes (their key), a number (its interval, from 1) or free text.
---@param spec metronet.Ask
---@return string|integer|metronet.FreeText answer
function ask(spec) end

---Something to look at.
---@param spec metronet.Check
---@return string outcome
function check(spec) end

---Something to do.
---@param spec metronet.Act
---@return string outcome
function act(spec) end

---Several things to do, in one step.
---@param spec metronet.Checklist
---@return table<string, "done"|"skipped"|"cannot"> states by item key
function checklist(spec) end

---Calls another team; the message to say and to send is made by the program.
---@param spec metronet.Escalate
---@return "acknowledged"|"no-answer" outcome
function escalate(spec) end

---Passes the incident on to another team.
---@param spec metronet.Handover
---@return "accepted"|"refused" outcome
function handover(spec) end

---Does it work again?
---@param spec metronet.Verify
---@return boolean works
function verify(spec) end

---Waits for one of several things; the person may leave and come back.
---@param spec metronet.Wait
---@return string outcome
function wait(spec) end

---Opens a child incident for another team and waits until it is closed.
---@param spec metronet.Delegate
---@return "resolved"|"cancelled"|"withdrawn"|"overdue" outcome
function delegate(spec) end

---Ends the walk.
---@param spec metronet.Resolve
function resolve(spec) end

---Describes a runbook; its file returns it.
---@param spec metronet.Runbook
---@return metronet.Runbook
function runbook(spec) end
