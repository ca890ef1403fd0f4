CREATE TABLE import_mapping (
	name VARCHAR NOT NULL,
	definition JSON NOT NULL,
	PRIMARY KEY (name)
)
--
CREATE TABLE account (
	id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	external_id VARCHAR,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (external_id)
)
--
CREATE TABLE "plan" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	closes_ticket BOOLEAN NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE action (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	closes_plan VARCHAR NOT NULL,
	comment_allowed BOOLEAN NOT NULL,
	retired BOOLEAN NOT NULL
)
--
CREATE TABLE rule (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	"trigger" VARCHAR NOT NULL,
	condition VARCHAR NOT NULL,
	effects JSON NOT NULL,
	active BOOLEAN NOT NULL,
	position INTEGER NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE setting (
	"key" VARCHAR NOT NULL,
	value JSON,
	PRIMARY KEY ("key")
)
--
CREATE TABLE status (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE priority (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE topic (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE tag (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE classification (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE close_option (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE role (
	id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	rights JSON NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
)
--
CREATE TABLE team (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (name)
)
--
CREATE TABLE account_variable (
	account_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY (account_id, name),
	FOREIGN KEY(account_id) REFERENCES account (id)
)
--
CREATE TABLE contact (
	id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	email VARCHAR,
	phone VARCHAR,
	external_id VARCHAR,
	language VARCHAR,
	account_id INTEGER,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(account_id) REFERENCES account (id)
)
--
CREATE TABLE plan_exit_state (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	plan_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (plan_id, name),
	FOREIGN KEY(plan_id) REFERENCES "plan" (id)
)
--
CREATE TABLE action_status (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	action_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	closes_action BOOLEAN NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (action_id, name),
	FOREIGN KEY(action_id) REFERENCES action (id)
)
--
CREATE TABLE plan_action (
	plan_id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (plan_id, action_id),
	FOREIGN KEY(plan_id) REFERENCES "plan" (id),
	FOREIGN KEY(action_id) REFERENCES action (id)
)
--
CREATE TABLE campaign (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	plan_id INTEGER,
	retired BOOLEAN NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (name),
	FOREIGN KEY(plan_id) REFERENCES "plan" (id)
)
--
CREATE TABLE user (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	login VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	role_id INTEGER NOT NULL,
	active BOOLEAN NOT NULL,
	away BOOLEAN NOT NULL,
	UNIQUE (login),
	FOREIGN KEY(role_id) REFERENCES role (id)
)
--
CREATE TABLE act (
	id INTEGER NOT NULL,
	at INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	summary VARCHAR NOT NULL,
	actor_kind VARCHAR NOT NULL,
	user_id INTEGER,
	behind_id INTEGER,
	undoes_id INTEGER,
	PRIMARY KEY (id),
	FOREIGN KEY(user_id) REFERENCES user (id),
	FOREIGN KEY(behind_id) REFERENCES user (id),
	FOREIGN KEY(undoes_id) REFERENCES act (id)
)
--
CREATE TABLE import_run (
	id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	file_name VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	campaign_id INTEGER,
	mapping VARCHAR NOT NULL,
	user_id INTEGER NOT NULL,
	started_at INTEGER NOT NULL,
	finished_at INTEGER,
	summary JSON NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(campaign_id) REFERENCES campaign (id),
	FOREIGN KEY(user_id) REFERENCES user (id)
)
--
CREATE TABLE contact_variable (
	contact_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY (contact_id, name),
	FOREIGN KEY(contact_id) REFERENCES contact (id)
)
--
CREATE TABLE "view" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	scope VARCHAR NOT NULL,
	owner_id INTEGER,
	campaign_id INTEGER,
	"query" VARCHAR NOT NULL,
	columns JSON NOT NULL,
	allow_actions BOOLEAN NOT NULL,
	position INTEGER NOT NULL,
	FOREIGN KEY(owner_id) REFERENCES user (id),
	FOREIGN KEY(campaign_id) REFERENCES campaign (id)
)
--
CREATE TABLE macro (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	owner_id INTEGER,
	"key" VARCHAR NOT NULL,
	steps JSON NOT NULL,
	retired BOOLEAN NOT NULL,
	UNIQUE (owner_id, name),
	FOREIGN KEY(owner_id) REFERENCES user (id)
)
--
CREATE TABLE question (
	id INTEGER NOT NULL,
	campaign_id INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (campaign_id, "key"),
	FOREIGN KEY(campaign_id) REFERENCES campaign (id)
)
--
CREATE TABLE team_member (
	team_id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	PRIMARY KEY (team_id, user_id),
	FOREIGN KEY(team_id) REFERENCES team (id),
	FOREIGN KEY(user_id) REFERENCES user (id)
)
--
CREATE TABLE activity (
	id INTEGER NOT NULL,
	act_id INTEGER NOT NULL,
	at INTEGER NOT NULL,
	actor_kind VARCHAR NOT NULL,
	actor_id INTEGER,
	ticket_id INTEGER,
	ticket_version INTEGER,
	part_id INTEGER,
	contact_id INTEGER,
	kind VARCHAR NOT NULL,
	operation VARCHAR NOT NULL,
	record VARCHAR NOT NULL,
	record_id INTEGER,
	field VARCHAR NOT NULL,
	"before" JSON,
	"after" JSON,
	before_text VARCHAR NOT NULL,
	after_text VARCHAR NOT NULL,
	cause VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(act_id) REFERENCES act (id)
)
--
CREATE TABLE response (
	id INTEGER NOT NULL,
	campaign_id INTEGER NOT NULL,
	contact_id INTEGER,
	source VARCHAR NOT NULL,
	external_id VARCHAR NOT NULL,
	score FLOAT,
	score_kind VARCHAR,
	comment VARCHAR NOT NULL,
	language VARCHAR,
	complete BOOLEAN NOT NULL,
	answered_at INTEGER NOT NULL,
	received_at INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	segmented VARCHAR,
	digest VARCHAR NOT NULL,
	import_id INTEGER,
	PRIMARY KEY (id),
	UNIQUE (source, external_id),
	FOREIGN KEY(campaign_id) REFERENCES campaign (id),
	FOREIGN KEY(contact_id) REFERENCES contact (id),
	FOREIGN KEY(import_id) REFERENCES import_run (id)
)
--
CREATE TABLE answer (
	response_id INTEGER NOT NULL,
	question_id INTEGER NOT NULL,
	value VARCHAR NOT NULL,
	number FLOAT,
	PRIMARY KEY (response_id, question_id),
	FOREIGN KEY(response_id) REFERENCES response (id),
	FOREIGN KEY(question_id) REFERENCES question (id)
)
 WITHOUT ROWID
--
CREATE TABLE ticket (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	version INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	status_id INTEGER NOT NULL,
	priority_id INTEGER,
	topic_id INTEGER,
	score FLOAT,
	score_kind VARCHAR,
	campaign_id INTEGER,
	contact_id INTEGER,
	account_id INTEGER,
	owner_id INTEGER,
	team_id INTEGER,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	closed_at INTEGER,
	due_at INTEGER,
	wake_at INTEGER,
	breached BOOLEAN NOT NULL,
	response_id INTEGER,
	plan_id INTEGER,
	plan_closed_at INTEGER,
	exit_state_id INTEGER,
	resolution_id INTEGER,
	closed_by_id INTEGER,
	parent_id INTEGER,
	merged_into_id INTEGER,
	origin VARCHAR NOT NULL,
	rule_id INTEGER,
	language VARCHAR,
	source VARCHAR,
	external_id VARCHAR,
	digest VARCHAR,
	import_id INTEGER,
	description VARCHAR NOT NULL,
	segmented VARCHAR,
	UNIQUE (source, external_id),
	FOREIGN KEY(status_id) REFERENCES status (id),
	FOREIGN KEY(priority_id) REFERENCES priority (id),
	FOREIGN KEY(topic_id) REFERENCES topic (id),
	FOREIGN KEY(campaign_id) REFERENCES campaign (id),
	FOREIGN KEY(contact_id) REFERENCES contact (id),
	FOREIGN KEY(account_id) REFERENCES account (id),
	FOREIGN KEY(owner_id) REFERENCES user (id),
	FOREIGN KEY(team_id) REFERENCES team (id),
	FOREIGN KEY(response_id) REFERENCES response (id),
	FOREIGN KEY(plan_id) REFERENCES "plan" (id),
	FOREIGN KEY(exit_state_id) REFERENCES plan_exit_state (id),
	FOREIGN KEY(resolution_id) REFERENCES close_option (id),
	FOREIGN KEY(closed_by_id) REFERENCES user (id),
	FOREIGN KEY(parent_id) REFERENCES ticket (id),
	FOREIGN KEY(merged_into_id) REFERENCES ticket (id),
	FOREIGN KEY(rule_id) REFERENCES rule (id),
	FOREIGN KEY(import_id) REFERENCES import_run (id)
)
--
CREATE TABLE draft (
	id INTEGER NOT NULL,
	ticket_id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	body VARCHAR NOT NULL,
	updated_at INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (ticket_id, user_id, kind),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(user_id) REFERENCES user (id)
)
--
CREATE TABLE ticket_tag (
	ticket_id INTEGER NOT NULL,
	tag_id INTEGER NOT NULL,
	PRIMARY KEY (ticket_id, tag_id),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(tag_id) REFERENCES tag (id)
)
 WITHOUT ROWID
--
CREATE TABLE ticket_classification (
	ticket_id INTEGER NOT NULL,
	classification_id INTEGER NOT NULL,
	PRIMARY KEY (ticket_id, classification_id),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(classification_id) REFERENCES classification (id)
)
 WITHOUT ROWID
--
CREATE TABLE ticket_field (
	ticket_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY (ticket_id, name),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id)
)
 WITHOUT ROWID
--
CREATE TABLE ticket_helper (
	ticket_id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	PRIMARY KEY (ticket_id, user_id),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(user_id) REFERENCES user (id)
)
--
CREATE TABLE ticket_contact (
	ticket_id INTEGER NOT NULL,
	contact_id INTEGER NOT NULL,
	PRIMARY KEY (ticket_id, contact_id),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(contact_id) REFERENCES contact (id)
)
 WITHOUT ROWID
--
CREATE TABLE ticket_account (
	ticket_id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	PRIMARY KEY (ticket_id, account_id),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(account_id) REFERENCES account (id)
)
 WITHOUT ROWID
--
CREATE TABLE note (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	ticket_id INTEGER NOT NULL,
	author_id INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	body VARCHAR NOT NULL,
	segmented VARCHAR,
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(author_id) REFERENCES user (id)
)
--
CREATE TABLE ticket_action (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	ticket_id INTEGER NOT NULL,
	plan_id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	action_status_id INTEGER,
	action_name VARCHAR NOT NULL,
	status_name VARCHAR,
	comment VARCHAR NOT NULL,
	completed BOOLEAN NOT NULL,
	closed_plan BOOLEAN NOT NULL,
	actor_id INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	FOREIGN KEY(plan_id) REFERENCES "plan" (id),
	FOREIGN KEY(action_id) REFERENCES action (id),
	FOREIGN KEY(action_status_id) REFERENCES action_status (id),
	FOREIGN KEY(actor_id) REFERENCES user (id)
)
--
CREATE VIRTUAL TABLE search USING fts5(
        body, response, notes,
        tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix = '1 2 3', columnsize = 0
    )
--
CREATE VIRTUAL TABLE contact_search USING fts5(name, email, external_id, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix = '2 3')
--
CREATE VIRTUAL TABLE account_search USING fts5(name, external_id, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix = '2 3')
--
CREATE INDEX ix_account_name ON account (name)
--
CREATE INDEX ix_account_variable_value ON account_variable (name, value COLLATE NOCASE)
--
CREATE INDEX ix_contact_account_id ON contact (account_id)
--
CREATE INDEX ix_contact_email ON contact (email)
--
CREATE INDEX ix_contact_external_id ON contact (external_id)
--
CREATE INDEX ix_contact_phone ON contact (phone)
--
CREATE INDEX ix_plan_action_action_id ON plan_action (action_id)
--
CREATE INDEX ix_campaign_plan_id ON campaign (plan_id)
--
CREATE INDEX ix_act_user ON act (user_id, id)
--
CREATE INDEX ix_act_undoes ON act (undoes_id) WHERE undoes_id IS NOT NULL
--
CREATE INDEX ix_contact_variable_value ON contact_variable (name, value COLLATE NOCASE)
--
CREATE INDEX ix_macro_owner_id ON macro (owner_id)
--
CREATE INDEX ix_question_key ON question ("key")
--
CREATE INDEX ix_team_member_user_id ON team_member (user_id)
--
CREATE INDEX ix_activity_ticket ON activity (ticket_id, id)
--
CREATE INDEX ix_activity_act ON activity (act_id, id)
--
CREATE INDEX ix_activity_contact ON activity (contact_id) WHERE contact_id IS NOT NULL
--
CREATE INDEX ix_response_contact ON response (contact_id, answered_at)
--
CREATE INDEX ix_response_campaign ON response (campaign_id, answered_at)
--
CREATE INDEX ix_answer_value ON answer (question_id, value COLLATE NOCASE) WHERE length(value) <= 80
--
CREATE INDEX ix_answer_number ON answer (question_id, number) WHERE number IS NOT NULL
--
CREATE INDEX ix_ticket_wake ON ticket (wake_at) WHERE wake_at IS NOT NULL
--
CREATE INDEX ix_ticket_account ON ticket (account_id, created_at)
--
CREATE INDEX ix_ticket_created ON ticket (created_at, id)
--
CREATE INDEX ix_ticket_contact ON ticket (contact_id, created_at)
--
CREATE INDEX ix_ticket_due ON ticket (due_at) WHERE due_at IS NOT NULL
--
CREATE INDEX ix_ticket_parent ON ticket (parent_id) WHERE parent_id IS NOT NULL
--
CREATE INDEX ix_ticket_owner ON ticket (owner_id, state, created_at, id)
--
CREATE INDEX ix_ticket_state_due ON ticket (state, due_at) WHERE due_at IS NOT NULL
--
CREATE INDEX ix_ticket_merged ON ticket (merged_into_id) WHERE merged_into_id IS NOT NULL
--
CREATE INDEX ix_ticket_team ON ticket (team_id, state, created_at)
--
CREATE INDEX ix_ticket_campaign ON ticket (campaign_id, state, created_at)
--
CREATE INDEX ix_ticket_score ON ticket (score_kind, score, created_at, id, state)
--
CREATE INDEX ix_ticket_updated ON ticket (updated_at, id)
--
CREATE INDEX ix_ticket_breached ON ticket (created_at) WHERE breached
--
CREATE UNIQUE INDEX ux_ticket_response_open ON ticket (response_id) WHERE response_id IS NOT NULL AND state <> 'closed'
--
CREATE INDEX ix_ticket_score_order ON ticket (score, id) WHERE score IS NOT NULL
--
CREATE INDEX ix_ticket_response ON ticket (response_id) WHERE response_id IS NOT NULL
--
CREATE INDEX ix_ticket_closed ON ticket (closed_at) WHERE closed_at IS NOT NULL
--
CREATE INDEX ix_ticket_state ON ticket (state, created_at, id)
--
CREATE INDEX ix_ticket_priority ON ticket (priority_id, created_at)
--
CREATE INDEX ix_ticket_topic ON ticket (topic_id, created_at) WHERE topic_id IS NOT NULL
--
CREATE INDEX ix_ticket_tag_tag ON ticket_tag (tag_id, ticket_id)
--
CREATE INDEX ix_ticket_classification_classification ON ticket_classification (classification_id, ticket_id)
--
CREATE INDEX ix_ticket_helper_user_id ON ticket_helper (user_id)
--
CREATE INDEX ix_ticket_contact_contact_id ON ticket_contact (contact_id)
--
CREATE INDEX ix_ticket_account_account_id ON ticket_account (account_id)
--
CREATE INDEX ix_note_ticket_id ON note (ticket_id)
--
CREATE INDEX ix_ticket_action_ticket_id ON ticket_action (ticket_id)
--
CREATE TRIGGER search_ticket_insert AFTER INSERT ON ticket BEGIN
        INSERT INTO search (rowid, body, response, notes)
        VALUES (new.id, coalesce(new.segmented, new.title || char(10) || new.description), coalesce((SELECT coalesce(r.segmented, r.text) FROM response r WHERE r.id = new.response_id), ''), '');
    END
--
CREATE TRIGGER search_ticket_update AFTER UPDATE OF title, description, segmented, response_id ON ticket BEGIN
        UPDATE search SET body = coalesce(new.segmented, new.title || char(10) || new.description), response = coalesce((SELECT coalesce(r.segmented, r.text) FROM response r WHERE r.id = new.response_id), '')
        WHERE rowid = new.id;
    END
--
CREATE TRIGGER search_ticket_delete AFTER DELETE ON ticket BEGIN
        DELETE FROM search WHERE rowid = old.id;
    END
--
CREATE TRIGGER search_response_update AFTER UPDATE OF text, segmented ON response BEGIN
        UPDATE search SET response = coalesce(new.segmented, new.text)
        WHERE rowid IN (SELECT id FROM ticket WHERE response_id = new.id);
    END
--
CREATE TRIGGER search_note_insert AFTER INSERT ON note BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
    END
--
CREATE TRIGGER search_note_update AFTER UPDATE ON note BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER search_note_delete AFTER DELETE ON note BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER search_ticket_action_insert AFTER INSERT ON ticket_action BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
    END
--
CREATE TRIGGER search_ticket_action_update AFTER UPDATE ON ticket_action BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = new.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = new.ticket_id), '') WHERE rowid = new.ticket_id;
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER search_ticket_action_delete AFTER DELETE ON ticket_action BEGIN
        UPDATE search SET notes = coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = old.ticket_id), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = old.ticket_id), '') WHERE rowid = old.ticket_id;
    END
