-- A project of format 1: every kind of record. Never changed: it is what such files were.
PRAGMA application_id = 1382437735;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE annotations (
        referent_id INTEGER NOT NULL REFERENCES referents ON DELETE CASCADE, frame INTEGER NOT NULL,
        keyframe INTEGER NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL,
        x0 INTEGER NOT NULL, y0 INTEGER NOT NULL, x1 INTEGER NOT NULL, y1 INTEGER NOT NULL,
        origin TEXT NOT NULL, model TEXT, phrase TEXT, threshold REAL, score REAL, iou_before REAL,
        clicks INTEGER NOT NULL, strokes INTEGER NOT NULL, seconds REAL NOT NULL, author TEXT NOT NULL,
        mask BLOB NOT NULL,
        UNIQUE (referent_id, frame));
INSERT INTO "annotations" VALUES(4,0,1,31,23,6,4,31,23,'predicted','cmsa 1','the dog',0.5,0.75,0.5,3,2,4.5,'Ada',X'01789C6363146517E4E4E7E6636564E5636166E1656105626616309F9B9F53905D9471392323001BBA01DD');
INSERT INTO "annotations" VALUES(5,0,0,31,23,1,1,6,6,'manual',NULL,NULL,NULL,NULL,NULL,0,0,0.0,'',X'01789C63626466666405114C0000A1001A');
INSERT INTO "annotations" VALUES(6,2,0,31,23,11,7,20,16,'propagated',NULL,NULL,NULL,NULL,NULL,0,0,0.0,'',X'01789C636164636566676267E4640492CCAC6C8C2C00033D0052');
INSERT INTO "annotations" VALUES(6,3,1,31,23,0,0,0,0,'manual',NULL,NULL,NULL,NULL,NULL,0,0,0.0,'',X'');
INSERT INTO "annotations" VALUES(6,8,0,31,23,0,0,31,23,'imported',NULL,NULL,NULL,NULL,NULL,0,0,0.0,'',X'01789C6338C90A00019A00CF');
CREATE TABLE expression_targets (
        expression_id INTEGER NOT NULL REFERENCES expressions ON DELETE CASCADE,
        place INTEGER NOT NULL,
        referent_id INTEGER NOT NULL REFERENCES referents ON DELETE CASCADE,
        PRIMARY KEY (expression_id, place)) WITHOUT ROWID;
INSERT INTO "expression_targets" VALUES(7,0,4);
INSERT INTO "expression_targets" VALUES(8,1,4);
INSERT INTO "expression_targets" VALUES(8,0,5);
INSERT INTO "expression_targets" VALUES(10,0,6);
CREATE TABLE expressions (
        id INTEGER PRIMARY KEY, medium_id INTEGER NOT NULL REFERENCES media ON DELETE CASCADE,
        text TEXT NOT NULL, no_target INTEGER NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL,
        first_frame INTEGER, last_frame INTEGER);
INSERT INTO "expressions" VALUES(7,1,'the dog, on the left.',0,'unspecified','',NULL,NULL);
INSERT INTO "expressions" VALUES(8,1,'beide Tiere 两只动物',0,'plural','',NULL,NULL);
INSERT INTO "expressions" VALUES(9,1,'a cow',1,'no_target','',NULL,NULL);
INSERT INTO "expressions" VALUES(10,3,'the ball',0,'unspecified','Bo',2,5);
CREATE TABLE media (
        id INTEGER PRIMARY KEY, path TEXT NOT NULL, kind TEXT NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL,
        frame_count INTEGER NOT NULL, frame_rate REAL, state TEXT NOT NULL, split TEXT NOT NULL);
INSERT INTO "media" VALUES(1,'photos/1.png','image',31,23,1,NULL,'unseen','none');
INSERT INTO "media" VALUES(2,'photos/2.png','image',31,23,1,NULL,'reviewed','test_a');
INSERT INTO "media" VALUES(3,'photos/3.png','video',31,23,9,29.97,'unseen','none');
CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value) WITHOUT ROWID;
INSERT INTO "meta" VALUES('author','Ada');
INSERT INTO "meta" VALUES('folder','/made');
INSERT INTO "meta" VALUES('highest_id',12);
CREATE TABLE migrations (
        version INTEGER PRIMARY KEY, title TEXT NOT NULL, applied TEXT NOT NULL);
INSERT INTO "migrations" VALUES(1,'first tables','2026-11-21T07:45:34+00:00');
CREATE TABLE referents (
        id INTEGER PRIMARY KEY, medium_id INTEGER NOT NULL REFERENCES media ON DELETE CASCADE,
        name TEXT NOT NULL, category TEXT NOT NULL, colour INTEGER NOT NULL,
        hidden INTEGER NOT NULL, locked INTEGER NOT NULL);
INSERT INTO "referents" VALUES(4,1,'dog','animal',0,0,0);
INSERT INTO "referents" VALUES(5,1,'','',1,1,1);
INSERT INTO "referents" VALUES(6,3,'Ball ⚽','toy',2,0,0);
CREATE INDEX referents_by_medium ON referents (medium_id);
CREATE INDEX expressions_by_medium ON expressions (medium_id);
CREATE INDEX expression_targets_by_referent ON expression_targets (referent_id);
COMMIT;
