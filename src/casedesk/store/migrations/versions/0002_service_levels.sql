DROP TRIGGER search_note_insert
--
DROP TRIGGER search_note_update
--
DROP TRIGGER search_note_delete
--
DROP TRIGGER search_ticket_action_insert
--
DROP TRIGGER search_ticket_action_update
--
DROP TRIGGER search_ticket_action_delete
--
CREATE TABLE calendar (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	zone VARCHAR NOT NULL,
	hours VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	region VARCHAR NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE calendar_date (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	calendar_id INTEGER NOT NULL,
	date VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	hours VARCHAR NOT NULL,
	UNIQUE (calendar_id, date),
	FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)
--
CREATE TABLE policy (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	"query" VARCHAR NOT NULL,
	is_default BOOLEAN NOT NULL,
	calendar_id INTEGER NOT NULL,
	pauses JSON NOT NULL,
	warn INTEGER NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name),
	FOREIGN KEY(calendar_id) REFERENCES calendar (id)
)
--
CREATE TABLE dashboard (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	owner_id INTEGER NOT NULL,
	period VARCHAR NOT NULL,
	"query" VARCHAR NOT NULL,
	retired BOOLEAN NOT NULL,
	FOREIGN KEY(owner_id) REFERENCES user (id)
)
--
CREATE TABLE policy_target (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	policy_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	priority_id INTEGER,
	seconds INTEGER NOT NULL,
	FOREIGN KEY(policy_id) REFERENCES policy (id),
	FOREIGN KEY(priority_id) REFERENCES priority (id)
)
--
CREATE TABLE dashboard_widget (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	dashboard_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	options JSON NOT NULL,
	position INTEGER NOT NULL,
	width INTEGER NOT NULL,
	FOREIGN KEY(dashboard_id) REFERENCES dashboard (id)
)
--
CREATE TABLE dashboard_share (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	dashboard_id INTEGER NOT NULL,
	user_id INTEGER,
	team_id INTEGER,
	FOREIGN KEY(dashboard_id) REFERENCES dashboard (id),
	FOREIGN KEY(user_id) REFERENCES user (id),
	FOREIGN KEY(team_id) REFERENCES team (id)
)
--
CREATE TABLE dashboard_pin (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL,
	dashboard_id INTEGER NOT NULL,
	UNIQUE (user_id),
	FOREIGN KEY(user_id) REFERENCES user (id),
	FOREIGN KEY(dashboard_id) REFERENCES dashboard (id)
)
--
CREATE TABLE message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	ticket_id INTEGER NOT NULL,
	direction VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	author_id INTEGER,
	automatic BOOLEAN NOT NULL,
	at INTEGER NOT NULL,
	recorded_at INTEGER NOT NULL,
	body VARCHAR NOT NULL,
	segmented VARCHAR,
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(author_id) REFERENCES user (id)
)
--
CREATE TABLE rule_run (
	id INTEGER NOT NULL,
	at INTEGER NOT NULL,
	rule_id INTEGER NOT NULL,
	rule_name VARCHAR NOT NULL,
	"trigger" VARCHAR NOT NULL,
	ticket_id INTEGER,
	act_id INTEGER,
	after_id INTEGER,
	depth INTEGER NOT NULL,
	outcome VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(act_id) REFERENCES act (id),
	FOREIGN KEY(after_id) REFERENCES rule_run (id)
)
--
CREATE TABLE ticket_timer (
	ticket_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	started_at INTEGER NOT NULL,
	policy_id INTEGER NOT NULL,
	target INTEGER NOT NULL,
	pauses BOOLEAN NOT NULL,
	due_at INTEGER,
	warn_at INTEGER,
	met_at INTEGER,
	stopped_at INTEGER,
	warned_at INTEGER,
	breached_at INTEGER,
	next_at INTEGER,
	PRIMARY KEY (ticket_id, kind, started_at),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE CASCADE,
	FOREIGN KEY(policy_id) REFERENCES policy (id)
)
 WITHOUT ROWID
--
CREATE TABLE ticket_breach (
	ticket_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	due_at INTEGER NOT NULL,
	policy_id INTEGER NOT NULL,
	found_at INTEGER NOT NULL,
	PRIMARY KEY (ticket_id, kind, due_at),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE CASCADE,
	FOREIGN KEY(policy_id) REFERENCES policy (id)
)
 WITHOUT ROWID