--
CREATE TRIGGER activity_no_update BEFORE UPDATE ON activity BEGIN
        SELECT RAISE(ABORT, 'the activity table only grows');
    END
--
CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity BEGIN
        SELECT RAISE(ABORT, 'the activity table only grows');
    END
--
CREATE TRIGGER act_no_delete BEFORE DELETE ON act BEGIN
        SELECT RAISE(ABORT, 'acts are never deleted');
    END
--
CREATE TRIGGER act_no_update BEFORE UPDATE OF at, name, actor_kind, user_id, behind_id, undoes_id ON act BEGIN
        SELECT RAISE(ABORT, 'acts are never changed');
    END
--
CREATE TRIGGER contact_search_insert AFTER INSERT ON contact BEGIN
        INSERT INTO contact_search (rowid, name, email, external_id) VALUES (new.id, index_text(new.name), index_text(new.email), index_text(new.external_id));
    END
--
CREATE TRIGGER contact_search_update AFTER UPDATE OF name, email, external_id ON contact BEGIN
        UPDATE contact_search SET name = index_text(new.name), email = index_text(new.email), external_id = index_text(new.external_id) WHERE rowid = new.id;
    END
--
CREATE TRIGGER contact_search_delete AFTER DELETE ON contact BEGIN
        DELETE FROM contact_search WHERE rowid = old.id;
    END
--
CREATE TRIGGER account_search_insert AFTER INSERT ON account BEGIN
        INSERT INTO account_search (rowid, name, external_id) VALUES (new.id, index_text(new.name), index_text(new.external_id));
    END
--
CREATE TRIGGER account_search_update AFTER UPDATE OF name, external_id ON account BEGIN
        UPDATE account_search SET name = index_text(new.name), external_id = index_text(new.external_id) WHERE rowid = new.id;
    END
--
CREATE TRIGGER account_search_delete AFTER DELETE ON account BEGIN
        DELETE FROM account_search WHERE rowid = old.id;
    END
