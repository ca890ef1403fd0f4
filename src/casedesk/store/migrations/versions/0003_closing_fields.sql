ALTER TABLE ticket_closing RENAME TO closing_before
--
CREATE TABLE ticket_closing (
	closed_at INTEGER NOT NULL,
	ticket_id INTEGER NOT NULL,
	open_seconds INTEGER,
	working_seconds INTEGER,
	reopened_at INTEGER,
	merged BOOLEAN NOT NULL,
	status_id INTEGER,
	priority_id INTEGER,
	topic_id INTEGER,
	campaign_id INTEGER,
	account_id INTEGER,
	owner_id INTEGER,
	team_id INTEGER,
	plan_id INTEGER,
	resolution_id INTEGER,
	closed_by_id INTEGER,
	language VARCHAR,
	PRIMARY KEY (closed_at, ticket_id),
	FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE CASCADE
)
 WITHOUT ROWID
--
INSERT INTO ticket_closing (closed_at, ticket_id, open_seconds, working_seconds, reopened_at, merged,
    status_id, priority_id, topic_id, campaign_id, account_id, owner_id, team_id, plan_id, resolution_id, closed_by_id, language)
SELECT c.closed_at, c.ticket_id, c.open_seconds, c.working_seconds, c.reopened_at, c.merged,
    t.status_id, t.priority_id, t.topic_id, t.campaign_id, t.account_id, t.owner_id, t.team_id, t.plan_id, t.resolution_id, t.closed_by_id, t.language
FROM closing_before c JOIN ticket t ON t.id = c.ticket_id
--
DROP TABLE closing_before
--
CREATE INDEX ix_ticket_closing_ticket ON ticket_closing (ticket_id)
--
CREATE INDEX ix_ticket_closing_reopened ON ticket_closing (reopened_at) WHERE reopened_at IS NOT NULL
--
CREATE TRIGGER closing_insert AFTER INSERT ON ticket_closing BEGIN
        UPDATE ticket_closing SET (status_id, priority_id, topic_id, campaign_id, account_id, owner_id, team_id, plan_id, resolution_id, closed_by_id, language) = (SELECT status_id, priority_id, topic_id, campaign_id, account_id, owner_id, team_id, plan_id, resolution_id, closed_by_id, language FROM ticket WHERE id = new.ticket_id)
        WHERE closed_at = new.closed_at AND ticket_id = new.ticket_id;
    END
--
CREATE TRIGGER closing_ticket_update AFTER UPDATE OF status_id, priority_id, topic_id, campaign_id, account_id, owner_id, team_id, plan_id, resolution_id, closed_by_id, language ON ticket
    WHEN (old.status_id, old.priority_id, old.topic_id, old.campaign_id, old.account_id, old.owner_id, old.team_id, old.plan_id, old.resolution_id, old.closed_by_id, old.language) IS NOT (new.status_id, new.priority_id, new.topic_id, new.campaign_id, new.account_id, new.owner_id, new.team_id, new.plan_id, new.resolution_id, new.closed_by_id, new.language) BEGIN
        UPDATE ticket_closing SET (status_id, priority_id, topic_id, campaign_id, account_id, owner_id, team_id, plan_id, resolution_id, closed_by_id, language) = (new.status_id, new.priority_id, new.topic_id, new.campaign_id, new.account_id, new.owner_id, new.team_id, new.plan_id, new.resolution_id, new.closed_by_id, new.language) WHERE ticket_id = new.id;
    END
--
UPDATE ticket_closing SET merged = 0 WHERE merged AND NOT EXISTS (
    SELECT 1 FROM activity l JOIN act a ON a.id = l.act_id
    WHERE l.ticket_id = ticket_closing.ticket_id AND l.record = 'ticket' AND l.field = 'state' AND a.name = 'merge')