--
CREATE TABLE ticket_closing (
	closed_at INTEGER NOT NULL,
	ticket_id INTEGER NOT NULL,
	open_seconds INTEGER,
	working_seconds INTEGER,
	reopened_at INTEGER,
	merged BOOLEAN NOT NULL,
	PRIMARY KEY (closed_at, ticket_id),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE CASCADE
)
 WITHOUT ROWID
--
CREATE UNIQUE INDEX ux_policy_default ON policy (is_default) WHERE is_default
--
CREATE INDEX ix_policy_calendar_id ON policy (calendar_id)
--
CREATE INDEX ix_dashboard_owner_id ON dashboard (owner_id)
--
CREATE UNIQUE INDEX ux_policy_target ON policy_target (policy_id, kind, coalesce(priority_id, 0))
--
CREATE INDEX ix_activity_setup ON activity (record, record_id) WHERE ticket_id IS NULL AND contact_id IS NULL
--
CREATE INDEX ix_dashboard_widget_dashboard_id ON dashboard_widget (dashboard_id)
--
CREATE INDEX ix_dashboard_share_user_id ON dashboard_share (user_id)
--
CREATE UNIQUE INDEX ux_dashboard_share ON dashboard_share (dashboard_id, coalesce(user_id, 0), coalesce(team_id, 0))
--
CREATE INDEX ix_dashboard_share_team_id ON dashboard_share (team_id)
--
CREATE INDEX ix_dashboard_pin_dashboard_id ON dashboard_pin (dashboard_id)
--
CREATE INDEX ix_response_answered ON response (answered_at, score_kind, score, campaign_id)
--
CREATE INDEX ix_message_ticket ON message (ticket_id, at)
--
CREATE INDEX ix_rule_run_rule ON rule_run (rule_id, id)
--
CREATE INDEX ix_rule_run_ticket ON rule_run (ticket_id, rule_id)
--
CREATE INDEX ix_rule_run_act_id ON rule_run (act_id)
--
CREATE INDEX ix_ticket_timer_running ON ticket_timer (due_at, kind, warn_at) WHERE met_at IS NULL AND stopped_at IS NULL
--
CREATE INDEX ix_ticket_timer_next ON ticket_timer (next_at) WHERE next_at IS NOT NULL
--
CREATE INDEX ix_ticket_timer_met ON ticket_timer (kind, met_at, due_at) WHERE met_at IS NOT NULL
--
CREATE INDEX ix_ticket_breach_due ON ticket_breach (due_at)
--
CREATE INDEX ix_ticket_closing_ticket ON ticket_closing (ticket_id)
--
CREATE INDEX ix_ticket_closing_reopened ON ticket_closing (reopened_at) WHERE reopened_at IS NOT NULL
--
CREATE TRIGGER search_note_insert AFTER INSERT ON note BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
    END
--
CREATE TRIGGER search_note_update AFTER UPDATE ON note BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER search_note_delete AFTER DELETE ON note BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER search_ticket_action_insert AFTER INSERT ON ticket_action BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
    END
--
CREATE TRIGGER search_ticket_action_update AFTER UPDATE ON ticket_action BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER search_ticket_action_delete AFTER DELETE ON ticket_action BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER search_message_insert AFTER INSERT ON message BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
    END
--
CREATE TRIGGER search_message_update AFTER UPDATE ON message BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER search_message_delete AFTER DELETE ON message BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
INSERT INTO calendar (name, zone, hours, country, region, retired)
SELECT 'Business hours', value ->> '$', 'mon-fri 09:00-17:00', '', '', 0 FROM setting WHERE "key" = 'zone'
--
INSERT INTO policy (name, "query", is_default, calendar_id, pauses, warn, position, retired)
SELECT 'Standard', '', 1, id, '[]', 3600, 0, 0 FROM calendar
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'tickets.message')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'tickets.note')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'tickets.message')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'reports.view')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'tickets.plan')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'reports.view')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'views.share')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'macros.share')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'views.share')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'acts.undo')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'tickets.view')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'acts.undo')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'acts.journal')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'tickets.view')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'acts.journal')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'macros.own')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'tickets.view')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'macros.own')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'views.own')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'tickets.view')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'views.own')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'plans')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'configure')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'plans')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'service-levels')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'configure')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'service-levels')
--
UPDATE role SET rights = json_insert(rights, '$[#]', 'backup')
WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'configure')
  AND NOT EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'backup')
--
INSERT INTO setting ("key", value) SELECT 'service_levels_pending', '{"after": 0, "closed": true}'
WHERE EXISTS (SELECT 1 FROM ticket)
