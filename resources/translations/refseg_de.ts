<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>refseg</name>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Clip</source>
      <translation>&amp;Clip</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Edit</source>
      <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;File</source>
      <translation>&amp;Datei</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Go</source>
      <translation>&amp;Gehe zu</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Help</source>
      <translation>&amp;Hilfe</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Phrase</source>
      <translation>&amp;Phrase</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Review</source>
      <translation>P&amp;rüfen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;Tools</source>
      <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>&amp;View</source>
      <translation>&amp;Ansicht</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>, </source>
      <translation>, </translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>, resolved</source>
      <translation>, aufgelöst</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>1 blind check</source>
      <translation>1 Blindprüfung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/log_bundle.py</extracomment>
      <source>1 entry</source>
      <translation>1 Eintrag</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>1 file</source>
      <translation>1 Datei</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/relink.py</extracomment>
      <source>1 file looked at</source>
      <translation>1 Datei angesehen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>1 frame</source>
      <translation>1 Frame</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>1 more medium</source>
      <translation>1 weiteres Medium</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>1 pixel</source>
      <translation>1 Pixel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>; agrees {agreement} with the model's own mask</source>
      <translation>; stimmt zu {agreement} mit der Maske des Modells überein</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>A batch is under way; stop it first, or wait for its end.</source>
      <translation>Es läuft schon ein Stapel; halten Sie ihn erst an oder warten Sie sein Ende ab.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate_start.py</extracomment>
      <source>A chosen referent belongs to another clip; choose referents of this one.</source>
      <translation>Ein gewähltes Objekt gehört zu einem anderen Clip; wählen Sie Objekte dieses Clips.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>A digit shows another reading.</source>
      <translation>Eine Ziffer zeigt eine andere Lesart.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>A mask of {1} x {2} pixels does not fit {3}, which has {4} x {5}; scale it first.</source>
      <translation>Eine Maske von {1} x {2} Pixeln passt nicht zu {3} mit {4} x {5}; skalieren Sie sie erst.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>A phrase has at most {1} letters, this one {2}; say it shorter.</source>
      <translation>Eine Phrase hat höchstens {1} Buchstaben, diese hat {2}; sagen Sie es kürzer.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/batch_processes.py</extracomment>
      <source>A process of the batch ended of itself, perhaps for want of memory; run it again with fewer processes, it goes on where it stopped.</source>
      <translation>Ein Prozess des Stapels endete von selbst, vielleicht aus Mangel an Speicher; starten Sie ihn mit weniger Prozessen neu, er macht weiter, wo er aufhörte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>A project that lives in memory only has no file to copy; create one for it.</source>
      <translation>Ein Projekt, das nur im Speicher lebt, hat keine Datei zum Kopieren; legen Sie eine dafür an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>A project was among them, so it was opened and the rest left out.</source>
      <translation>Darunter war ein Projekt; es wurde geöffnet, der Rest blieb weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>A referent cannot be merged with itself; click another one.</source>
      <translation>Ein Objekt kann nicht mit sich selbst vereint werden; klicken Sie ein anderes an.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>A settled mask is yours: propagation starts from it and never overwrites it.</source>
      <translation>Eine bestätigte Maske gehört Ihnen: Die Übertragung geht von ihr aus und überschreibt sie nie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>A strip a referent; drag to go through the clip, turn the wheel to zoom.</source>
      <translation>Ein Streifen je Objekt; ziehen bewegt durch den Clip, das Mausrad zoomt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>A stroke in {1} does not fit {2}; paint inside the frame.</source>
      <translation>Ein Strich in {1} passt nicht zu {2}; malen Sie innerhalb des Frames.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>A stroke of {1} pixels does not fill its box of {2}; paint it again.</source>
      <translation>Ein Strich von {1} Pixeln füllt seinen Rahmen von {2} nicht; malen Sie ihn noch einmal.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>A zip for a bug report, without names; sends nothing.</source>
      <translation>Eine Zip-Datei für Fehlerberichte, ohne Namen; sendet nichts.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>About RefSeg Annotator</source>
      <translation>Über RefSeg Annotator</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>About the side of a piece, in image pixels.</source>
      <translation>Etwa die Seitenlänge eines Stücks in Bildpixeln.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Accept</source>
      <translation>Annehmen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Accept and install</source>
      <translation>Annehmen und installieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Accept anyway</source>
      <translation>Trotzdem annehmen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Accept as the selected referent's mask</source>
      <translation>Als Maske des gewählten Objekts annehmen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Accept or discard the masks of this frame, or of the selected referent, alone.</source>
      <translation>Nimmt nur die Masken dieses Frames oder des gewählten Objekts an, oder verwirft sie.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Accept propagated masks of the referent</source>
      <translation>Übertragene Masken des Objekts annehmen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Accept propagated masks of this frame</source>
      <translation>Übertragene Masken dieses Frames annehmen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/proposal_edit.py</extracomment>
      <source>Accept proposal</source>
      <translation>Vorschlag annehmen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_desk.py</extracomment>
      <source>Accept the proposal first (Enter), or reject it (Esc).</source>
      <translation>Nehmen Sie den Vorschlag erst an (Enter) oder verwerfen Sie ihn (Esc).</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>Accept the proposal first (Enter), or reject it (Esc); then paint.</source>
      <translation>Nehmen Sie den Vorschlag erst an (Enter) oder verwerfen Sie ihn (Esc); dann malen Sie.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Accept, mark reviewed, next unreviewed</source>
      <translation>Annehmen, als geprüft markieren, nächstes ungeprüftes</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Accepted {count:,} mask.</source>
      <translation>{count:,} Maske angenommen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Accepted {count:,} masks.</source>
      <translation>{count:,} Masken angenommen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Accepted {words}.</source>
      <translation>{words} angenommen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Action</source>
      <translation>Aktion</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Actions and their keys</source>
      <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Actual pixels</source>
      <translation>Tatsächliche Pixel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Add</source>
      <translation>Hinzufügen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Add a model</source>
      <translation>Modell hinzufügen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Add as a further expression</source>
      <translation>Als weiteren Ausdruck hinzufügen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Add expression</source>
      <translation>Ausdruck hinzufügen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Add from a file...</source>
      <translation>Aus Datei hinzufügen...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Add from an address...</source>
      <translation>Von Adresse hinzufügen...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Add medium</source>
      <translation>Medium hinzufügen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Add model {name}</source>
      <translation>Modell {name} hinzufügen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Add referent</source>
      <translation>Objekt hinzufügen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Add, subtract, intersect, in turn: what shapes, wand and superpixels do to the mask.</source>
      <translation>Hinzufügen, abziehen, schneiden, reihum: was Formen, Zauberstab und Superpixel mit der Maske machen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Address of the model's zip, and its SHA-256 behind it if you have it:</source>
      <translation>Adresse der Zip-Datei des Modells, dahinter ihre SHA-256, falls bekannt:</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Adds to the mask; Ctrl takes away.</source>
      <translation>Fügt der Maske hinzu; Strg nimmt weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Agreement</source>
      <translation>Übereinstimmung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Agreement of blind checks</source>
      <translation>Übereinstimmung der Blindprüfungen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Agreement {agreement}</source>
      <translation>Übereinstimmung {agreement}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>All are so already.</source>
      <translation>Alle sind schon so.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>All edits are on disk, but another program is reading the project, so a copy of its file could lack the latest; save it under another name instead.</source>
      <translation>Alle Änderungen sind gespeichert, aber ein anderes Programm liest gerade das Projekt, sodass einer Kopie der Datei die letzten fehlen könnten; speichern Sie es stattdessen unter anderem Namen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>All edits are on disk.</source>
      <translation>Alle Änderungen sind gespeichert.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>All files are where the project knows them.</source>
      <translation>Alle Dateien liegen dort, wo das Projekt sie kennt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>All frames on offer were settled or locked meanwhile; reject the proposal.</source>
      <translation>Alle angebotenen Frames wurden inzwischen bestätigt oder gesperrt; verwerfen Sie den Vorschlag.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/means_menu.py</extracomment>
      <source>All of them</source>
      <translation>Alle zusammen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>All of these frames are settled already; go to the next doubtful ones.</source>
      <translation>Alle diese Frames sind schon bestätigt; gehen Sie zu den nächsten fraglichen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>All pictures of the list are reviewed.</source>
      <translation>Alle Bilder der Liste sind geprüft.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Already in the project.</source>
      <translation>Schon im Projekt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Alt+wheel</source>
      <translation>Alt+Mausrad</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>An expression can only mean referents of its own picture; write it anew there.</source>
      <translation>Ein Ausdruck kann nur Objekte seines eigenen Bildes meinen; schreiben Sie ihn dort neu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>An unnamed project with {count} is still here, from {when}.</source>
      <translation>Ein unbenanntes Projekt mit {count} ist noch da, vom {when}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>And {more:,} more like these.</source>
      <translation>Und {more:,} weitere wie diese.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Another phrase for the selected referent.</source>
      <translation>Eine weitere Phrase für das gewählte Objekt.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Appearance</source>
      <translation>Darstellung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Apply</source>
      <translation>Anwenden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>As before</source>
      <translation>Wie vorher</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Ask another phrase</source>
      <translation>Eine andere Phrase stellen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Ask the mirrored picture too</source>
      <translation>Auch das gespiegelte Bild befragen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Ask the next phrase (Enter)</source>
      <translation>Die nächste Phrase stellen (Enter)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Asks the model many phrases of many pictures in the background; the masks are proposals to review.</source>
      <translation>Fragt das Modell im Hintergrund nach vielen Phrasen zu vielen Bildern; die Masken sind Vorschläge zum Prüfen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Assign expression</source>
      <translation>Ausdruck zuordnen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Author</source>
      <translation>Autor</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/settings_dialog.py</extracomment>
      <source>Back to the defaults</source>
      <translation>Auf Standard zurücksetzen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Between two pictures.</source>
      <translation>Zwischen zwei Bildern.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/blind_check.py</extracomment>
      <source>Blind check</source>
      <translation>Blindprüfung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Blind check: draw what this names with any tool, then press Enter.</source>
      <translation>Blindprüfung: Zeichnen Sie mit einem beliebigen Werkzeug, was hier genannt ist, dann drücken Sie Enter.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Both say that it is not here.</source>
      <translation>Beide sagen, dass es nicht da ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Brush</source>
      <translation>Pinsel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>By</source>
      <translation>Um</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>CPU, NOT GPU  ·  {join}</source>
      <translation>CPU, KEINE GPU  ·  {join}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 1</source>
      <translation>Kandidat oder Objekt 1</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 2</source>
      <translation>Kandidat oder Objekt 2</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 3</source>
      <translation>Kandidat oder Objekt 3</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 4</source>
      <translation>Kandidat oder Objekt 4</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 5</source>
      <translation>Kandidat oder Objekt 5</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 6</source>
      <translation>Kandidat oder Objekt 6</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 7</source>
      <translation>Kandidat oder Objekt 7</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 8</source>
      <translation>Kandidat oder Objekt 8</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Candidate or referent 9</source>
      <translation>Kandidat oder Objekt 9</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Card of the model</source>
      <translation>Karte des Modells</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Carries masks forward and stops before the next settled frame.</source>
      <translation>Überträgt Masken vorwärts und hält vor dem nächsten bestätigten Frame.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Carries the selected referent's mask anew to the propagated frames up to the keyframes around this one.</source>
      <translation>Überträgt die Maske des gewählten Objekts neu auf die übertragenen Frames bis zu den Keyframes um diesen.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Carries the selected referent's mask, or else all masks of this frame, to the clip's beginning.</source>
      <translation>Überträgt die Maske des gewählten Objekts, sonst alle Masken dieses Frames, bis zum Anfang des Clips.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Carries the selected referent's mask, or else all masks of this frame, to the end; settled frames stay.</source>
      <translation>Überträgt die Maske des gewählten Objekts, sonst alle Masken dieses Frames, bis zum Ende; bestätigte Frames bleiben.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Category</source>
      <translation>Kategorie</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Change shortcuts</source>
      <translation>Tasten ändern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Change shortcuts...</source>
      <translation>Tasten ändern...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/live_checker.py</extracomment>
      <source>Check phrases</source>
      <translation>Phrasen prüfen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Checks</source>
      <translation>Prüfungen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Choose a table of phrases</source>
      <translation>Phrasentabelle wählen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Choose an action, then press its new key in the field.</source>
      <translation>Wählen Sie eine Aktion und drücken Sie im Feld ihre neue Taste.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Choose automatically</source>
      <translation>Automatisch wählen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Choose...</source>
      <translation>Wählen...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Chooses frames, direction and referents.</source>
      <translation>Wählt Frames, Richtung und Objekte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Chosen automatically: {name} reads phrases on photos and on frames of clips.</source>
      <translation>Automatisch gewählt: {name} liest Phrasen zu Fotos und zu Frames von Clips.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Chosen automatically: {photos} reads phrases on photos, {clips} on frames of clips, which it reads better.</source>
      <translation>Automatisch gewählt: {photos} liest Phrasen zu Fotos, {clips} die zu Frames von Clips, die es besser liest.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click a hole of the mask to fill it; Ctrl empties the part under the pointer.</source>
      <translation>Klicken Sie auf ein Loch der Maske, um es zu füllen; Strg leert den Teil unter dem Zeiger.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click a mask to select its referent.</source>
      <translation>Klicken Sie auf eine Maske, um ihr Objekt zu wählen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click a part of the mask to empty it; Ctrl fills the hole under the pointer.</source>
      <translation>Klicken Sie auf einen Teil der Maske, um ihn zu leeren; Strg füllt das Loch unter dem Zeiger.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click corners, Enter closes, Backspace takes one back; Ctrl takes away.</source>
      <translation>Ecken anklicken, Enter schließt, die Rücktaste nimmt eine zurück; Strg nimmt weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click or drag over pieces to take them away; Ctrl adds them.</source>
      <translation>Klicken oder ziehen Sie über Stücke, um sie wegzunehmen; Strg fügt sie hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click or drag over pieces to take them; Ctrl takes them away.</source>
      <translation>Klicken oder ziehen Sie über Stücke, um sie zu nehmen; Strg nimmt sie weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click the corners of what goes, Enter closes, Backspace takes one back; Ctrl adds.</source>
      <translation>Ecken dessen anklicken, was wegfällt, Enter schließt, die Rücktaste nimmt eine zurück; Strg fügt hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click the corners of what stays, Enter closes, Backspace takes one back; Ctrl takes away.</source>
      <translation>Ecken dessen anklicken, was bleibt, Enter schließt, die Rücktaste nimmt eine zurück; Strg nimmt weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Click the referent to merge into the selected one, or press Esc.</source>
      <translation>Klicken Sie auf das Objekt, das mit dem gewählten vereint wird, oder drücken Sie Esc.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Click the referent to merge into the selected one; its expressions follow.</source>
      <translation>Klicken Sie auf das Objekt, das mit dem gewählten vereint wird; seine Ausdrücke gehen mit.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_points.py</extracomment>
      <source>Click what belongs to it first; then what does not, with the right button.</source>
      <translation>Klicken Sie erst auf das, was dazugehört, dann mit rechts auf das, was nicht.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Click what belongs, right-click what does not, or drag a box around it; Enter keeps, Backspace takes back.</source>
      <translation>Klick: gehört dazu, Rechtsklick: nicht, oder ziehen Sie einen Kasten darum; Enter behält, die Rücktaste nimmt zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Clicks</source>
      <translation>Klicks</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Close project</source>
      <translation>Projekt schließen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/messages.py</extracomment>
      <source>Close the message</source>
      <translation>Die Meldung schließen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Compare</source>
      <translation>Vergleichen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Compare what you drew with the project's mask (Enter)</source>
      <translation>Vergleicht Ihre Zeichnung mit der Maske des Projekts (Enter)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/fingerprints.py</extracomment>
      <source>Comparing pictures</source>
      <translation>Bilder werden verglichen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Connected</source>
      <translation>Zusammenhängend</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>Copy mask to next frame</source>
      <translation>Maske auf den nächsten Frame kopieren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Copy mask to the next frame</source>
      <translation>Maske auf den nächsten Frame kopieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Correct it</source>
      <translation>Korrigieren Sie</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Count</source>
      <translation>Zählen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Count again</source>
      <translation>Neu zählen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Counting...</source>
      <translation>Wird gezählt...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_pieces_cache.py</extracomment>
      <source>Cut into superpixels</source>
      <translation>In Superpixel zerlegen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Dark or light</source>
      <translation>Dunkel oder hell</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/splits.py</extracomment>
      <source>Dealing out</source>
      <translation>Wird aufgeteilt</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Deals media out to train, val and test, look-alikes together.</source>
      <translation>Verteilt Medien auf train, val und test, ähnliche zusammen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Decline</source>
      <translation>Ablehnen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Delete mask</source>
      <translation>Maske löschen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Delete referent</source>
      <translation>Objekt löschen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Delete selected</source>
      <translation>Auswahl löschen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>Deleted the expression.</source>
      <translation>Der Ausdruck ist gelöscht.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>Deleted “{title}” with its masks.</source>
      <translation>„{title}“ ist mit seinen Masken gelöscht.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Deletes the selected expression, or else the selected referent with its masks.</source>
      <translation>Löscht den gewählten Ausdruck, sonst das gewählte Objekt mit seinen Masken.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Deletes the selected referent's mask; referent and expressions stay.</source>
      <translation>Löscht die Maske des gewählten Objekts; Objekt und Ausdrücke bleiben.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Device of the model</source>
      <translation>Gerät des Modells</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Diameter in image pixels; [ and ] or Alt+wheel change it.</source>
      <translation>Durchmesser in Bildpixeln; [ und ] oder Alt+Mausrad ändern ihn.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_strip.py</extracomment>
      <source>Diameter of the brush in image pixels; [ and ] or Alt+wheel change it.</source>
      <translation>Durchmesser des Pinsels in Bildpixeln; [ und ] oder Alt+Mausrad ändern ihn.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Direction</source>
      <translation>Richtung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>Discard propagated masks</source>
      <translation>Übertragene Masken verwerfen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Discard propagated masks of the referent</source>
      <translation>Übertragene Masken des Objekts verwerfen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Discard propagated masks of this frame</source>
      <translation>Übertragene Masken dieses Frames verwerfen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Discard the edits</source>
      <translation>Änderungen verwerfen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Discarded {count:,} mask.</source>
      <translation>{count:,} Maske verworfen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Discarded {count:,} masks.</source>
      <translation>{count:,} Masken verworfen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Discarded {words}.</source>
      <translation>{words} verworfen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Does</source>
      <translation>Kann</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_desk.py</extracomment>
      <source>Doubtful</source>
      <translation>Fraglich</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>Doubtful  {len:,}</source>
      <translation>Fraglich  {len:,}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>Doubtful frames</source>
      <translation>Fragliche Frames</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_guidance.py</extracomment>
      <source>Doubtful: press {brush} to correct it, {fine_so} if it is fine so, {absent} if it is not there.</source>
      <translation>Fraglich: {brush} korrigiert es, {fine_so}, wenn es so gut ist, {absent}, wenn es nicht da ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Drag a rectangle around what stays of the mask; Ctrl takes it away.</source>
      <translation>Ziehen Sie ein Rechteck um das auf, was von der Maske bleibt; Strg nimmt es weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Drag a rectangle to add it to the mask; Ctrl takes it away.</source>
      <translation>Ziehen Sie ein Rechteck auf, um es der Maske hinzuzufügen; Strg nimmt es weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Drag a rectangle to take it away from the mask; Ctrl adds it.</source>
      <translation>Ziehen Sie ein Rechteck auf, um es von der Maske wegzunehmen; Strg fügt es hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Drag over the pieces that stay of the mask; Ctrl takes them away.</source>
      <translation>Ziehen Sie über die Stücke, die von der Maske bleiben; Strg nimmt sie weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Draw around what belongs to the mask; Ctrl takes it away.</source>
      <translation>Umfahren Sie, was zur Maske gehört; Strg nimmt es weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Draw around what goes from the mask; Ctrl adds it.</source>
      <translation>Umfahren Sie, was aus der Maske wegfällt; Strg fügt es hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Draw around what stays of the mask; Ctrl takes it away.</source>
      <translation>Umfahren Sie, was von der Maske bleibt; Strg nimmt es weg.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Draw edges along the photo's</source>
      <translation>Kanten am Foto ausrichten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_desk.py</extracomment>
      <source>Draw what the phrase names first, or press G for: not here.</source>
      <translation>Zeichnen Sie erst, was die Phrase nennt, oder drücken Sie G für: nicht da.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Drop files or a folder, or press {open_pictures}. Every edit is saved as you make it.</source>
      <translation>Legen Sie Dateien oder einen Ordner hier ab, oder drücken Sie {open_pictures}. Jede Änderung wird sofort gespeichert.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Drop images or clips here, or press {open_pictures}.</source>
      <translation>Bilder oder Clips hier ablegen oder {open_pictures} drücken.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/empty_state.py</extracomment>
      <source>Drop images, clips or a folder here, or press Ctrl+O.</source>
      <translation>Bilder, Clips oder einen Ordner hier ablegen oder Strg+O drücken.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Drop specks</source>
      <translation>Sprenkel entfernen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Drop specks...</source>
      <translation>Sprenkel entfernen...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Drops the masks on offer of the selected referent, on all frames; the rest waits.</source>
      <translation>Verwirft die angebotenen Masken des gewählten Objekts auf allen Frames; der Rest wartet.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Drops the propagated masks that are on offer; the project is as it was.</source>
      <translation>Verwirft die angebotenen übertragenen Masken; das Projekt bleibt, wie es war.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Drops the selected referent's mask on offer, or else all of this frame; the rest waits.</source>
      <translation>Verwirft die angebotene Maske des gewählten Objekts, sonst alle dieses Frames; der Rest wartet.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Each phrase is read by the model that reads such a medium best.</source>
      <translation>Jede Phrase liest das Modell, das ein solches Medium am besten liest.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Edit expression</source>
      <translation>Ausdruck ändern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Edits are not saved</source>
      <translation>Änderungen sind nicht gespeichert</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Effort</source>
      <translation>Aufwand</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_bucket.py</extracomment>
      <source>Empty part</source>
      <translation>Teil leeren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>End the check (Esc)</source>
      <translation>Die Prüfung beenden (Esc)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Enter accepts as the new mask of the selected referent, Esc rejects.</source>
      <translation>Enter nimmt sie als neue Maske des gewählten Objekts, Esc verwirft.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/empty_state.py</extracomment>
      <source>Enter accepts the mask. B corrects it, Ctrl+Shift+E exports.</source>
      <translation>Enter nimmt die Maske an. B korrigiert sie, Strg+Umschalt+E exportiert.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Enter accepts, Esc rejects.</source>
      <translation>Enter nimmt an, Esc verwirft.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Enter runs the whole sentence.</source>
      <translation>Enter führt den ganzen Satz aus.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Enter runs the whole sentence. Shift+Enter adds it to the selected referent.</source>
      <translation>Enter führt den ganzen Satz aus. Umschalt+Enter fügt ihn dem gewählten Objekt hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Erase while painting, paint while erasing</source>
      <translation>Beim Malen radieren, beim Radieren malen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Erase; Ctrl paints, [ and ] or Alt+wheel change the size.</source>
      <translation>Radieren; Strg malt, [ und ] oder Alt+Mausrad ändern die Größe.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Eraser</source>
      <translation>Radierer</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Every edit is saved as it is made; this waits for the disk.</source>
      <translation>Jede Änderung wird sofort gespeichert; dies wartet auf die Festplatte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Every object, every phrase</source>
      <translation>Jedes Objekt, jede Phrase</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>Every phrase was answered before.</source>
      <translation>Alle Phrasen waren schon beantwortet.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Export data set</source>
      <translation>Datensatz exportieren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Export data set...</source>
      <translation>Datensatz exportieren...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Export shortcuts</source>
      <translation>Tasten exportieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Export {title}</source>
      <translation>{title} exportieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Export...</source>
      <translation>Exportieren...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Exporting</source>
      <translation>Export läuft</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_delegate.py</extracomment>
      <source>Expression</source>
      <translation>Ausdruck</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Expression {1} is no longer in the project; choose another.</source>
      <translation>Der Ausdruck {1} ist nicht mehr im Projekt; wählen Sie einen anderen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Expression {text}</source>
      <translation>Ausdruck {text}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Expressions per referent</source>
      <translation>Ausdrücke je Objekt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Faults</source>
      <translation>Mängel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>File of the data set</source>
      <translation>Datei des Datensatzes</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>File or folder</source>
      <translation>Datei oder Ordner</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>File or folder of the data set</source>
      <translation>Datei oder Ordner des Datensatzes</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>File...</source>
      <translation>Datei...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_bucket.py</extracomment>
      <source>Fill</source>
      <translation>Füllen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Fill adds a hole or takes a part away; choose Add or Subtract (M).</source>
      <translation>Füllen fügt ein Loch hinzu oder nimmt einen Teil weg; wählen Sie Hinzufügen oder Abziehen (M).</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fill between keyframes</source>
      <translation>Zwischen Keyframes füllen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_bucket.py</extracomment>
      <source>Fill hole</source>
      <translation>Loch füllen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Fill holes</source>
      <translation>Löcher füllen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fill holes...</source>
      <translation>Löcher füllen...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fill of masks</source>
      <translation>Füllung der Masken</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fill: fills a hole of the mask; Ctrl empties a part.</source>
      <translation>Füllen: füllt ein Loch der Maske; Strg leert einen Teil.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fills the frames between the keyframes around this one, from both sides.</source>
      <translation>Füllt die Frames zwischen den Keyframes um diesen, von beiden Seiten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>Filter</source>
      <translation>Filtern</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Filter media</source>
      <translation>Medien filtern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>Filter media by name, phrase, score</source>
      <translation>Medien nach Name, Phrase, Wertung filtern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>Filter media by state</source>
      <translation>Medien nach Zustand filtern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/palette.py</extracomment>
      <source>Find an action or a picture</source>
      <translation>Aktion oder Bild finden</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Find an action or a picture...</source>
      <translation>Aktion oder Bild finden...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Find missing files</source>
      <translation>Fehlende Dateien suchen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Find missing files...</source>
      <translation>Fehlende Dateien suchen...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>Fine so</source>
      <translation>Gut so</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>First frame</source>
      <translation>Erster Frame</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Fit picture</source>
      <translation>Bild einpassen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Folder of the data set</source>
      <translation>Ordner des Datensatzes</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Folder of the export</source>
      <translation>Ordner für den Export</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Folder...</source>
      <translation>Ordner...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Found {found:,} of {count:,} file.</source>
      <translation>{found:,} von {count:,} Datei gefunden.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Found {found:,} of {count:,} files.</source>
      <translation>{found:,} von {count:,} Dateien gefunden.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Frame</source>
      <translation>Frame</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/propagation_sweep.py</extracomment>
      <source>Frame {1} is {2} x {3} pixels where the clip has {4} x {5}; put the clip's own frame in place.</source>
      <translation>Frame {1} hat {2} x {3} Pixel, der Clip {4} x {5}; legen Sie den eigenen Frame des Clips an seinen Platz.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>Frame {1} of {2} is damaged and cannot be decoded; {3}.</source>
      <translation>Frame {1} von {2} ist beschädigt und lässt sich nicht dekodieren; {3}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>Frame {frame:,}</source>
      <translation>Frame {frame:,}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>Frame {frame:,}, {time_words}</source>
      <translation>Frame {frame:,}, {time_words}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Frames</source>
      <translation>Frames</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>G records that nothing here is meant, Enter accepts the mask anyway, Esc rejects.</source>
      <translation>G hält fest, dass hier nichts gemeint ist, Enter nimmt die Maske trotzdem an, Esc verwirft.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>G records that nothing here is meant, Esc rejects.</source>
      <translation>G hält fest, dass hier nichts gemeint ist, Esc verwirft.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Gesture</source>
      <translation>Geste</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Getting to know what is to be followed</source>
      <translation>Lernt kennen, was verfolgt werden soll</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Go to the next panel</source>
      <translation>Zum nächsten Bereich gehen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Go to the previous panel</source>
      <translation>Zum vorigen Bereich gehen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Goes to the next frames whose masks may have drifted.</source>
      <translation>Geht zu den nächsten Frames, deren Masken abgewichen sein können.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Goes to the next thing of the whole project that deserves a second look.</source>
      <translation>Geht zur nächsten Stelle des ganzen Projekts, die einen zweiten Blick verdient.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Goes to the settled frame after this one, of the selected referent or else of any.</source>
      <translation>Geht zum bestätigten Frame nach diesem, des gewählten Objekts oder sonst eines beliebigen.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Goes to the settled frame before this one, of the selected referent or else of any.</source>
      <translation>Geht zum bestätigten Frame vor diesem, des gewählten Objekts oder sonst eines beliebigen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Grow</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Grow mask...</source>
      <translation>Maske vergrößern...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/guide_window.py</extracomment>
      <source>Guide</source>
      <translation>Handbuch</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Hand</source>
      <translation>Hand</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Hide</source>
      <translation>Ausblenden</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Hide masks</source>
      <translation>Masken ausblenden</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Hide or show referent</source>
      <translation>Objekt aus- oder einblenden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Holes of more pixels stay; at 0 all are filled.</source>
      <translation>Größere Löcher bleiben; bei 0 werden alle gefüllt.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>How everything is done, page by page.</source>
      <translation>Wie alles geht, Seite für Seite.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>How far a colour may be from the clicked one: 2 is barely to be seen.</source>
      <translation>Wie weit eine Farbe von der angeklickten abweichen darf: 2 ist kaum zu sehen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>How good the model expects its mask to be, and how sure it is that the phrase names something here:
mask {score:.0%}, presence {presence:.0%}</source>
      <translation>Wie gut das Modell seine Maske einschätzt und wie sicher es ist, dass die Phrase hier etwas benennt:
Maske {score:.0%}, Vorhandensein {presence:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Import</source>
      <translation>Importieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Import data set</source>
      <translation>Datensatz importieren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Import data set...</source>
      <translation>Datensatz importieren...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Import shortcuts</source>
      <translation>Tasten importieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Import...</source>
      <translation>Importieren...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Importing</source>
      <translation>Import läuft</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/bridge.py</extracomment>
      <source>In a blind check the phrase is given; draw what it names, or press G for: not here.</source>
      <translation>In der Blindprüfung ist die Phrase vorgegeben; zeichnen Sie, was sie nennt, oder drücken Sie G für: nicht da.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>In one place it is doubtful, press Q to look at it.</source>
      <translation>An einer Stelle ist es fraglich, Q zeigt sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>In {count:,} places it is doubtful, press Q to look at them.</source>
      <translation>An {count:,} Stellen ist es fraglich, Q zeigt sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Install {name}</source>
      <translation>{name} installieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Intersect</source>
      <translation>Schneiden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Into the folder</source>
      <translation>In den Ordner</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_desk.py</extracomment>
      <source>Invert mask</source>
      <translation>Maske umkehren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>IoU with the model's proposal</source>
      <translation>IoU mit dem Vorschlag des Modells</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>It cannot hold: {join}.</source>
      <translation>Es kann nicht halten: {join}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>It has no mask to start from.</source>
      <translation>Es hat keine Maske, von der es ausgehen kann.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>It holds everything.</source>
      <translation>Es hält alles.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>It is locked.</source>
      <translation>Es ist gesperrt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>It makes a new referent.</source>
      <translation>Daraus wird ein neues Objekt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>It reads every phrase from now on, on photos and on clips.</source>
      <translation>Es liest von nun an jede Phrase, zu Fotos und zu Clips.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>It was doubtful when it was accepted.</source>
      <translation>Es war fraglich, als es angenommen wurde.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>It went wrong.</source>
      <translation>Es ging schief.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>JSON lines (vision-language training)</source>
      <translation>JSON-Zeilen (Training von Bild-Sprach-Modellen)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>Keep as it is</source>
      <translation>So lassen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Keep it (Enter)</source>
      <translation>Behalten (Enter)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Keep pictures that look alike together (looks at every file)</source>
      <translation>Ähnliche Bilder zusammenhalten (sieht sich jede Datei an)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Keep the window open</source>
      <translation>Fenster offen lassen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Keeps what lies in both; Ctrl takes away.</source>
      <translation>Behält, was in beiden liegt; Strg nimmt weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Keyboard shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Keys as in</source>
      <translation>Tasten wie in</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Kinds of expressions</source>
      <translation>Arten von Ausdrücken</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Larger brush</source>
      <translation>Größerer Pinsel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Lasso</source>
      <translation>Lasso</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Last frame</source>
      <translation>Letzter Frame</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Leave</source>
      <translation>Verlassen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Leave the mask as it was (Esc)</source>
      <translation>Maske lassen, wie sie war (Esc)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Less motion</source>
      <translation>Weniger Bewegung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Licence</source>
      <translation>Lizenz</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Licence of {name}</source>
      <translation>Lizenz von {name}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Licence, size and scores; adds others.</source>
      <translation>Lizenz, Größe und Güte; fügt andere hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} has a {3} in its phrase, which would cut it; put the phrase in quotes: "{4}".</source>
      <translation>Zeile {1} von {2} hat in der Phrase ein Trennzeichen ({3}), an dem sie abgeschnitten würde; setzen Sie die Phrase in Anführungszeichen: "{4}".</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} has no phrase; write it, or remove the line.</source>
      <translation>Zeile {1} von {2} hat keine Phrase; schreiben Sie sie, oder entfernen Sie die Zeile.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} has the frame {3}; write a number from 0.</source>
      <translation>Zeile {1} von {2} hat den Frame {3}; schreiben Sie eine Zahl ab 0.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} holds no phrase: {3}</source>
      <translation>Zeile {1} von {2} enthält keine Phrase: {3}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} is no row that can be read ({3}); close its quotes in the line itself, and write a quote within them twice.</source>
      <translation>Zeile {1} von {2} ist nicht lesbar ({3}); schließen Sie ihre Anführungszeichen in der Zeile selbst, und schreiben Sie solche darin doppelt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>Line {1} of {2} names no file, as others do; write it before the phrase, or a header above all.</source>
      <translation>Zeile {1} von {2} nennt keine Datei, wie andere es tun; schreiben Sie sie vor die Phrase, oder einen Kopf über alles.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Lines, dots and checks, so that colours need not be told apart.</source>
      <translation>Linien, Punkte und Karos, damit man Farben nicht unterscheiden muss.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>List one reason alone</source>
      <translation>Nur einen Grund auflisten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Loading the model</source>
      <translation>Das Modell wird geladen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Loading the model {name}</source>
      <translation>Das Modell {name} wird geladen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Loading what carries masks through clips</source>
      <translation>Lädt, was Masken durch Clips trägt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Lock</source>
      <translation>Sperren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Lock or unlock referent</source>
      <translation>Objekt sperren oder freigeben</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_queue.py</extracomment>
      <source>Look at what changed</source>
      <translation>Änderungen ansehen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>Look for frames</source>
      <translation>Frames suchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Look for look-alikes</source>
      <translation>Ähnliche Bilder suchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Look for missing files</source>
      <translation>Fehlende Dateien suchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Look for models</source>
      <translation>Modelle suchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Look for pictures</source>
      <translation>Bilder suchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Look for unnamed projects</source>
      <translation>Unbenannte Projekte suchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_queue.py</extracomment>
      <source>Look for what is doubtful</source>
      <translation>Fragliches suchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_guidance.py</extracomment>
      <source>Look on while masks arrive; {reject} stops, and what arrived stays on offer.</source>
      <translation>Sehen Sie zu, wie Masken ankommen; {reject} hält an, und was ankam, bleibt im Angebot.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>Look through the whole project again</source>
      <translation>Das ganze Projekt noch einmal durchsehen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Look-alikes were not looked for; they may stand on both sides.</source>
      <translation>Ähnliche Bilder wurden nicht gesucht; sie können auf beiden Seiten stehen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Looking at the picture</source>
      <translation>Das Bild wird betrachtet</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/fingerprints.py</extracomment>
      <source>Looking at {1}</source>
      <translation>Sieht {1} an</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Looking for pictures that look alike...</source>
      <translation>Ähnliche Bilder werden gesucht...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>Looking through the project...</source>
      <translation>Das Projekt wird durchgesehen...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Looks for files that were moved, by name and size.</source>
      <translation>Sucht verschobene Dateien nach Name und Größe.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Loupe</source>
      <translation>Lupe</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>M&amp;ask</source>
      <translation>&amp;Maske</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_wand.py</extracomment>
      <source>Magic wand</source>
      <translation>Zauberstab</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Magic wand: takes what has the clicked colour.</source>
      <translation>Zauberstab: nimmt, was die angeklickte Farbe hat.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Make one clip of it</source>
      <translation>Einen Clip daraus machen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Makes each separate part a referent; what meant the one then means all of them.</source>
      <translation>Macht aus jedem getrennten Teil ein Objekt; was das eine meinte, meint dann alle.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Makes the brush larger, or the number of another tool.</source>
      <translation>Vergrößert den Pinsel oder die Zahl eines anderen Werkzeugs.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Makes the brush smaller, or the number of another tool.</source>
      <translation>Verkleinert den Pinsel oder die Zahl eines anderen Werkzeugs.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Makes the mask what it is not.</source>
      <translation>Macht die Maske zu dem, was sie nicht ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Mark absent</source>
      <translation>Als abwesend markieren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Mark absent here</source>
      <translation>Hier als abwesend markieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Mark as not in this image</source>
      <translation>Als nicht in diesem Bild markieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>Mark as reviewed</source>
      <translation>Als geprüft markieren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Mark picture as reviewed</source>
      <translation>Bild als geprüft markieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/action_set.py</extracomment>
      <source>Mask</source>
      <translation>Maske</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Mask sizes, part of the frame</source>
      <translation>Maskengrößen, Anteil am Frame</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Masks</source>
      <translation>Masken</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Masks less opaque</source>
      <translation>Masken durchsichtiger</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Masks more opaque</source>
      <translation>Masken deckender</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Mean all of them</source>
      <translation>Alle meinen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Means</source>
      <translation>Meint</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>Measure</source>
      <translation>Messen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Measuring what was not opened yet</source>
      <translation>Was noch nicht geöffnet war, wird vermessen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>Media</source>
      <translation>Medien</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Media list</source>
      <translation>Medienliste</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Medium {1} is no longer in the project; add its file again.</source>
      <translation>Das Medium {1} ist nicht mehr im Projekt; fügen Sie seine Datei wieder hinzu.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Memory</source>
      <translation>Speicher</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Memory for decoded frames</source>
      <translation>Speicher für dekodierte Frames</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Memory for undo</source>
      <translation>Speicher für Rückgängig</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>Merge referents</source>
      <translation>Objekte vereinen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Merge with another referent...</source>
      <translation>Mit einem anderen Objekt vereinen...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting_tools.py</extracomment>
      <source>Merged the two referents.</source>
      <translation>Die beiden Objekte sind vereint.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/messages.py</extracomment>
      <source>Message</source>
      <translation>Meldung</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>MiB</source>
      <translation>MiB</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Models</source>
      <translation>Modelle</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Models (*.zip)</source>
      <translation>Modelle (*.zip)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Models...</source>
      <translation>Modelle...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>NOT SAVED</source>
      <translation>NICHT GESPEICHERT</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Name a folder for the export first.</source>
      <translation>Nennen Sie erst einen Ordner für den Export.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_delegate.py</extracomment>
      <source>Name of the referent</source>
      <translation>Name des Objekts</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Name the data set's file or folder first.</source>
      <translation>Nennen Sie erst Datei oder Ordner des Datensatzes.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>New expression</source>
      <translation>Neuer Ausdruck</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>New key</source>
      <translation>Neue Taste</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>New project</source>
      <translation>Neues Projekt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>New referent</source>
      <translation>Neues Objekt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Next</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Next check</source>
      <translation>Nächste Prüfung</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next doubtful frames</source>
      <translation>Nächste fragliche Frames</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next doubtful item</source>
      <translation>Nächste fragliche Stelle</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next frame</source>
      <translation>Nächster Frame</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next keyframe</source>
      <translation>Nächster Keyframe</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next of the three</source>
      <translation>Nächster der drei Modi</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next picture</source>
      <translation>Nächstes Bild</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next referent</source>
      <translation>Nächstes Objekt</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Next unreviewed picture</source>
      <translation>Nächstes ungeprüftes Bild</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>No CUDA device is usable here; choose the device 'cpu', or install the graphics driver.</source>
      <translation>Hier ist kein CUDA-Gerät nutzbar; wählen Sie das Gerät 'cpu' oder installieren Sie den Grafiktreiber.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>No frame after this one is doubtful.</source>
      <translation>Nach diesem Frame ist keiner fraglich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>No frame before this one is doubtful.</source>
      <translation>Vor diesem Frame ist keiner fraglich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>No frame of this clip is doubtful.</source>
      <translation>Kein Frame dieses Clips ist fraglich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>No key</source>
      <translation>Keine Taste</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>No media yet</source>
      <translation>Noch keine Medien</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_shelf.py</extracomment>
      <source>No model here follows clips, so that {1} reads phrases on clips as well as on photos; add one under Models.</source>
      <translation>Kein Modell hier folgt Clips, daher liest {1} Phrasen zu Clips ebenso wie zu Fotos; fügen Sie unter Modelle eines hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>No open frame from {1} to {2} can be reached; choose another range or direction.</source>
      <translation>Von {1} bis {2} ist kein offener Frame zu erreichen; wählen Sie einen anderen Bereich oder eine andere Richtung.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/blind_check.py</extracomment>
      <source>Nobody has said yet what this phrase means; there is nothing to check it against.</source>
      <translation>Noch niemand hat gesagt, was diese Phrase meint; es gibt nichts, womit man vergleichen könnte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/relink.py</extracomment>
      <source>None of the missing files was found there; choose another folder.</source>
      <translation>Keine der fehlenden Dateien wurde dort gefunden; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>None yet</source>
      <translation>Noch keine</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Not here</source>
      <translation>Nicht da</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/means_menu.py</extracomment>
      <source>Nothing here (checked)</source>
      <translation>Hier nichts (geprüft)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_panel.py</extracomment>
      <source>Nothing here yet.

Press / and type what you mean, then Enter. Accepted masks are listed here with all phrases for them.

Or press B and paint.</source>
      <translation>Noch nichts da.

Drücken Sie / und schreiben Sie, was Sie meinen, dann Enter. Angenommene Masken stehen hier mit allen ihren Phrasen.

Oder drücken Sie B und malen Sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/palette.py</extracomment>
      <source>Nothing is called so. Try fewer letters.</source>
      <translation>Nichts heißt so. Versuchen Sie weniger Buchstaben.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Nothing is doubtful any more.</source>
      <translation>Nichts ist mehr fraglich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>Nothing is doubtful for this reason.</source>
      <translation>Aus diesem Grund ist nichts fraglich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_desk.py</extracomment>
      <source>Nothing is doubtful.</source>
      <translation>Nichts ist fraglich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/bridge.py</extracomment>
      <source>Nothing is drawn in this check yet; Esc leaves it.</source>
      <translation>In dieser Prüfung ist noch nichts gezeichnet; Esc verlässt sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/offer_verbs.py</extracomment>
      <source>Nothing is on offer of the selected referent.</source>
      <translation>Vom gewählten Objekt ist nichts angeboten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>Nothing was propagated from this frame yet; propagate forward or backward first.</source>
      <translation>Von diesem Frame wurde noch nichts übertragen; übertragen Sie erst vorwärts oder rückwärts.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>OPTICAL FLOW</source>
      <translation>OPTISCHER FLUSS</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Of {name!r} there are several; choose a folder that holds one.</source>
      <translation>{name!r} gibt es mehrfach; wählen Sie einen Ordner, in dem es einmal liegt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/readers.py</extracomment>
      <source>On clips {1} reads phrases for now, because {2} could not be loaded: {3}</source>
      <translation>Zu Clips liest vorerst {1} die Phrasen, weil {2} nicht geladen werden konnte: {3}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>One phrase a line</source>
      <translation>Eine Phrase je Zeile</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>One phrase a line, for example:
the dog on the left
the person in red</source>
      <translation>Eine Phrase je Zeile, auf Englisch, zum Beispiel:
the dog on the left
the person in red</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Only a part</source>
      <translation>Nur ein Teil</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Only what hangs together with the click; otherwise the colour anywhere.</source>
      <translation>Nur was mit dem Klick zusammenhängt; sonst die Farbe überall.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_strip.py</extracomment>
      <source>Opacity of masks</source>
      <translation>Deckkraft der Masken</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_strip.py</extracomment>
      <source>Opacity of masks: {percent} %</source>
      <translation>Deckkraft der Masken: {percent} %</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/bridge.py</extracomment>
      <source>Open a picture first; drop one here or press Ctrl+O.</source>
      <translation>Öffnen Sie erst ein Bild; legen Sie eines hier ab oder drücken Sie Strg+O.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>Open as one clip</source>
      <translation>Als einen Clip öffnen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Open folder</source>
      <translation>Ordner öffnen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>Open folder as one clip</source>
      <translation>Ordner als einen Clip öffnen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open folder as one clip...</source>
      <translation>Ordner als einen Clip öffnen...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open folder...</source>
      <translation>Ordner öffnen...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>Open masks</source>
      <translation>Masken öffnen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Open pictures</source>
      <translation>Bilder öffnen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open pictures or clips...</source>
      <translation>Bilder oder Clips öffnen...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Open project</source>
      <translation>Projekt öffnen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open project...</source>
      <translation>Projekt öffnen...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>Open recent</source>
      <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Open unnamed project again</source>
      <translation>Unbenanntes Projekt wieder öffnen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>Open {name}</source>
      <translation>{name} öffnen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>Opening the picture</source>
      <translation>Das Bild wird geöffnet</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Opens a folder of numbered frames, as data sets have them, as a clip.</source>
      <translation>Öffnet einen Ordner nummerierter Frames, wie Datensätze sie haben, als Clip.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Opens the latest project that was never given a name.</source>
      <translation>Öffnet das letzte Projekt, das nie einen Namen bekam.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>Options of the tool</source>
      <translation>Optionen des Werkzeugs</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Outlines only</source>
      <translation>Nur Umrisse</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/guide_window.py</extracomment>
      <source>Pages of the guide</source>
      <translation>Seiten des Handbuchs</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Paint; Ctrl erases, [ and ] or Alt+wheel change the size.</source>
      <translation>Malen; Strg radiert, [ und ] oder Alt+Mausrad ändern die Größe.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Pan</source>
      <translation>Verschieben</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Pan; in a clip a tap plays</source>
      <translation>Verschieben; im Clip spielt ein Antippen ab</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Part test as RefCOCO does: testA has people, testB the rest</source>
      <translation>test wie bei RefCOCO teilen: testA mit Menschen, testB der Rest</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Pascal VOC masks</source>
      <translation>Pascal-VOC-Masken</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Patterned fills</source>
      <translation>Füllungen mit Mustern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>Pause between two pictures</source>
      <translation>Zwischen zwei Bildern anhalten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Pause or go on pre-segmenting</source>
      <translation>Vorsegmentieren anhalten oder fortsetzen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Peek at the photo</source>
      <translation>Das Foto allein zeigen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Person</source>
      <translation>Person</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>Photos of {1} have masks or phrases already; remove them from the project first, or add the folder as a clip beside them.</source>
      <translation>Fotos von {1} haben schon Masken oder Phrasen; entfernen Sie sie erst aus dem Projekt, oder fügen Sie den Ordner daneben als Clip hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>Phrase</source>
      <translation>Phrase</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Phrases</source>
      <translation>Phrasen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/canvas.py</extracomment>
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Pictures</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Pictures (*.png)</source>
      <translation>Bilder (*.png)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Pictures and clips go here</source>
      <translation>Hierher kommen Bilder und Clips</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Pictures and clips without any annotation are left out.</source>
      <translation>Bilder und Clips ohne jede Annotation werden ausgelassen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Pictures and clips without any annotation are written too.</source>
      <translation>Auch Bilder und Clips ohne jede Annotation werden geschrieben.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Pictures that have a split keep it</source>
      <translation>Bilder mit Aufteilung behalten sie</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Piece</source>
      <translation>Stück</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Pixels added all around.</source>
      <translation>Pixel, die ringsum dazukommen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Pixels taken away all around.</source>
      <translation>Pixel, die ringsum wegfallen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Plan</source>
      <translation>Planen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Play or pause</source>
      <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Plays from this frame at the clip's own rate; tap Space.</source>
      <translation>Spielt ab diesem Frame im eigenen Tempo des Clips; Leertaste antippen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Point</source>
      <translation>Punkt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Pointer</source>
      <translation>Zeiger</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Points and box</source>
      <translation>Punkte und Kasten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Points and box: refines the proposal or the selected mask by clicks.</source>
      <translation>Punkte und Kasten: verfeinert den Vorschlag oder die gewählte Maske durch Klicks.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Polygon</source>
      <translation>Polygon</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Polygons in place of run-length code</source>
      <translation>Polygone statt Lauflängencode</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/batch.py</extracomment>
      <source>Pre-segment</source>
      <translation>Vorsegmentieren</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Pre-segment many</source>
      <translation>Viele vorsegmentieren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Pre-segment many...</source>
      <translation>Viele vorsegmentieren...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>Pre-segmented {count:,} picture</source>
      <translation>{count:,} Bild vorsegmentiert</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>Pre-segmented {count:,} pictures</source>
      <translation>{count:,} Bilder vorsegmentiert</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/assist.py</extracomment>
      <source>Prepare the model</source>
      <translation>Modell vorbereiten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/empty_state.py</extracomment>
      <source>Press / and type what you mean: the dog on the left.</source>
      <translation>Drücken Sie / und schreiben Sie auf Englisch, was Sie meinen: the dog on the left.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>Press J to look for masks and phrases that deserve a second look.</source>
      <translation>Drücken Sie J, um Masken und Phrasen zu suchen, die einen zweiten Blick verdienen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Press on a colour to keep its like, drag right for more, left for less; Ctrl takes away.</source>
      <translation>Auf eine Farbe drücken behält nur ihresgleichen, nach rechts ziehen mehr, nach links weniger; Strg nimmt weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Press on a colour to take its like away, drag right for more, left for less; Ctrl adds.</source>
      <translation>Auf eine Farbe drücken nimmt ihresgleichen weg, nach rechts ziehen mehr, nach links weniger; Strg fügt hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Press on a colour to take its like, drag right for more, left for less; Ctrl takes away.</source>
      <translation>Auf eine Farbe drücken nimmt ihresgleichen, nach rechts ziehen mehr, nach links weniger; Strg nimmt weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Press the new key of “{action}” in the field.</source>
      <translation>Drücken Sie im Feld die neue Taste für „{action}“.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {accept} to accept the mask, {reject} to reject it.</source>
      <translation>{accept} nimmt die Maske an, {reject} verwirft sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_guidance.py</extracomment>
      <source>Press {accept} to accept the propagated masks; {next_doubtful} first goes through doubtful ones, if any.</source>
      <translation>{accept} nimmt die übertragenen Masken an; {next_doubtful} geht vorher fragliche durch, falls es welche gibt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {brush} and paint the mask of the selected referent, or run one of its phrases with {segment_again}.</source>
      <translation>Drücken Sie {brush} und malen Sie die Maske des gewählten Objekts, oder führen Sie mit {segment_again} eine seiner Phrasen aus.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {brush} to correct the mask, {new_expression} to add a phrase, or {focus_phrase} for the next one.</source>
      <translation>{brush} korrigiert die Maske, {new_expression} fügt eine Phrase hinzu, {focus_phrase} beginnt die nächste.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {focus_phrase} and type what you mean, then Enter.</source>
      <translation>Drücken Sie {focus_phrase} und schreiben Sie, was Sie meinen, dann Enter.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {focus_phrase} for the next phrase, or {accept_and_next} when this picture is done.</source>
      <translation>{focus_phrase} für die nächste Phrase, {accept_and_next}, wenn dieses Bild fertig ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {focus_phrase} to change the phrase, then Enter to try again.</source>
      <translation>Ändern Sie mit {focus_phrase} die Phrase und versuchen Sie es mit Enter noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Press {focus_phrase}, type a whole sentence, then Enter. The model draws a proposal; {accept} takes it, {reject} leaves it.</source>
      <translation>Drücken Sie {focus_phrase}, schreiben Sie einen ganzen Satz, dann Enter. Das Modell zeichnet einen Vorschlag; {accept} nimmt ihn an, {reject} verwirft ihn.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {no_target} to record that nothing here is meant, or {reject} and paint it with {brush}.</source>
      <translation>{no_target} hält fest, dass hier nichts gemeint ist; oder {reject}, und malen Sie es mit {brush}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Press {no_target} to record that nothing here is meant, {accept} to accept the mask anyway, {reject} to reject.</source>
      <translation>{no_target} hält fest, dass hier nichts gemeint ist, {accept} nimmt die Maske trotzdem an, {reject} verwirft sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_guidance.py</extracomment>
      <source>Press {propagate_forward} to carry the mask on through the clip.</source>
      <translation>{propagate_forward} trägt die Maske weiter durch den Clip.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous doubtful frames</source>
      <translation>Vorige fragliche Frames</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous doubtful item</source>
      <translation>Vorige fragliche Stelle</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous frame</source>
      <translation>Voriger Frame</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous keyframe</source>
      <translation>Voriger Keyframe</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous picture</source>
      <translation>Voriges Bild</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Previous referent</source>
      <translation>Voriges Objekt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Propagate</source>
      <translation>Übertragen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Propagate a range</source>
      <translation>Bereich übertragen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Propagate a range...</source>
      <translation>Bereich übertragen...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Propagate backward</source>
      <translation>Rückwärts übertragen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Propagate forward</source>
      <translation>Vorwärts übertragen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Propagate to the next keyframe</source>
      <translation>Bis zum nächsten Keyframe übertragen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Propagating</source>
      <translation>Überträgt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Propagating, {note}</source>
      <translation>Übertragung, {note}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Properties</source>
      <translation>Eigenschaften</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Puts the selected referent's mask on the next frame, settled, and goes there.</source>
      <translation>Legt die Maske des gewählten Objekts bestätigt auf den nächsten Frame und geht dorthin.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>R-RIS (robust referring segmentation)</source>
      <translation>R-RIS (robuste verweisende Segmentierung)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>REFER, a pair of JSON files a split</source>
      <translation>REFER, je Aufteilung zwei JSON-Dateien</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Radius of the brush</source>
      <translation>Radius des Pinsels</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Random walker</source>
      <translation>Random Walker</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Re-run what the correction touched</source>
      <translation>Neu übertragen, was die Korrektur betrifft</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Read data set</source>
      <translation>Datensatz lesen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/importing.py</extracomment>
      <source>Reading</source>
      <translation>Liest</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Reading the data set</source>
      <translation>Der Datensatz wird gelesen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/dataset_source.py</extracomment>
      <source>Reading the names of the media</source>
      <translation>Die Namen der Medien werden gelesen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Reading the phrase</source>
      <translation>Die Phrase wird gelesen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Reading {value}</source>
      <translation>Lesart {value}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Reading {value}, {score:.0%} (press {value})</source>
      <translation>Lesart {value}, {score:.0%} ({value} drücken)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Reads</source>
      <translation>Liest</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Record as: nothing here</source>
      <translation>Festhalten: hier nichts</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Recorded: nothing here is “{strip}”.</source>
      <translation>Festgehalten: „{strip}“ ist hier nicht zu sehen.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Records that the phrase names nothing in this picture.</source>
      <translation>Hält fest, dass die Phrase in diesem Bild nichts benennt.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Records the phrase for the selected referent without running it.</source>
      <translation>Hält die Phrase für das gewählte Objekt fest, ohne sie auszuführen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Rectangle</source>
      <translation>Rechteck</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>RefCOCO with sentences that fit nothing, marked exist: false</source>
      <translation>RefCOCO mit Sätzen, zu denen nichts passt, markiert mit exist: false</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>RefSeg Annotator {version}, Apache-2.0. Type a phrase, get the mask, correct it, export.</source>
      <translation>RefSeg Annotator {version}, Apache-2.0. Phrase schreiben, Maske erhalten, korrigieren, exportieren.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>RefSeg projects (*.refseg)</source>
      <translation>RefSeg-Projekte (*.refseg)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Refer-YouTube-VOS submission</source>
      <translation>Refer-YouTube-VOS-Einreichung</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>ReferIt (as CMSA used it)</source>
      <translation>ReferIt (wie CMSA es nutzte)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/video_predictor.py</extracomment>
      <source>Referent {1} has no settled mask to follow; settle one on any frame first.</source>
      <translation>Objekt {1} hat keine bestätigte Maske, der zu folgen wäre; bestätigen Sie zuerst eine auf irgendeinem Frame.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Referent {1} is no longer in the project; choose another.</source>
      <translation>Das Objekt {1} ist nicht mehr im Projekt; wählen Sie ein anderes.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Referent {value}</source>
      <translation>Objekt {value}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Referent {value}, {title}</source>
      <translation>Objekt {value}, {title}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Referents</source>
      <translation>Objekte</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_panel.py</extracomment>
      <source>Referents  {count}</source>
      <translation>Objekte  {count}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_panel.py</extracomment>
      <source>Referents and their expressions</source>
      <translation>Objekte und ihre Ausdrücke</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>Referents of two pictures cannot be merged; click one of the same picture.</source>
      <translation>Objekte zweier Bilder können nicht vereint werden; klicken Sie eines desselben Bildes an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_points.py</extracomment>
      <source>Refine the mask</source>
      <translation>Maske verfeinern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_points.py</extracomment>
      <source>Refine with points</source>
      <translation>Mit Punkten verfeinern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Reject</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Reject proposal</source>
      <translation>Vorschlag verwerfen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>Remove expression</source>
      <translation>Ausdruck entfernen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>Remove mask</source>
      <translation>Maske entfernen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>Remove media</source>
      <translation>Medien entfernen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/edits.py</extracomment>
      <source>Remove medium</source>
      <translation>Medium entfernen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Remove picture from the project</source>
      <translation>Bild aus dem Projekt entfernen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/edits.py</extracomment>
      <source>Remove referent</source>
      <translation>Objekt entfernen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Remove {name}</source>
      <translation>{name} entfernen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>Removed {name} from the project; the file stays where it is.</source>
      <translation>{name} ist aus dem Projekt entfernt; die Datei bleibt, wo sie ist.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Rename referent</source>
      <translation>Objekt umbenennen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>Replace an earlier export there</source>
      <translation>Einen früheren Export dort ersetzen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_form.py</extracomment>
      <source>Report</source>
      <translation>Bericht</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Reviewed. Press {next_unreviewed} for the next unreviewed picture.</source>
      <translation>Geprüft. {next_unreviewed} für das nächste ungeprüfte Bild.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>Reword the phrase (F2), or mark the picture as reviewed (Ctrl+M).</source>
      <translation>Formulieren Sie die Phrase neu (F2), oder markieren Sie das Bild als geprüft (Strg+M).</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Run the whole sentence</source>
      <translation>Den ganzen Satz ausführen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Runs the expression; accepting replaces this referent's mask and no other.</source>
      <translation>Führt den Ausdruck aus; Annehmen ersetzt die Maske dieses Objekts und keine andere.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>SHA-256: {digest}</source>
      <translation>SHA-256: {digest}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Save a report...</source>
      <translation>Bericht speichern...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Save as {name}</source>
      <translation>Als {name} speichern</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Save now</source>
      <translation>Jetzt speichern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Save picture</source>
      <translation>Bild speichern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Save picture (PNG)...</source>
      <translation>Bild speichern (PNG)...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Save project as</source>
      <translation>Projekt speichern unter</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Save project as...</source>
      <translation>Projekt speichern unter...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/help_desk.py</extracomment>
      <source>Save report</source>
      <translation>Bericht speichern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Save table</source>
      <translation>Tabelle speichern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Save table (CSV)...</source>
      <translation>Tabelle speichern (CSV)...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Saved as {name}.</source>
      <translation>Als {name} gespeichert.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Saved as {name}; every further edit is saved there at once.</source>
      <translation>Als {name} gespeichert; jede weitere Änderung wird dort sofort gespeichert.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Say what you mean</source>
      <translation>Sagen Sie, was Sie meinen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Say what you mean in this picture; Enter runs the whole sentence.</source>
      <translation>Sagen Sie, was Sie in diesem Bild meinen; Enter führt den ganzen Satz aus.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/empty_state.py</extracomment>
      <source>Say what you mean. Get the mask.</source>
      <translation>Sagen, was gemeint ist. Die Maske erhalten.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Says that the doubtful item is right as it is, and goes to the next.</source>
      <translation>Sagt, dass die fragliche Stelle richtig ist, wie sie ist, und geht zur nächsten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Search actions and keys</source>
      <translation>Aktionen und Tasten suchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/guide_window.py</extracomment>
      <source>Search the guide</source>
      <translation>Handbuch durchsuchen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Seconds</source>
      <translation>Sekunden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Seed</source>
      <translation>Startwert</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Segment selected expression again</source>
      <translation>Gewählten Ausdruck neu segmentieren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Select</source>
      <translation>Auswählen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Select a referent to see what it is and where its mask came from.</source>
      <translation>Wählen Sie ein Objekt, um zu sehen, was es ist und woher seine Maske kommt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Select the mask below the selected one</source>
      <translation>Die Maske unter der gewählten auswählen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Select the referent that the phrase means first.</source>
      <translation>Wählen Sie erst das Objekt, das die Phrase meint.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>Select the referent to erase from first.</source>
      <translation>Wählen Sie erst das Objekt, von dem radiert wird.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Select the referent to mark as absent first.</source>
      <translation>Wählen Sie erst das Objekt, das hier fehlt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Select the referent to propagate again first.</source>
      <translation>Wählen Sie erst das Objekt, das neu übertragen werden soll.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Select the referent to settle first.</source>
      <translation>Wählen Sie erst das Objekt, dessen Maske bestätigt werden soll.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Select the referent whose mask is to change first.</source>
      <translation>Wählen Sie erst das Objekt, dessen Maske sich ändern soll.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Separate parts of fewer pixels go.</source>
      <translation>Getrennte Teile mit weniger Pixeln fallen weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Set author</source>
      <translation>Autor setzen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Set category</source>
      <translation>Kategorie setzen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Set colour</source>
      <translation>Farbe setzen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>Set mask</source>
      <translation>Maske setzen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>Set split</source>
      <translation>Aufteilung setzen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/settings_dialog.py</extracomment>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Settings...</source>
      <translation>Einstellungen...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_sheet.py</extracomment>
      <source>Settle a mask on any frame (a phrase, or B and paint), then press F to carry it on.</source>
      <translation>Bestätigen Sie auf einem Frame eine Maske (eine Phrase, oder B und malen) und drücken Sie F, um sie weiterzutragen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>Settle keyframes</source>
      <translation>Keyframes bestätigen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Settle or unsettle keyframe</source>
      <translation>Keyframe bestätigen oder lösen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>Settled frames are never changed. The masks are on offer first: nothing is kept before Accept.</source>
      <translation>Bestätigte Frames werden nie geändert. Die Masken werden erst angeboten: Vor dem Annehmen wird nichts behalten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Settled {count:,} frame. {told}</source>
      <translation>{count:,} Frame bestätigt. {told}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Settled {count:,} frames. {told}</source>
      <translation>{count:,} Frames bestätigt. {told}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Settles that the selected referent is not to be seen on this frame.</source>
      <translation>Bestätigt, dass das gewählte Objekt auf diesem Frame nicht zu sehen ist.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Settles the doubtful masks around this frame as they are.</source>
      <translation>Bestätigt die fraglichen Masken um diesen Frame, wie sie sind.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Several phrases may name one object, and one phrase several. {new_expression} adds a phrase to the selected one.</source>
      <translation>Mehrere Phrasen können ein Objekt benennen und eine Phrase mehrere. {new_expression} fügt dem gewählten eine Phrase hinzu.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shapes add</source>
      <translation>Formen fügen hinzu</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shapes intersect</source>
      <translation>Formen schneiden</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shapes take away</source>
      <translation>Formen nehmen weg</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Share of {split}</source>
      <translation>Anteil von {split}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Shares</source>
      <translation>Anteile</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Shift+click</source>
      <translation>Umschalt+Klick</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Show</source>
      <translation>Einblenden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Show the whole clip</source>
      <translation>Den ganzen Clip zeigen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shows a phrase without its mask; you segment it, and the agreement is recorded.</source>
      <translation>Zeigt eine Phrase ohne ihre Maske; Sie segmentieren, die Übereinstimmung wird festgehalten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Shrink</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Shrink mask...</source>
      <translation>Maske verkleinern...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Size of the brush</source>
      <translation>Größe des Pinsels</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Skip</source>
      <translation>Überspringen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Smaller brush</source>
      <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>Smooth</source>
      <translation>Glätten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Smooth outline...</source>
      <translation>Umriss glätten...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>Source</source>
      <translation>Herkunft</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Speed</source>
      <translation>Tempo</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>Split into parts</source>
      <translation>In Teile trennen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Split media</source>
      <translation>Medien aufteilen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Split media...</source>
      <translation>Medien aufteilen...</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Split parts into referents</source>
      <translation>Teile in Objekte trennen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_desk.py</extracomment>
      <source>Split the mask into {value} referents.</source>
      <translation>Die Maske ist in {value} Objekte getrennt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Split {count:,} picture.</source>
      <translation>{count:,} Bild aufgeteilt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Split {count:,} pictures.</source>
      <translation>{count:,} Bilder aufgeteilt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Splits</source>
      <translation>Aufteilungen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Stage</source>
      <translation>Bühne</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Start</source>
      <translation>Starten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>States of media</source>
      <translation>Zustände der Medien</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Statistics</source>
      <translation>Statistik</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Statistics of the project</source>
      <translation>Statistik des Projekts</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Statistics...</source>
      <translation>Statistik...</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Stop propagating</source>
      <translation>Übertragung anhalten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>Stop this work</source>
      <translation>Diese Arbeit anhalten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>Stopped before any mask had been carried; nothing has changed.</source>
      <translation>Gestoppt, bevor eine Maske übertragen war; nichts hat sich geändert.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>Stopped.</source>
      <translation>Angehalten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_form.py</extracomment>
      <source>Stopped; nothing was left behind.</source>
      <translation>Angehalten; nichts blieb zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Strokes</source>
      <translation>Striche</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Study an object before following it</source>
      <translation>Objekt vor dem Verfolgen lernen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Subtract</source>
      <translation>Abziehen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_pieces.py</extracomment>
      <source>Superpixels</source>
      <translation>Superpixel</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Superpixels: takes pieces of one colour.</source>
      <translation>Superpixel: nimmt Stücke einer Farbe.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Table of phrases</source>
      <translation>Phrasentabelle</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Tables (*.csv *.tsv *.txt)</source>
      <translation>Tabellen (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>Tables (*.csv)</source>
      <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/importing.py</extracomment>
      <source>Take back the import</source>
      <translation>Import zurücknehmen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Take back the last corner or point</source>
      <translation>Letzte Ecke oder letzten Punkt zurücknehmen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Takes away from the mask; Ctrl adds.</source>
      <translation>Nimmt von der Maske weg; Strg fügt hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/settings_dialog.py</extracomment>
      <source>Takes effect after a restart.</source>
      <translation>Gilt nach einem Neustart.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Takes the masks on offer of the selected referent, on all frames, into the project; the rest waits.</source>
      <translation>Nimmt die angebotenen Masken des gewählten Objekts auf allen Frames ins Projekt auf; der Rest wartet.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Takes the photos of the folder opened last as the frames of one clip.</source>
      <translation>Nimmt die Fotos des zuletzt geöffneten Ordners als Frames eines Clips.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Takes the selected referent's mask on offer, or else all of this frame, into the project; the rest waits.</source>
      <translation>Nimmt die angebotene Maske des gewählten Objekts, sonst alle dieses Frames, ins Projekt auf; der Rest wartet.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Ten frames ahead</source>
      <translation>Zehn Frames vor</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Ten frames back</source>
      <translation>Zehn Frames zurück</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>That did not work; the message below says why. Enter tries again.</source>
      <translation>Das ging nicht; die Meldung unten sagt, warum. Enter versucht es noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_desk.py</extracomment>
      <source>The blind check was left; nothing of it was recorded.</source>
      <translation>Die Blindprüfung ist verlassen; nichts davon wurde festgehalten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>The catalogue {1} cannot be read ({2}); mend or remove it.</source>
      <translation>Der Katalog {1} kann nicht gelesen werden ({2}); reparieren oder entfernen Sie ihn.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/proposal_edit.py</extracomment>
      <source>The chosen referent is locked; unlock it, or accept as a new one.</source>
      <translation>Das gewählte Objekt ist gesperrt; geben Sie es frei, oder nehmen Sie den Vorschlag als neues an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>The clip does not say how fast it runs; 24 frames a second taken</source>
      <translation>Der Clip sagt nicht, wie schnell er läuft; angenommen sind 24 Frames je Sekunde</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>The clip ends with frame {1}; choose a range that does not go beyond it.</source>
      <translation>Der Clip endet mit Frame {1}; wählen Sie einen Bereich, der nicht darüber hinausgeht.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>The clip ends with frame {1}; choose frames that are part of it.</source>
      <translation>Der Clip endet mit Frame {1}; wählen Sie Frames, die dazugehören.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>The clip ends with frame {last:,}; type a number up to it.</source>
      <translation>Der Clip endet mit Frame {last:,}; geben Sie eine Zahl bis dorthin ein.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>The clip is not open yet, so its times are not known; wait a moment, or type a frame's number.</source>
      <translation>Der Clip ist noch nicht geöffnet, daher sind seine Zeiten nicht bekannt; warten Sie einen Moment oder geben Sie die Nummer eines Frames ein.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>The clip is not open yet; wait a moment and propagate again.</source>
      <translation>Der Clip ist noch nicht offen; warten Sie kurz und übertragen Sie noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>The column {1} of {2} names files; call it 'image'.</source>
      <translation>Die Spalte {1} von {2} nennt Dateien; nennen Sie sie 'image'.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>The data set becomes part of this project, as one step that can be undone.</source>
      <translation>Der Datensatz wird Teil dieses Projekts, in einem Schritt, der rückgängig zu machen ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The device {1} failed ({2}); choose 'cpu'.</source>
      <translation>Das Gerät {1} versagte ({2}); wählen Sie 'cpu'.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>The disk is full, so {1} could not be saved; free some space or save the project elsewhere: until then the edits stay in memory.</source>
      <translation>Der Datenträger ist voll, deshalb wurde {1} nicht gespeichert; schaffen Sie Platz oder speichern Sie das Projekt woanders: bis dahin bleiben die Änderungen im Speicher.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/lock.py</extracomment>
      <source>The disk of {1} cannot lock files ({2}), so two people could overwrite each other's work; copy the project to a local disk.</source>
      <translation>Der Datenträger von {1} kann Dateien nicht sperren ({2}), zwei Leute könnten also ihre Arbeit überschreiben; kopieren Sie das Projekt auf einen lokalen Datenträger.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/disk_room.py</extracomment>
      <source>The disk of {1} has only {2} MB left, and the next part of what is to be written may need {3} MB; free some space first.</source>
      <translation>Auf der Festplatte von {1} sind nur noch {2} MB frei, und der nächste Teil dessen, was geschrieben werden soll, kann {3} MB brauchen; schaffen Sie zuerst Platz.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The disk refuses to keep a model in {1} ({2}); free some space or mend its permissions.</source>
      <translation>Der Datenträger nimmt kein Modell in {1} an ({2}); schaffen Sie Platz oder ändern Sie die Rechte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>The edits since then are in memory only and go with the window.</source>
      <translation>Die Änderungen seither sind nur im Arbeitsspeicher und gehen mit dem Fenster verloren.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The file stays where it is.</source>
      <translation>Die Datei bleibt, wo sie ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>The file {name!r} is missing.</source>
      <translation>Die Datei {name!r} fehlt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/propagation_blend.py</extracomment>
      <source>The folder for temporary files, {1}, takes no more ({2}); make room there or propagate a shorter range.</source>
      <translation>Der Ordner für temporäre Dateien, {1}, nimmt nichts mehr an ({2}); schaffen Sie dort Platz oder übertragen Sie einen kürzeren Bereich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>The folder {1} does not exist; make it first, or choose another place.</source>
      <translation>Den Ordner {1} gibt es nicht; legen Sie ihn erst an oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>The folder {1} holds no model, for there is no {2}; name one that does.</source>
      <translation>Der Ordner {1} enthält kein Modell, denn {2} fehlt; nennen Sie einen, der eines enthält.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>The format wrote {1} where one was expected; name a folder instead.</source>
      <translation>Das Format schrieb {1} statt einer; nennen Sie einen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>The former project could not be closed: {error}</source>
      <translation>Das vorige Projekt konnte nicht geschlossen werden: {error}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>The frame on show; type a number, or a time such as 0:48.5, and press Enter</source>
      <translation>Der gezeigte Frame; geben Sie eine Zahl oder eine Zeit wie 0:48,5 ein und drücken Sie Enter</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The graphics memory is full; close other programs or choose the device 'cpu'.</source>
      <translation>Der Grafikspeicher ist voll; schließen Sie andere Programme oder wählen Sie das Gerät 'cpu'.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>The keys are in {file}.</source>
      <translation>Die Tasten stehen in {file}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>The keys of {file} are in use.</source>
      <translation>Die Tasten aus {file} gelten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>The last frame lies before the first.</source>
      <translation>Der letzte Frame liegt vor dem ersten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>The loaded model has no part that looks across frames, so masks are carried by optical flow: quick, but lost once the object is hidden. Check the frames, or choose a model with a cross-frame part in the settings.</source>
      <translation>Das geladene Modell hat keinen Teil, der über Frames blickt, daher trägt der optische Fluss die Masken: schnell, aber verloren, sobald das Objekt verdeckt ist. Prüfen Sie die Frames oder wählen Sie in den Einstellungen ein Modell mit diesem Teil.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The mask falls into parts.</source>
      <translation>Die Maske zerfällt in Teile.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The mask grows, shrinks or goes all at once.</source>
      <translation>Die Maske wächst, schrumpft oder verschwindet auf einmal.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The mask jumps away from where it was.</source>
      <translation>Die Maske springt von ihrem Ort weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>The mask of {1} is in one piece; there is nothing to split.</source>
      <translation>Die Maske von {1} ist aus einem Stück; es gibt nichts zu trennen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>The mask of {1} is in {2} parts; drop its specks first (Shift+X).</source>
      <translation>Die Maske von {1} hat {2} Teile; entfernen Sie erst ihre Flecken (Umschalt+X).</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>The mask on frame {1} is settled; delete it first, or correct it there.</source>
      <translation>Die Maske auf Frame {1} ist bestätigt; löschen Sie sie erst oder korrigieren Sie sie dort.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/propagation.py</extracomment>
      <source>The mask on frame {1} is {2} x {3} pixels where the clip has {4} x {5}; put the clip back that the mask was drawn on.</source>
      <translation>Die Maske auf Frame {1} hat {2} x {3} Pixel, der Clip {4} x {5}; legen Sie den Clip zurück, auf dem sie gezeichnet wurde.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_masks.py</extracomment>
      <source>The mask on this frame is only on offer; K settles it, Shift+Backspace discards it, O says that the referent is not here, Enter accepts all that is on offer.</source>
      <translation>Die Maske auf diesem Frame ist nur im Angebot; K bestätigt sie, Umschalt+Rücktaste verwirft sie, O sagt, dass das Objekt hier fehlt, Enter nimmt alles im Angebot an.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The masks from the keyframe before and the one behind do not agree.</source>
      <translation>Die Masken vom Keyframe davor und vom Keyframe danach stimmen nicht überein.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>The masks of {1} are not loaded yet; open it first.</source>
      <translation>Die Masken von {1} sind noch nicht geladen; öffnen Sie es erst.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>The masks of {1} do not fit it ({2}); go back to a copy of the project.</source>
      <translation>Die Masken von {1} passen nicht dazu ({2}); greifen Sie auf eine Kopie des Projekts zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>The masks of {1} need {2} GB of memory, more than the {3} GB allowed; split the clip into shorter ones.</source>
      <translation>Die Masken von {1} brauchen {2} GB Speicher, mehr als die erlaubten {3} GB; teilen Sie den Clip in kürzere.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model also read it as “{phrase}”.</source>
      <translation>Das Modell hat auch „{phrase}“ gelesen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The model does not fit the device {1} ({2}); choose 'cpu'.</source>
      <translation>Das Modell passt nicht auf das Gerät {1} ({2}); wählen Sie 'cpu'.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model does not know {verb} and passed over: {words}.</source>
      <translation>Das Modell kennt {verb} nicht und überging: {words}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model does not know {verb}: {words}.</source>
      <translation>Das Modell kennt {verb} nicht: {words}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/proposal_edit.py</extracomment>
      <source>The model drew no mask for {1}; paint it, or mark that nothing here is meant.</source>
      <translation>Das Modell zeichnete keine Maske für {1}; malen Sie sie, oder markieren Sie, dass hier nichts gemeint ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>The model goes by what things look like, GrabCut by colours and edges, the random walker by edges and nearness to the points.</source>
      <translation>Das Modell geht danach, wie Dinge aussehen, GrabCut nach Farben und Kanten, der Random Walker nach Kanten und Nähe zu den Punkten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>The model is asked in the background; you can go on working. Its masks are proposals, not settled, and their pictures are in work. Phrases that fit nothing are kept as “probably not here”. J goes to what is doubtful. What is answered is not asked again.</source>
      <translation>Das Modell wird im Hintergrund befragt; Sie können weiterarbeiten. Seine Masken sind unbestätigte Vorschläge, ihre Bilder sind in Arbeit. Phrasen, zu denen nichts passt, bleiben als „wohl nicht da“. J geht zu dem, was fraglich ist. Was beantwortet ist, wird nicht noch einmal gefragt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>The model is being loaded.</source>
      <translation>Das Modell wird geladen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting_tools.py</extracomment>
      <source>The model is not loaded yet; colours answer clicks until it is.</source>
      <translation>Das Modell ist noch nicht geladen; bis dahin antworten Farben auf Klicks.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model is not sure and asks frames around this one; the mask may change. Enter accepts it as it is, Esc rejects.</source>
      <translation>Das Modell ist sich nicht sicher und befragt die Frames ringsum; die Maske kann sich noch ändern. Enter nimmt sie an, wie sie ist, Esc verwirft sie.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>The model is not sure of the mask.</source>
      <translation>Das Modell ist sich der Maske nicht sicher.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>The model reads {max_words} words; the rest went unread.</source>
      <translation>Das Modell liest {max_words} Wörter; der Rest blieb ungelesen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/bundle_files.py</extracomment>
      <source>The model {1} cannot be used, for its {2} cannot be read; fetch it again.</source>
      <translation>Das Modell {1} kann nicht verwendet werden, denn sein {2} lässt sich nicht lesen; holen Sie es noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/bundle_files.py</extracomment>
      <source>The model {1} cannot be used, for its {2} is far too large; fetch it again.</source>
      <translation>Das Modell {1} kann nicht verwendet werden, denn sein {2} ist viel zu groß; holen Sie es noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/bundle_files.py</extracomment>
      <source>The model {1} cannot be used, for its {2} is not as it should be ({3}); fetch it again.</source>
      <translation>Das Modell {1} kann nicht verwendet werden, denn sein {2} ist nicht, wie es sein soll ({3}); holen Sie es noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/bundles.py</extracomment>
      <source>The model {1} cannot be used, for its {2} {3}; fetch it again.</source>
      <translation>Das Modell {1} kann nicht verwendet werden, denn sein {2} {3}; holen Sie es noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/bundles.py</extracomment>
      <source>The model {1} carries no cross-frame part to follow masks through clips; use a model that does, or follow them by optical flow.</source>
      <translation>Das Modell {1} hat keinen frameübergreifenden Teil, um Masken durch Clips zu verfolgen; nehmen Sie eines, das ihn hat, oder folgen Sie ihnen mit optischem Fluss.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>The model {1} comes under the licence {2}; it is installed once that is accepted.</source>
      <translation>Das Modell {1} steht unter der Lizenz {2}; es wird installiert, sobald sie angenommen ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/propagation_sweep.py</extracomment>
      <source>The model {1} gave no mask of the frame's size for referent {2} on frame {3}; use another model.</source>
      <translation>Das Modell {1} gab auf Frame {3} keine Maske in Framegröße für Objekt {2}; nehmen Sie ein anderes Modell.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The model {1} gave no numbers on {2}; choose the device 'cpu'.</source>
      <translation>Das Modell {1} gab auf {2} keine Zahlen; wählen Sie das Gerät 'cpu'.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/torch_predictor.py</extracomment>
      <source>The model {1} reads no clicks; correct the mask by colours instead.</source>
      <translation>Das Modell {1} liest keine Klicks; die Maske stattdessen nach Farben korrigieren.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>The model {name} is installed.</source>
      <translation>Das Modell {name} ist installiert.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting_tools.py</extracomment>
      <source>The model {name} reads no clicks; colours answer them.</source>
      <translation>Das Modell {name} liest keine Klicks; Farben antworten darauf.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>The new key: press it here</source>
      <translation>Die neue Taste: hier drücken</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>The next thing to do</source>
      <translation>Was als Nächstes zu tun ist</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>The phrase names nothing in this picture (G)</source>
      <translation>Die Phrase benennt in diesem Bild nichts (G)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting_tools.py</extracomment>
      <source>The picture is not open yet; wait a moment and click again.</source>
      <translation>Das Bild ist noch nicht offen; warten Sie kurz und klicken Sie noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>The picture is not open yet; wait a moment and paint again.</source>
      <translation>Das Bild ist noch nicht offen; warten Sie kurz und malen Sie noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_pieces.py</extracomment>
      <source>The picture is still being cut into pieces; click again in a moment.</source>
      <translation>Das Bild wird noch zerlegt; klicken Sie gleich noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/predictor.py</extracomment>
      <source>The picture was encoded by another model; encode it again with this one.</source>
      <translation>Das Bild wurde von einem anderen Modell kodiert; kodieren Sie es mit diesem neu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/canvas.py</extracomment>
      <source>The picture with its masks; tools work here.</source>
      <translation>Das Bild mit seinen Masken; hier arbeiten die Werkzeuge.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>The plan stands here before anything is changed.</source>
      <translation>Der Plan steht hier, bevor etwas geändert wird.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>The project has no file; Ctrl+Shift+S gives it one.</source>
      <translation>Das Projekt hat keine Datei; Strg+Umschalt+S gibt ihm eine.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>The project {1} is damaged ({2}); go back to a copy of it.</source>
      <translation>Das Projekt {1} ist beschädigt ({2}); greifen Sie auf eine Kopie zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>The propagated masks on offer are those of this clip; look at them, then press Enter.</source>
      <translation>Die angebotenen übertragenen Masken gehören zu diesem Clip; sehen Sie sie an und drücken Sie Enter.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/proposal_edit.py</extracomment>
      <source>The proposal is for another picture; choose a referent of its own.</source>
      <translation>Der Vorschlag gilt einem anderen Bild; wählen Sie ein Objekt von dort.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>The selected referent has no mask here; paint one first, or run one of its phrases.</source>
      <translation>Das gewählte Objekt hat hier keine Maske; malen Sie erst eine oder führen Sie eine seiner Phrasen aus.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>The selected referent is locked; press {toggle_locked} to unlock it.</source>
      <translation>Das gewählte Objekt ist gesperrt; {toggle_locked} gibt es frei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/settings.py</extracomment>
      <source>The setting {1} takes {2}, not {3}.</source>
      <translation>Die Einstellung {1} nimmt {2}, nicht {3}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/settings.py</extracomment>
      <source>The settings could not be written to {1} ({2}); mend its folder's permissions or free some space.</source>
      <translation>Die Einstellungen konnten nicht nach {1} geschrieben werden ({2}); ändern Sie die Rechte des Ordners oder schaffen Sie Platz.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/splits.py</extracomment>
      <source>The shares of the splits should be positive numbers for train, val and test.</source>
      <translation>Die Anteile sollten positive Zahlen für train, val und test sein.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>The square whose mean colour the wand goes by.</source>
      <translation>Das Quadrat, nach dessen mittlerer Farbe der Zauberstab geht.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>The stroke lies outside the picture; paint inside it.</source>
      <translation>Der Strich liegt außerhalb des Bildes; malen Sie darin.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>The transfer was stopped; nothing was left behind.</source>
      <translation>Die Übertragung wurde angehalten; nichts blieb zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The weights of {1} are cut off or have something behind them; fetch it again.</source>
      <translation>Die Gewichte von {1} sind abgeschnitten oder haben etwas dahinter; holen Sie sie noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The weights of {1} are not in the safetensors format; fetch it again.</source>
      <translation>Die Gewichte von {1} sind nicht im Format safetensors; holen Sie sie noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The weights of {1} have a damaged header; fetch it again.</source>
      <translation>Die Gewichte von {1} haben einen beschädigten Kopf; holen Sie sie noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>The weights of {1} overlap or leave gaps; fetch it again.</source>
      <translation>Die Gewichte von {1} überlappen oder haben Lücken; holen Sie sie noch einmal.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Theme</source>
      <translation>Farbschema</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/assist.py</extracomment>
      <source>There are {1} candidates; press a digit up to that.</source>
      <translation>Es gibt {1} Kandidaten; drücken Sie eine Ziffer bis dahin.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>There is a model {1} already; replace it, or give this one another name.</source>
      <translation>Es gibt schon ein Modell {1}; ersetzen Sie es, oder geben Sie diesem einen anderen Namen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>There is neither a file nor a model {1} to fetch; give the address of a bundle, its zip or its folder.</source>
      <translation>Es gibt weder eine Datei noch ein Modell {1} zu holen; geben Sie die Adresse eines Modells an, sein Zip oder seinen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>There is neither a file nor a model {1} to fetch; known by name: {2}.</source>
      <translation>Es gibt weder eine Datei noch ein Modell {1} zu holen; mit Namen bekannt: {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keymap.py</extracomment>
      <source>There is no action {name} whose keys can be changed; it was left out.</source>
      <translation>Es gibt keine Aktion {name}, deren Tasten geändert werden können; sie blieb weg.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>There is no folder that was opened as photos just now; open one as a clip instead.</source>
      <translation>Gerade wurde kein Ordner als Fotos geöffnet; öffnen Sie stattdessen einen als Clip.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>There is no keyframe after this frame.</source>
      <translation>Nach diesem Frame gibt es keinen Keyframe.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>There is no keyframe before this frame.</source>
      <translation>Vor diesem Frame gibt es keinen Keyframe.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>There is no mask on this frame to settle; draw one, or mark the referent absent.</source>
      <translation>Auf diesem Frame ist keine Maske zu bestätigen; zeichnen Sie eine, oder markieren Sie das Objekt als fehlend.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>There is no mask to start from; draw one on this frame, or settle one on another.</source>
      <translation>Es gibt keine Maske, von der man ausgehen könnte; zeichnen Sie eine auf diesem Frame, oder bestätigen Sie eine auf einem anderen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>There is no mask to start from; draw one on this frame, or type a phrase.</source>
      <translation>Es gibt keine Maske, von der auszugehen wäre; zeichnen Sie eine auf diesem Frame oder schreiben Sie eine Phrase.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/bundles.py</extracomment>
      <source>There is no model {1}, nor any other; put a bundle into {2}.</source>
      <translation>Es gibt kein Modell {1} und auch kein anderes; legen Sie eines in {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/inference/bundles.py</extracomment>
      <source>There is no model {1}; choose one of {2}.</source>
      <translation>Es gibt kein Modell {1}; wählen Sie eines von {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate_start.py</extracomment>
      <source>There is no open frame in that direction; go the other way or choose another frame.</source>
      <translation>In dieser Richtung gibt es keinen offenen Frame; gehen Sie in die andere oder wählen Sie einen anderen Frame.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>There is no other referent's mask; click one, or press Esc.</source>
      <translation>Dort ist keine Maske eines anderen Objekts; klicken Sie auf eine oder drücken Sie Esc.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/assist.py</extracomment>
      <source>There is no proposal; type a phrase and press Enter first.</source>
      <translation>Es gibt keinen Vorschlag; schreiben Sie erst eine Phrase und drücken Sie Enter.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>There is no referent in this picture yet; paint one, or run a phrase.</source>
      <translation>In diesem Bild gibt es noch kein Objekt; malen Sie eines, oder fragen Sie mit einer Phrase.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/settings.py</extracomment>
      <source>There is no setting {1}; the settings are {2}.</source>
      <translation>Es gibt keine Einstellung {1}; die Einstellungen sind {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>There is no unnamed project to open.</source>
      <translation>Es gibt kein unbenanntes Projekt zu öffnen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>There is no {1}; check the name, or whether its drive is connected.</source>
      <translation>Es gibt kein {1}; prüfen Sie den Namen, oder ob sein Laufwerk angeschlossen ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>There is no {1}; check the name.</source>
      <translation>Es gibt kein {1}; prüfen Sie den Namen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>There is nothing left to decide here; go to the next one.</source>
      <translation>Hier bleibt nichts zu entscheiden; gehen Sie zum nächsten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>There is nothing to accept; propagate a mask first.</source>
      <translation>Es gibt nichts anzunehmen; übertragen Sie erst eine Maske.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate.py</extracomment>
      <source>There is nothing to discard here; no propagated mask is on offer on this frame.</source>
      <translation>Hier gibt es nichts zu verwerfen; auf diesem Frame ist keine übertragene Maske angeboten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>There is nothing to export; add photos or clips first.</source>
      <translation>Es gibt nichts zu exportieren; fügen Sie erst Fotos oder Clips hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/assist.py</extracomment>
      <source>There is only one candidate; press 1 for it.</source>
      <translation>Es gibt nur einen Kandidaten; drücken Sie 1 dafür.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>There was no phrase to ask.</source>
      <translation>Es gab keine Phrase zu fragen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>This expression is no longer part of the project; choose another one.</source>
      <translation>Dieser Ausdruck gehört nicht mehr zum Projekt; wählen Sie einen anderen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>This frame is not doubtful; press Q for the next one that is.</source>
      <translation>Dieser Frame ist nicht fraglich; Q geht zum nächsten, der es ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>This is the last frame; there is no next one to copy the mask to.</source>
      <translation>Dies ist der letzte Frame; es gibt keinen nächsten, auf den die Maske kopiert werden könnte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>This line always says it. At its right: the model and the device it runs on. {palette} finds any action, {shortcuts} lists the keys.</source>
      <translation>Diese Zeile sagt es immer. Rechts davon: das Modell und das Gerät, auf dem es läuft. {palette} findet jede Aktion, {shortcuts} zeigt die Tasten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_desk.py</extracomment>
      <source>This phrase has no mask yet that it could be checked against.</source>
      <translation>Zu dieser Phrase gibt es noch keine Maske, mit der sie verglichen werden könnte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>This phrase is among those of this picture already.</source>
      <translation>Diese Phrase steht schon unter denen dieses Bildes.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/session.py</extracomment>
      <source>This picture is no longer part of the project; choose another one.</source>
      <translation>Dieses Bild gehört nicht mehr zum Projekt; wählen Sie ein anderes.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools.py</extracomment>
      <source>This place belongs to the mask already; click a hole in it, or hold Ctrl to empty a part.</source>
      <translation>Diese Stelle gehört schon zur Maske; klicken Sie ein Loch darin an, oder halten Sie Strg, um einen Teil zu leeren.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>This referent is no longer part of the project; choose another one.</source>
      <translation>Dieses Objekt gehört nicht mehr zum Projekt; wählen Sie ein anderes.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_form.py</extracomment>
      <source>This was the project before; open the dialog anew for the one open now.</source>
      <translation>Das war das vorige Projekt; öffnen Sie den Dialog für das jetzt offene neu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Throw away {name}</source>
      <translation>{name} verwerfen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/thumbnails.py</extracomment>
      <source>Thumbnail</source>
      <translation>Vorschaubild</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_thumbnails.py</extracomment>
      <source>Thumbnails of frames</source>
      <translation>Vorschaubilder der Frames</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Time per mask</source>
      <translation>Zeit je Maske</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Timeline</source>
      <translation>Zeitleiste</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Tolerance</source>
      <translation>Toleranz</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/canvas_tools.py</extracomment>
      <source>Tool</source>
      <translation>Werkzeug</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Tool strip</source>
      <translation>Werkzeugleiste</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Tools</source>
      <translation>Werkzeuge</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>Tour of the window</source>
      <translation>Rundgang durch das Fenster</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>Try again</source>
      <translation>Noch einmal versuchen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Type a few letters of what you want to do, or of a file's name.</source>
      <translation>Schreiben Sie ein paar Buchstaben von dem, was Sie tun wollen, oder von einem Dateinamen.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Type a phrase</source>
      <translation>Phrase schreiben</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Type the phrase first; Shift+Enter then adds it to the selected referent.</source>
      <translation>Schreiben Sie erst die Phrase; Umschalt+Enter fügt sie dann dem gewählten Objekt hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Type the phrase that names nothing here first, then press G.</source>
      <translation>Schreiben Sie erst die Phrase, die hier nichts benennt, dann drücken Sie G.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/window_verbs.py</extracomment>
      <source>Type the phrase; Shift+Enter adds it to the selected referent.</source>
      <translation>Schreiben Sie die Phrase; Umschalt+Enter fügt sie dem gewählten Objekt hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_verbs.py</extracomment>
      <source>Type what you mean first, for example: the dog on the left.</source>
      <translation>Schreiben Sie erst auf Englisch, was Sie meinen, zum Beispiel: the dog on the left.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>Type what you mean, for example: the dog on the left</source>
      <translation>Schreiben Sie auf Englisch, was Sie meinen, zum Beispiel: the dog on the left</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_edits.py</extracomment>
      <source>Unassign expression</source>
      <translation>Zuordnung des Ausdrucks lösen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Under</source>
      <translation>Unter</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>Unlock</source>
      <translation>Freigeben</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>Up to</source>
      <translation>Bis</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Use it as well</source>
      <translation>Zusätzlich verwenden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Use this key</source>
      <translation>Diese Taste verwenden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Use this model</source>
      <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>Use this split</source>
      <translation>Diese Aufteilung verwenden</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>Version</source>
      <translation>Version</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>Wait for the mask, or press {reject} to stop.</source>
      <translation>Warten Sie auf die Maske, oder halten Sie mit {reject} an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/palette.py</extracomment>
      <source>What do you want to do, or which picture?</source>
      <translation>Was möchten Sie tun, oder welches Bild?</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>What expressions mean</source>
      <translation>Was Ausdrücke meinen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>What has arrived stays on offer.</source>
      <translation>Was angekommen ist, bleibt im Angebot.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>What is doubtful</source>
      <translation>Was fraglich ist</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>What is locked stays on offer; unlock it to accept it.</source>
      <translation>Gesperrtes bleibt im Angebot; geben Sie es frei, um es anzunehmen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>What is thinner goes, what is narrower closes.</source>
      <translation>Dünneres fällt weg, Engeres schließt sich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>What looks most like it is hardly “{colour}”.</source>
      <translation>Was dem am nächsten kommt, ist kaum „{colour}“.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>What one can filter by</source>
      <translation>Wonach gefiltert werden kann</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_panel.py</extracomment>
      <source>What the project has here is hidden while it is checked blindly.</source>
      <translation>Was das Projekt hier hat, ist verborgen, solange es blind geprüft wird.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>What the shapes mean</source>
      <translation>Was die Formen bedeuten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/blind_check.py</extracomment>
      <source>What this phrase means has no mask on this frame; choose a frame that has one.</source>
      <translation>Was diese Phrase meint, hat auf diesem Frame keine Maske; wählen Sie einen Frame mit einer.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>What to do next</source>
      <translation>Was als Nächstes zu tun ist</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/palette.py</extracomment>
      <source>What was found</source>
      <translation>Was gefunden wurde</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>What {1} sends could be exchanged on its way; give its SHA-256 with it, or an address of https.</source>
      <translation>Was {1} sendet, könnte unterwegs ausgetauscht werden; geben Sie die SHA-256 dazu an, oder eine https-Adresse.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>What {1} sends has another SHA-256 than it should have; it is damaged or was exchanged, so it was thrown away; ask whoever gave you the address.</source>
      <translation>Was {1} sendet, hat eine andere SHA-256, als es haben soll; es ist beschädigt oder wurde ausgetauscht und darum weggeworfen; fragen Sie, wer Ihnen die Adresse gab.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>Where</source>
      <translation>Wo</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Where are the {count:,} missing files now?</source>
      <translation>Wo liegen die {count:,} fehlenden Dateien jetzt?</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>Where is the missing file now?</source>
      <translation>Wo liegt die fehlende Datei jetzt?</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Where masks came from</source>
      <translation>Woher Masken kommen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>While held, dragging moves the picture; so does the middle button. A tap plays the clip.</source>
      <translation>Solange gehalten, verschiebt Ziehen das Bild; so auch die mittlere Maustaste. Ein Antippen spielt den Clip.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>While held, the photo alone.</source>
      <translation>Solange gehalten, nur das Foto.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>While held, what lies under the pointer, magnified.</source>
      <translation>Solange gehalten: was unter dem Zeiger liegt, vergrößert.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Width of outlines</source>
      <translation>Breite der Umrisse</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>Words of the name or of a phrase; the funnel shows what else there is.</source>
      <translation>Wörter des Namens oder einer Phrase; der Trichter zeigt, was es sonst gibt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>Words per expression</source>
      <translation>Wörter je Ausdruck</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/busy.py</extracomment>
      <source>Working</source>
      <translation>In Arbeit</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>Write a phrase first.</source>
      <translation>Schreiben Sie erst eine Phrase.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/help_desk.py</extracomment>
      <source>Write report</source>
      <translation>Bericht schreiben</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>YOLO segmentation</source>
      <translation>YOLO-Segmentierung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>You chose {name}, which is not among the models here.</source>
      <translation>Sie haben {name} gewählt, das nicht unter den Modellen hier ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>You chose {name}: it reads phrases on photos and on frames of clips.</source>
      <translation>Sie haben {name} gewählt: Es liest Phrasen zu Fotos und zu Frames von Clips.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>You drew a mask, dashed; the project says that it is not here.</source>
      <translation>Sie haben eine Maske gezeichnet, gestrichelt; das Projekt sagt, dass es nicht da ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_desk.py</extracomment>
      <source>You have checked every phrase that has a mask.</source>
      <translation>Sie haben jede Phrase geprüft, die eine Maske hat.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>You say that it is not here; the project has a mask.</source>
      <translation>Sie sagen, dass es nicht da ist; das Projekt hat eine Maske.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Your name, written into what you make</source>
      <translation>Ihr Name, der in Ihre Arbeit geschrieben wird</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/blind_strip.py</extracomment>
      <source>Yours is dashed, {mine} px; the project's has {theirs} px.</source>
      <translation>Ihre ist gestrichelt, {mine} px; die des Projekts hat {theirs} px.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/help_desk.py</extracomment>
      <source>Zip files (*.zip)</source>
      <translation>Zip-Dateien (*.zip)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Zoom the timeline in (wheel)</source>
      <translation>Zeitleiste vergrößern (Mausrad)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>Zoom the timeline out</source>
      <translation>Zeitleiste verkleinern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>Zoom to the pointer</source>
      <translation>Auf den Zeiger zoomen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>Zoom; press to fit the picture</source>
      <translation>Zoom; drücken, um das Bild einzupassen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>a black and white picture for each expression and frame, for the evaluation server; written only</source>
      <translation>ein Schwarzweißbild je Ausdruck und Frame, für den Auswertungsserver; nur geschrieben</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>a black and white picture for each mask, with tables of what they are; written only</source>
      <translation>ein Schwarzweißbild je Maske, mit Tabellen dazu; nur geschrieben</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>a line for each expression with boxes, run-length masks and chat messages; written only</source>
      <translation>eine Zeile je Ausdruck mit Rahmen, Lauflängenmasken und Chatnachrichten; nur geschrieben</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>a mask that nobody has settled</source>
      <translation>eine Maske, die niemand bestätigt hat</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>a proposal, nobody has settled it</source>
      <translation>ein Vorschlag, den niemand bestätigt hat</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>a table (CSV): image, phrase</source>
      <translation>eine Tabelle (CSV): Bild, Phrase</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>absent</source>
      <translation>abwesend</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>accepted as it was</source>
      <translation>unverändert angenommen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>action</source>
      <translation>Handlung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>all</source>
      <translation>alle</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>all ({count})</source>
      <translation>alle ({count})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>all frames, or such as 12-40</source>
      <translation>alle Frames, oder etwa 12-40</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>all reasons</source>
      <translation>alle Gründe</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options.py</extracomment>
      <source>any size</source>
      <translation>jede Größe</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>as the model</source>
      <translation>wie das Modell</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>auto</source>
      <translation>automatisch</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>auto: one model reads photos, another reads frames of clips. A model named here reads both.</source>
      <translation>auto: Ein Modell liest Fotos, ein anderes Frames von Clips. Ein hier genanntes Modell liest beides.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>backward only</source>
      <translation>nur rückwärts</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>blind check</source>
      <translation>Blindprüfung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>blind check agrees {1}</source>
      <translation>Blindprüfung stimmt zu {1} überein</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>blind check by {1} agrees {2}</source>
      <translation>Blindprüfung von {1} stimmt zu {2} überein</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>blind check by {1}: not here</source>
      <translation>Blindprüfung von {1}: nicht da</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>blind check: not here</source>
      <translation>Blindprüfung: nicht da</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>blind checks</source>
      <translation>Blindprüfungen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>both ways from the keyframes</source>
      <translation>in beide Richtungen von den Keyframes</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>by hand</source>
      <translation>von Hand</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>cannot be read</source>
      <translation>nicht lesbar</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>carried over from another frame</source>
      <translation>von einem anderen Frame übertragen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>category</source>
      <translation>Kategorie</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>checks disagree</source>
      <translation>Prüfungen uneins</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>class and object PNGs a photo; written only</source>
      <translation>Klassen- und Objekt-PNGs je Foto; nur geschrieben</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>clicks answered by the model</source>
      <translation>Klicks, vom Modell beantwortet</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>clip</source>
      <translation>Clip</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>clips</source>
      <translation>Clips</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>clips (their annotated frames are written as photos)</source>
      <translation>Clips (ihre annotierten Frames werden als Fotos geschrieben)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>clips as mp4 or frames, queries as CSV, masks as one HDF5 file for each annotated frame</source>
      <translation>Clips als mp4 oder Frames, Anfragen als CSV, Masken als eine HDF5-Datei je annotiertem Frame</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>colour</source>
      <translation>Farbe</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>commands to a car with the region where it should go; read only</source>
      <translation>Befehle an ein Auto mit dem Bereich, wohin es fahren soll; nur gelesen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>copy the pictures beside</source>
      <translation>die Bilder daneben kopieren</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>cpu</source>
      <translation>CPU</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>cuda</source>
      <translation>CUDA</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>cvat</source>
      <translation>CVAT</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>dark</source>
      <translation>dunkel</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>default</source>
      <translation>Standard</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>different word</source>
      <translation>verschiedenes Wort</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>different words</source>
      <translation>verschiedene Wörter</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>doubtful  {score:.0%}</source>
      <translation>fraglich  {score:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>doubtful: may have drifted</source>
      <translation>fraglich: kann abgewichen sein</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>drawn by hand</source>
      <translation>von Hand gezeichnet</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>drew it blind</source>
      <translation>zeichnete es blind</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>drift {drift:.0%}</source>
      <translation>Drift {drift:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>drifted {1} on frame {2}</source>
      <translation>{1} gedriftet auf Frame {2}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>drifted, frames {1} to {2}, up to {3}</source>
      <translation>gedriftet, Frames {1} bis {2}, bis {3}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>empty: not to be seen here</source>
      <translation>leer: hier nicht zu sehen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>everywhere</source>
      <translation>überall</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>expected quality {1}</source>
      <translation>erwartete Güte {1}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>expected quality {score:.0%}</source>
      <translation>erwartete Güte {score:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>expected quality {score}</source>
      <translation>erwartete Güte {score}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expression</source>
      <translation>Ausdruck</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions</source>
      <translation>Ausdrücke</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions for none, one or many objects of a clip, run-length masks</source>
      <translation>Ausdrücke für kein, ein oder viele Objekte eines Clips, Lauflängenmasken</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions for several referents</source>
      <translation>Ausdrücke für mehrere Objekte</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions that fit nothing</source>
      <translation>Ausdrücke, zu denen nichts passt</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions that fit nothing on photos without a mask</source>
      <translation>Ausdrücke, zu denen nichts passt, auf Fotos ohne Maske</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>expressions without a referent yet</source>
      <translation>Ausdrücke, die noch kein Objekt haben</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>for “{phrase}”</source>
      <translation>für „{phrase}“</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>forward only</source>
      <translation>nur vorwärts</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frame marked absent</source>
      <translation>als abwesend markierter Frame</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>frame {1}</source>
      <translation>Frame {1}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>frame {first:,}</source>
      <translation>Frame {first:,}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames and label PNGs a sequence, without expressions</source>
      <translation>Frames und Label-PNGs je Sequenz, ohne Ausdrücke</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames marked absent</source>
      <translation>als abwesend markierte Frames</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames where a referent is marked absent</source>
      <translation>Frames, auf denen ein Objekt als fehlend markiert ist</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames with masks of some referents only (the others read as absent)</source>
      <translation>Frames mit Masken nur mancher Objekte (die anderen gelten als fehlend)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>frames {first:,} to {last:,}</source>
      <translation>Frames {first:,} bis {last:,}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>frames, label PNGs and meta_expressions.json a split</source>
      <translation>Frames, Label-PNGs und meta_expressions.json je Aufteilung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>hold Ctrl</source>
      <translation>Strg halten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/action_set.py</extracomment>
      <source>hold {key}</source>
      <translation>{key} halten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>holes and parts too small for a polygon</source>
      <translation>Löcher und Teile, die für ein Polygon zu klein sind</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>image pixels</source>
      <translation>Bildpixel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>imported</source>
      <translation>importiert</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>in memory only</source>
      <translation>nur im Speicher</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>in the phrase box</source>
      <translation>im Phrasenfeld</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>in work</source>
      <translation>in Arbeit</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>instances.json and grefs(unc).json: none, one or many objects a sentence</source>
      <translation>instances.json und grefs(unc).json: kein, ein oder viele Objekte je Satz</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>instances.json and refs(unc).p for the REFER loader: one object a sentence</source>
      <translation>instances.json und refs(unc).p für den REFER-Lader: ein Objekt je Satz</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>instances.json with run-length masks (polygons by choice), the expressions beside each annotation</source>
      <translation>instances.json mit Lauflängenmasken (auf Wunsch Polygonen), die Ausdrücke bei jeder Annotation</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>instances_&lt;split&gt;.json and refs_&lt;split&gt;.json: none, one or many objects a sentence</source>
      <translation>instances_&lt;split&gt;.json und refs_&lt;split&gt;.json: kein, ein oder viele Objekte je Satz</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>it has a mask on frame {1}, the last is {2}.</source>
      <translation>es hat eine Maske auf Frame {1}, der letzte ist {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>it has no mask anywhere; draw one or remove it.</source>
      <translation>es hat nirgends eine Maske; zeichnen Sie eine oder entfernen Sie es.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it has {1} words, the model reads {2}; shorten it.</source>
      <translation>sie hat {1} Wörter, das Modell liest {2}; kürzen Sie sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it holds no word; write one or remove it.</source>
      <translation>sie enthält kein Wort; schreiben Sie eines oder entfernen Sie sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it is equally true of {1}; say what tells the two apart.</source>
      <translation>sie trifft ebenso auf {1} zu; sagen Sie, was die beiden unterscheidet.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it says {1}, the mask lies at the {2}; mend one of them.</source>
      <translation>sie sagt {1}, die Maske liegt {2}; ändern Sie eines davon.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it says {1}, which the mask holds none of; mend one of them.</source>
      <translation>sie sagt {1}, wovon die Maske nichts enthält; ändern Sie eines davon.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>it speaks of frame {1}, the clip ends at {2}.</source>
      <translation>sie spricht von Frame {1}, der Clip endet bei {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>it stands in {1}; keep it in one split.</source>
      <translation>es steht in {1}; behalte es in einer Aufteilung.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>it stands twice; remove one.</source>
      <translation>sie steht zweimal da; entfernen Sie eine.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>its mask has no pixel; draw it or remove it.</source>
      <translation>ihre Maske hat kein Pixel; zeichnen oder entfernen Sie sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>its mask is {1} x {2}, the frame {3} x {4}.</source>
      <translation>ihre Maske ist {1} x {2}, der Frame {3} x {4}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>leave the pictures where they are</source>
      <translation>die Bilder lassen, wo sie sind</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>light</source>
      <translation>hell</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>likely  {score:.0%}</source>
      <translation>wohl richtig  {score:.0%}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>line breaks in expressions (written as spaces)</source>
      <translation>Zeilenumbrüche in Ausdrücken (als Leerzeichen geschrieben)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>link the pictures where the disk allows</source>
      <translation>die Bilder verknüpfen, wo der Datenträger es erlaubt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>loading the model</source>
      <translation>Modell wird geladen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>loading {name}</source>
      <translation>{name} wird geladen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>low quality</source>
      <translation>geringe Güte</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>many</source>
      <translation>mehrere</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>mask</source>
      <translation>Maske</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>masks</source>
      <translation>Masken</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>mean {1}</source>
      <translation>Mittel {1}</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>media</source>
      <translation>Medien</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>media without a split (written as train)</source>
      <translation>Medien ohne Aufteilung (als train geschrieben)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>media without masks or expressions</source>
      <translation>Medien ohne Masken oder Ausdrücke</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>median {1}</source>
      <translation>Median {1}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>median {1} s</source>
      <translation>Median {1} s</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>medium</source>
      <translation>Medium</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>middle drag, Space drag, Shift+wheel</source>
      <translation>mit der mittleren Taste oder Leertaste ziehen, Umschalt+Mausrad</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>no expression means it.</source>
      <translation>kein Ausdruck meint es.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>no mask yet</source>
      <translation>noch keine Maske</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>no model</source>
      <translation>kein Modell</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>no name</source>
      <translation>kein Name</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>no referent yet</source>
      <translation>noch kein Objekt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>no target</source>
      <translation>kein Ziel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>nobody has said what it means; link it, or mark that nothing answers to it.</source>
      <translation>niemand hat gesagt, was er meint; verbinden Sie ihn, oder markieren Sie, dass nichts dazu passt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>none</source>
      <translation>keine</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>none yet; paint it, or run a phrase</source>
      <translation>noch keine; malen Sie sie oder führen Sie eine Phrase aus</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>not recorded</source>
      <translation>nicht festgehalten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>nothing drawn</source>
      <translation>nichts gezeichnet</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>nothing here</source>
      <translation>nichts hier</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>nothing here (checked)</source>
      <translation>hier nichts (geprüft)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>nothing to count yet</source>
      <translation>noch nichts zu zählen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>off</source>
      <translation>aus</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>on</source>
      <translation>ein</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_strips.py</extracomment>
      <source>on offer</source>
      <translation>angeboten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>on offer, not yet accepted</source>
      <translation>im Angebot, noch nicht angenommen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>on the picture</source>
      <translation>auf dem Bild</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>one</source>
      <translation>eines</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>one JSON file a photo with exact masks (polygons by choice), the expressions beside each shape</source>
      <translation>eine JSON-Datei je Foto mit exakten Masken (auf Wunsch Polygonen), die Ausdrücke bei jeder Form</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>one polygon a referent, joined and without holes; written only</source>
      <translation>ein Polygon je Objekt, verbunden und ohne Löcher; nur geschrieben</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>one query a clip, masks in MATLAB files; read only</source>
      <translation>eine Anfrage je Clip, Masken in MATLAB-Dateien; nur gelesen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>open</source>
      <translation>offen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>outlines</source>
      <translation>Umrisse</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>outside text fields</source>
      <translation>außerhalb von Textfeldern</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>overlaps (a pixel belongs to one referent, the smaller)</source>
      <translation>Überlappungen (ein Pixel gehört einem Objekt, dem kleineren)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>patterns</source>
      <translation>Muster</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>paused</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/review_panel.py</extracomment>
      <source>perhaps not here</source>
      <translation>vielleicht nicht da</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>perhaps not here (presence {1}, limit {2})</source>
      <translation>vielleicht nicht da (Präsenz {1}, Grenze {2})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>photos</source>
      <translation>Fotos</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>photos (only clips are written)</source>
      <translation>Fotos (nur Clips werden geschrieben)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>photos and clips</source>
      <translation>Fotos und Clips</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>phrase</source>
      <translation>Phrase</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>phrases</source>
      <translation>Sätze</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>phrases with polygons on Visual Genome photos; read only</source>
      <translation>Phrasen mit Polygonen auf Visual-Genome-Fotos; nur gelesen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>phrases, follows masks by itself</source>
      <translation>Sätze, folgt Masken selbst</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>pictures</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>plain</source>
      <translation>einfarbig</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>plural</source>
      <translation>Mehrzahl</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>position</source>
      <translation>Lage</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/chart.py</extracomment>
      <source>predicted</source>
      <translation>vorhergesagt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>presence {presence} (limit {limit})</source>
      <translation>Vorhandensein {presence} (Grenze {limit})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>probably not here</source>
      <translation>wohl nicht da</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>probably not here (presence {1})</source>
      <translation>wohl nicht da (Präsenz {1})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>probably not in this image</source>
      <translation>wohl nicht in diesem Bild</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>propagated</source>
      <translation>übertragen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>propagated and on offer: Enter accepts</source>
      <translation>übertragen und im Angebot: Enter nimmt an</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>proposed by the model</source>
      <translation>vom Modell vorgeschlagen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/transfer_dialogs.py</extracomment>
      <source>recognise it</source>
      <translation>automatisch erkennen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referent</source>
      <translation>Objekt</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referents</source>
      <translation>Objekte</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referents without a mask</source>
      <translation>Objekte ohne Maske</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referents without an expression</source>
      <translation>Objekte ohne Ausdruck</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>referit_query_&lt;split&gt;.json with MATLAB masks whose zeros are the object; read only</source>
      <translation>referit_query_&lt;split&gt;.json mit MATLAB-Masken, deren Nullen das Objekt sind; nur gelesen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>relation</source>
      <translation>Beziehung</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>reviewed</source>
      <translation>geprüft</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>saved</source>
      <translation>gespeichert</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>saving</source>
      <translation>speichert</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>says not here</source>
      <translation>sagt: nicht da</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>screen pixels</source>
      <translation>Bildschirmpixel</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>settled as absent</source>
      <translation>als abwesend bestätigt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_marks.py</extracomment>
      <source>settled by a person: a keyframe</source>
      <translation>von einer Person bestätigt: ein Keyframe</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>settled mask</source>
      <translation>bestätigte Maske</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>settled masks</source>
      <translation>bestätigte Masken</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>somebody</source>
      <translation>jemand</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>splits</source>
      <translation>Aufteilungen</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>stroke</source>
      <translation>Strich</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>strokes</source>
      <translation>Striche</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>such as dog</source>
      <translation>etwa Hund</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>system</source>
      <translation>wie das System</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>testA and testB (written as test)</source>
      <translation>testA und testB (als test geschrieben)</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the DAVIS tree with the four text files of expressions</source>
      <translation>der DAVIS-Baum mit den vier Textdateien der Ausdrücke</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the author of an expression</source>
      <translation>der Autor eines Ausdrucks</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the categories of referents</source>
      <translation>die Kategorien der Objekte</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the exact outline of a mask</source>
      <translation>der genaue Umriss einer Maske</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>the file has {1} x {2} pixels, its masks {3} x {4}.</source>
      <translation>die Datei hat {1} x {2} Pixel, ihre Masken {3} x {4}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>the file has {1}, the data set counts {2}.</source>
      <translation>die Datei hat {1}, der Datensatz zählt {2}.</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the frame rate of clips</source>
      <translation>die Bildrate von Clips</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the frames an expression speaks of</source>
      <translation>die Frames, von denen ein Ausdruck spricht</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the kind of an expression</source>
      <translation>die Art eines Ausdrucks</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the mark of a crowd region</source>
      <translation>die Markierung einer Menge</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/next_step.py</extracomment>
      <source>the menu</source>
      <translation>dem Menü</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>the model does not know {1}.</source>
      <translation>das Modell kennt {1} nicht.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/review.py</extracomment>
      <source>the model drew nothing</source>
      <translation>das Modell zeichnete nichts</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>the names of referents</source>
      <translation>die Namen der Objekte</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>the program</source>
      <translation>dem Programm</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>the project's own that nobody has answered ({count})</source>
      <translation>die des Projekts ohne Antwort ({count})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>the same words mean something else too; tell the two apart.</source>
      <translation>dieselben Wörter meinen auch etwas anderes; unterscheiden Sie die beiden.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>their masks are nearly the same.</source>
      <translation>ihre Masken sind fast gleich.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>then corrected</source>
      <translation>dann korrigiert</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/expression_checks.py</extracomment>
      <source>there are {1} of that category; say which one is meant.</source>
      <translation>es gibt {1} dieser Kategorie; sagen Sie, welches gemeint ist.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>these look alike and stand in {1}; keep them in one split.</source>
      <translation>diese sehen gleich aus und stehen in {1}; halten Sie sie in einer Aufteilung.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>these words</source>
      <translation>diese Wörter</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>these, of every picture</source>
      <translation>diese, zu jedem Bild</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>this word</source>
      <translation>dieses Wort</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>those in the list ({count})</source>
      <translation>die der Liste ({count})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_dialog.py</extracomment>
      <source>those not reviewed ({count})</source>
      <translation>die ungeprüften ({count})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>to</source>
      <translation>bis</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>unlikely  {score:.0%}</source>
      <translation>unwahrscheinlich  {score:.0%}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/main_window.py</extracomment>
      <source>unnamed project</source>
      <translation>unbenanntes Projekt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>unseen</source>
      <translation>ungesehen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>unspecified</source>
      <translation>nicht angegeben</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>val (written as test)</source>
      <translation>val (als test geschrieben)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>wheel</source>
      <translation>Mausrad</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>which frames a person settled</source>
      <translation>welche Frames ein Mensch bestätigt hat</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>while a proposal is shown</source>
      <translation>solange ein Vorschlag zu sehen ist</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/shortcut_sheet.py</extracomment>
      <source>while held</source>
      <translation>solange gehalten</translation>
    </message>
    <message>
      <extracomment>the tables of actions and settings</extracomment>
      <source>who or what made a mask</source>
      <translation>wer oder was eine Maske gemacht hat</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>you</source>
      <translation>dir</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>{1} MB</source>
      <translation>{1} MB</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} belongs to another medium and cannot be moved; make a new referent there.</source>
      <translation>{1} gehört zu einem anderen Medium und kann nicht verschoben werden; legen Sie dort ein neues Objekt an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} belongs to another medium and cannot be moved; write it anew there.</source>
      <translation>{1} gehört zu einem anderen Medium und kann nicht verschoben werden; schreiben Sie ihn dort neu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/statistics.py</extracomment>
      <source>{1} blind checks</source>
      <translation>{1} Blindprüfungen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} came with the program and goes with it; only models of your own can be removed.</source>
      <translation>{1} kam mit dem Programm und geht mit ihm; nur eigene Modelle können entfernt werden.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} can only mean referents of its own medium.</source>
      <translation>{1} kann nur Objekte seines eigenen Mediums meinen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} cannot be fetched: the server answers {2} {3}.</source>
      <translation>{1} kann nicht geholt werden: der Server antwortet {2} {3}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} cannot be reached ({2}); check the path and the drive.</source>
      <translation>{1} ist nicht zu erreichen ({2}); prüfen Sie Pfad und Laufwerk.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>{1} cannot be reached ({2}); connect its drive again or save the project elsewhere.</source>
      <translation>{1} ist nicht erreichbar ({2}); schließen Sie das Laufwerk wieder an oder speichern Sie das Projekt woanders.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>{1} cannot be read ({2}).</source>
      <translation>{1} kann nicht gelesen werden ({2}).</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} cannot be read ({2}); check the drive and copy the file again.</source>
      <translation>{1} lässt sich nicht lesen ({2}); prüfen Sie das Laufwerk und kopieren Sie die Datei neu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} cannot be read as a table; save it as CSV in UTF-8.</source>
      <translation>{1} kann nicht als Tabelle gelesen werden; speichern Sie es als CSV in UTF-8.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} cannot be the name of a model; use letters, digits, dots, - and _.</source>
      <translation>{1} kann kein Modellname sein; nehmen Sie Buchstaben, Ziffern, Punkte, - und _.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/log_bundle.py</extracomment>
      <source>{1} cannot be written ({2}); choose another folder.</source>
      <translation>{1} kann nicht geschrieben werden ({2}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} cannot be written ({2}); choose another place.</source>
      <translation>{1} kann nicht geschrieben werden ({2}); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} cannot be written ({2}); nothing was left behind.</source>
      <translation>{1} kann nicht geschrieben werden ({2}); nichts blieb zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} could be fetched only in part ({2}): {3}; try again later, which goes on where this stopped.</source>
      <translation>{1} konnte nur zum Teil geholt werden ({2}): {3}; versuchen Sie es später noch einmal, es geht weiter, wo es aufhörte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} declares frames of {2} x {3} pixels, over the limit of {4} megapixels; scale it down.</source>
      <translation>{1} nennt Frames von {2} x {3} Pixeln, über der Grenze von {4} Megapixeln; verkleinern Sie ihn.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} declares {2} pixels, and pictures over {3} megapixels are not opened; shrink it or cut it into tiles.</source>
      <translation>{1} nennt {2} Pixel, und Bilder über {3} Megapixel werden nicht geöffnet; verkleinern oder zerteilen Sie es.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} does not exist; check the path, or relink the file if it was moved.</source>
      <translation>{1} gibt es nicht; prüfen Sie den Pfad, oder verknüpfen Sie die Datei neu, wenn sie verschoben wurde.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} does not exist; check the path.</source>
      <translation>{1} gibt es nicht; prüfen Sie den Pfad.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} does not fit into memory; close other programs or shrink it.</source>
      <translation>{1} passt nicht in den Speicher; schließen Sie andere Programme oder verkleinern Sie es.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/log_bundle.py</extracomment>
      <source>{1} entries</source>
      <translation>{1} Einträge</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} exists already; choose another name.</source>
      <translation>{1} gibt es schon; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>{1} exists already; open it, or choose another name.</source>
      <translation>{1} gibt es schon; öffnen Sie es, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} exists; choose another name, or ask for it to be replaced.</source>
      <translation>{1} gibt es; wählen Sie einen anderen Namen, oder lassen Sie es ersetzen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} files</source>
      <translation>{1} Dateien</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/relink.py</extracomment>
      <source>{1} files looked at</source>
      <translation>{1} Dateien angesehen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>{1} frames</source>
      <translation>{1} Frames</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} has another SHA-256 than the one given; it is damaged or another file.</source>
      <translation>{1} hat eine andere SHA-256 als angegeben; es ist beschädigt oder eine andere Datei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_file.py</extracomment>
      <source>{1} has changed on disk from {2} x {3} to {4} x {5} pixels; open it anew.</source>
      <translation>{1} hat sich auf dem Datenträger von {2} x {3} auf {4} x {5} Pixel geändert; öffnen Sie es neu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} has expressions about frames past its new end; change them first.</source>
      <translation>{1} hat Ausdrücke zu Frames hinter seinem neuen Ende; ändern Sie sie erst.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} has masks that would not fit its new size; remove them first.</source>
      <translation>{1} hat Masken, die nicht zur neuen Größe passen; entfernen Sie sie erst.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_index.py</extracomment>
      <source>{1} has more than {2} frames; cut it into shorter clips.</source>
      <translation>{1} hat mehr als {2} Frames; schneiden Sie ihn in kürzere Clips.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} has no column 'phrase'; name the column of phrases so.</source>
      <translation>{1} hat keine Spalte 'phrase'; nennen Sie die Spalte der Phrasen so.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/mask_tools_edits.py</extracomment>
      <source>{1} has no mask here; paint one first, or run one of its phrases.</source>
      <translation>{1} hat hier keine Maske; malen Sie erst eine, oder fragen Sie mit einer seiner Phrasen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>{1} has no mask on frame {2} of {3}; set one first.</source>
      <translation>{1} hat keine Maske auf Frame {2} von {3}; setzen Sie erst eine.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/write_queue.py</extracomment>
      <source>{1} has not been saved within {2} seconds; its disk is slow or gone, wait or save the project elsewhere.</source>
      <translation>{1} wurde in {2} Sekunden nicht gespeichert; der Datenträger ist langsam oder fort, warten Sie oder speichern Sie das Projekt woanders.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} has several columns and no header; put 'image' and 'phrase' above them.</source>
      <translation>{1} hat mehrere Spalten und keinen Kopf; setzen Sie 'image' und 'phrase' darüber.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/mask_edits.py</extracomment>
      <source>{1} has {2} and none with index {3}.</source>
      <translation>{1} hat {2} und keinen mit der Nummer {3}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} has {2} in folders of its own ({3}), left out here; open those folders, too.</source>
      <translation>{1} hat {2} in eigenen Unterordnern ({3}), die hier ausgelassen sind; öffnen Sie auch diese Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/frames.py</extracomment>
      <source>{1} has {2} now, and the work on it reaches up to frame {3}; put the former file back.</source>
      <translation>{1} hat jetzt {2}, und die Arbeit daran reicht bis Frame {3}; legen Sie die frühere Datei zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_sequence.py</extracomment>
      <source>{1} has {2} x {3} pixels, and the clip it is a frame of has {4} x {5}; scale all frames to one size.</source>
      <translation>{1} hat {2} x {3} Pixel, und der Clip, zu dem es gehört, {4} x {5}; skalieren Sie alle Frames auf eine Größe.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/frame_source.py</extracomment>
      <source>{1} has {2}, and no frame {3}; choose a number inside the range.</source>
      <translation>{1} hat {2} und keinen Frame {3}; wählen Sie eine Nummer innerhalb des Bereichs.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} holds clips only, and there are none; choose a format for photos.</source>
      <translation>{1} fasst nur Clips, und es gibt keine; wählen Sie ein Format für Fotos.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} holds files that the export did not put there ({2}); move them away, or choose another folder.</source>
      <translation>{1} enthält Dateien, die der Export nicht dorthin gelegt hat ({2}); verschiebe sie oder wähle einen anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/unfinished.py</extracomment>
      <source>{1} holds half an import that was broken off; open it once for writing, which takes that back.</source>
      <translation>{1} enthält einen halben, abgebrochenen Import; öffnen Sie das Projekt einmal zum Schreiben, das nimmt ihn zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>{1} holds no frames; put them back.</source>
      <translation>{1} enthält keine Frames; legen Sie sie zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/phrase_table.py</extracomment>
      <source>{1} holds no phrase; write one on each line.</source>
      <translation>{1} enthält keine Phrase; schreiben Sie eine je Zeile.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} holds no pictures or clips; choose another folder.</source>
      <translation>{1} enthält keine Bilder oder Clips; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} holds no pictures, only sound or data; choose another file.</source>
      <translation>{1} enthält keine Bilder, nur Ton oder Daten; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_sequence.py</extracomment>
      <source>{1} holds no pictures; choose a folder of numbered frames.</source>
      <translation>{1} enthält keine Bilder; wählen Sie einen Ordner mit nummerierten Frames.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} holds something else than an export of this program; choose another folder.</source>
      <translation>{1} enthält anderes als einen Export dieses Programms; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} holds the photos of this very data set; choose another folder.</source>
      <translation>{1} enthält die Fotos genau dieses Datensatzes; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} holds {2} twice; nothing was taken from it.</source>
      <translation>{1} enthält {2} doppelt; nichts davon wurde genommen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} holds {2}, which is no part of a model; nothing was taken from it.</source>
      <translation>{1} enthält {2}, was nicht zu einem Modell gehört; nichts davon wurde genommen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} holds {2}; a model is a zip of four or five.</source>
      <translation>{1} enthält {2}; ein Modell ist ein Zip aus vier oder fünf.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} in {2} is larger than such a file of a model may be.</source>
      <translation>{1} in {2} ist größer, als eine solche Datei eines Modells sein darf.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} is a database, but not a project of RefSeg Annotator; choose a file that ends in .refseg.</source>
      <translation>{1} ist eine Datenbank, aber kein Projekt von RefSeg Annotator; wählen Sie eine Datei, die auf .refseg endet.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} is a device or pipe, not a file; copy its contents to a file first.</source>
      <translation>{1} ist ein Gerät oder eine Pipe, keine Datei; kopieren Sie den Inhalt erst in eine Datei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/listing.py</extracomment>
      <source>{1} is a file, not a folder; choose the folder it lies in.</source>
      <translation>{1} ist eine Datei, kein Ordner; wählen Sie den Ordner, in dem sie liegt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is a file; name a folder.</source>
      <translation>{1} ist eine Datei; nennen Sie einen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} is a folder, not a file; choose a file inside it.</source>
      <translation>{1} ist ein Ordner, keine Datei; wählen Sie eine Datei darin.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} is a folder, not a project; choose a file that ends in .refseg.</source>
      <translation>{1} ist ein Ordner, kein Projekt; wählen Sie eine Datei, die auf .refseg endet.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is a project, not a data set; export it first, or open it in the window.</source>
      <translation>{1} ist ein Projekt, kein Datensatz; exportieren Sie es erst oder öffnen Sie es im Fenster.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} is a project; open it instead of adding it.</source>
      <translation>{1} ist ein Projekt; öffnen Sie es, statt es hinzuzufügen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is a symlink; name the place it leads to.</source>
      <translation>{1} ist ein symbolischer Link; nennen Sie den Ort, zu dem er führt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>{1} is being written by another program; close it there and try again.</source>
      <translation>{1} wird gerade von einem anderen Programm geschrieben; schließen Sie es dort und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>{1} is closed; open it again.</source>
      <translation>{1} ist geschlossen; öffnen Sie es wieder.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is coded in a way that cannot be decoded here; convert it to MP4 (H.264).</source>
      <translation>{1} ist so kodiert, dass es hier nicht dekodiert werden kann; wandeln Sie es in MP4 (H.264) um.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is cut short: it declares more bytes than it has; {2}.</source>
      <translation>{1} ist abgeschnitten: es nennt mehr Bytes, als es hat; {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_index.py</extracomment>
      <source>{1} is damaged after {2}; copy it again or repair it.</source>
      <translation>{1} ist nach {2} beschädigt; kopieren Sie es noch einmal oder reparieren Sie es.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} is damaged or cut short; copy it again from where it came.</source>
      <translation>{1} ist beschädigt oder abgeschnitten; kopieren Sie es neu von dort, woher es kam.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is damaged or no clip that can be read; {2}.</source>
      <translation>{1} ist beschädigt oder kein lesbarer Clip; {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is damaged, and frames are missing from it: numbers may be too low from there on; {2}.</source>
      <translation>{1} ist beschädigt, und es fehlen Frames: Von dort an können die Nummern zu niedrig sein; {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} is damaged: its JPEG header is broken; copy it again from where it came.</source>
      <translation>{1} ist beschädigt: sein JPEG-Kopf ist kaputt; kopieren Sie es noch einmal von dort, woher es kam.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/video_container.py</extracomment>
      <source>{1} is damaged: no frame of it can be decoded; {2}.</source>
      <translation>{1} ist beschädigt: kein Frame davon lässt sich dekodieren; {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/bridged_frames.py</extracomment>
      <source>{1} is damaged: no mask on what cannot be decoded, frames {2}; copy it again, or convert it to MP4 (H.264).</source>
      <translation>{1} ist beschädigt: keine Maske auf dem, was sich nicht dekodieren lässt, Frames {2}; kopieren Sie den Clip erneut, oder wandeln Sie ihn in MP4 (H.264) um.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} is empty (0 bytes); copy it again from where it came.</source>
      <translation>{1} ist leer (0 Bytes); kopieren Sie es noch einmal von dort, woher es kam.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/importing.py</extracomment>
      <source>{1} is in the project with {2} x {3} pixels and {4}, in the data set with {5} x {6} and {7}; one of the two belongs to another file.</source>
      <translation>{1} ist im Projekt mit {2} x {3} Pixeln und {4}, im Datensatz mit {5} x {6} und {7}; eines von beiden gehört zu einer anderen Datei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} is larger than such a file of a model may be.</source>
      <translation>{1} ist größer, als eine solche Datei eines Modells sein darf.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} is larger than {2} GiB, the most a picture file may have; cut it into tiles</source>
      <translation>{1} ist größer als {2} GiB, das Höchste für eine Bilddatei; zerschneiden Sie es in Kacheln</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>{1} is locked; unlock it to change its mask.</source>
      <translation>{1} ist gesperrt; geben Sie es frei, um seine Maske zu ändern.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/propagate_start.py</extracomment>
      <source>{1} is locked; unlock it to propagate its mask.</source>
      <translation>{1} ist gesperrt; geben Sie es frei, um seine Maske zu übertragen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} is no SHA-256; it has 64 digits of 0-9 and a-f.</source>
      <translation>{1} ist keine SHA-256; sie hat 64 Zeichen aus 0-9 und a-f.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} is no address of the web; give one that begins with https:// or a file's path.</source>
      <translation>{1} ist keine Netzadresse; geben Sie eine an, die mit https:// beginnt, oder den Pfad einer Datei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_sequence.py</extracomment>
      <source>{1} is no clip, since {2} is no numbered frame like the others; add its pictures one by one, or move that file away.</source>
      <translation>{1} ist kein Clip, denn {2} ist kein nummerierter Frame wie die anderen; fügen Sie die Bilder einzeln hinzu, oder verschieben Sie diese Datei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>{1} is no clip: {2} is {3} x {4} pixels and {5} {6} x {7}; scale all frames to one size, or add them as photos.</source>
      <translation>{1} ist kein Clip: {2} hat {3} x {4} Pixel und {5} {6} x {7}; skalieren Sie alle Frames auf eine Größe, oder fügen Sie sie als Fotos hinzu.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/folder_clips.py</extracomment>
      <source>{1} is no folder of frames and no clip; choose another one.</source>
      <translation>{1} ist kein Ordner mit Frames und kein Clip; wählen Sie einen anderen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} is no model, for it lacks {2}.</source>
      <translation>{1} ist kein Modell, denn {2} fehlt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} is no zip of a model, or a damaged one ({2}); fetch it again.</source>
      <translation>{1} ist kein Zip eines Modells oder beschädigt ({2}); holen Sie es noch einmal.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_decoding.py</extracomment>
      <source>{1} is not a picture that can be read; convert it to {2}.</source>
      <translation>{1} ist kein lesbares Bild; wandeln Sie es in {2} um.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} is not an untitled project; remove it in your file manager.</source>
      <translation>{1} ist kein unbenanntes Projekt; entfernen Sie es in Ihrer Dateiverwaltung.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is not empty; choose another folder, or ask for it to be replaced.</source>
      <translation>{1} ist nicht leer; wählen Sie einen anderen Ordner, oder lassen Sie ihn ersetzen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/validate.py</extracomment>
      <source>{1} is not there; put it back.</source>
      <translation>{1} ist nicht da; legen Sie es zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} is of a kind that cannot be opened; convert it to PNG or MP4.</source>
      <translation>{1} ist von einer Art, die nicht geöffnet werden kann; wandeln Sie es in PNG oder MP4 um.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/transfer.py</extracomment>
      <source>{1} is only read; formats to write are {2}.</source>
      <translation>{1} wird nur gelesen; zum Schreiben gibt es {2}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/project_store.py</extracomment>
      <source>{1} is open for reading only; open it for writing first.</source>
      <translation>{1} ist nur zum Lesen offen; öffnen Sie es erst zum Schreiben.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/lock.py</extracomment>
      <source>{1} is open in another window{2}; close it there, or save it there (Ctrl+S) and work on a copy of the file.</source>
      <translation>{1} ist in einem anderen Fenster offen{2}; schließen Sie es dort, oder speichern Sie es dort (Strg+S) und arbeiten Sie mit einer Kopie der Datei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} is the name of a model that came with the program; give it another name.</source>
      <translation>{1} heißt ein Modell, das mit dem Programm kam; geben Sie diesem einen anderen Namen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} is {2} GB large, more than a model may be ({3} GB).</source>
      <translation>{1} ist {2} GB groß, mehr als ein Modell haben darf ({3} GB).</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/frames.py</extracomment>
      <source>{1} is {2} x {3} now, but was {4} x {5} when its masks were drawn; put the former file back.</source>
      <translation>{1} hat jetzt {2} x {3} Pixel, hatte aber {4} x {5}, als die Masken gezeichnet wurden; legen Sie die frühere Datei zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} leads to {2}, which is no safe place for a model; ask whoever gave you the address.</source>
      <translation>{1} führt zu {2}, was kein sicherer Ort für ein Modell ist; fragen Sie, wer Ihnen die Adresse gab.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_fetch.py</extracomment>
      <source>{1} looks like a pickled checkpoint, which can run anything when it is loaded; only bundles with safetensors weights are taken: train writes one, or convert it where it was made.</source>
      <translation>{1} sieht nach einem gepickelten Checkpoint aus, der beim Laden alles Mögliche ausführen kann; nur Modelle mit safetensors-Gewichten werden genommen: train schreibt eines, oder wandeln Sie ihn dort um, wo er entstand.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/paths.py</extracomment>
      <source>{1} may not be read by you; change its permissions.</source>
      <translation>{1} dürfen Sie nicht lesen; ändern Sie die Rechte.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/faults.py</extracomment>
      <source>{1} may not be written, for its file or folder is read-only; save the project to another folder.</source>
      <translation>{1} darf nicht geschrieben werden, da die Datei oder ihr Ordner schreibgeschützt ist; speichern Sie das Projekt in einem anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_package.py</extracomment>
      <source>{1} means that no model is chosen; give this one another name.</source>
      <translation>{1} bedeutet, dass kein Modell gewählt ist; geben Sie diesem einen anderen Namen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/documents.py</extracomment>
      <source>{1} more media</source>
      <translation>{1} weitere Medien</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/annotate.py</extracomment>
      <source>{1} names a referent here already; remove that expression first.</source>
      <translation>{1} benennt hier schon ein Objekt; entfernen Sie erst jenen Ausdruck.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} needs {2} MB and the disk of {3} has {4} MB left; free some space.</source>
      <translation>{1} braucht {2} MB, und der Datenträger von {3} hat noch {4} MB; schaffen Sie Platz.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services</extracomment>
      <source>{1} of {2} MB</source>
      <translation>{1} von {2} MB</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} sends more than a model may have ({2} GB).</source>
      <translation>{1} sendet mehr, als ein Modell haben darf ({2} GB).</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} speaks of frame {2}, and {3} has {4}; give it an earlier end.</source>
      <translation>{1} spricht von Frame {2}, und {3} hat {4}; geben Sie ein früheres Ende an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} still has masks or expressions; remove them first.</source>
      <translation>{1} hat noch Masken oder Ausdrücke; entfernen Sie sie erst.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/core/record_edits.py</extracomment>
      <source>{1} still has referents or expressions; remove them first.</source>
      <translation>{1} hat noch Objekte oder Ausdrücke; entfernen Sie sie erst.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/strangers.py</extracomment>
      <source>{1} was changed by another program while it was open; save the project under another name, and open that to see what both have written.</source>
      <translation>{1} wurde, während es offen war, von einem anderen Programm geändert; speichern Sie das Projekt unter anderem Namen, und öffnen Sie jenes, um zu sehen, was beide geschrieben haben.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/media/image_sequence.py</extracomment>
      <source>{1} was closed; open it again.</source>
      <translation>{1} wurde geschlossen; öffnen Sie es wieder.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/strangers.py</extracomment>
      <source>{1} was moved, deleted or replaced while it was open; save the project under another name, nothing is lost yet.</source>
      <translation>{1} wurde, während es offen war, verschoben, gelöscht oder ersetzt; speichern Sie das Projekt unter anderem Namen, noch ist nichts verloren.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/model_download.py</extracomment>
      <source>{1} was not fetched, for REFSEG_OFFLINE forbids the network; unset it to fetch models.</source>
      <translation>{1} wurde nicht geholt, denn REFSEG_OFFLINE verbietet das Netz; heben Sie das auf, um Modelle zu holen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/services/jobs.py</extracomment>
      <source>{1} was not started because the program is closing.</source>
      <translation>{1} wurde nicht begonnen, weil das Programm schließt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/strangers.py</extracomment>
      <source>{1} was overwritten by another program while it was open; go back to a copy of it, and keep this window open until then to see what its latest edits were.</source>
      <translation>{1} wurde, während es offen war, von einem anderen Programm überschrieben; greifen Sie auf eine Kopie zurück, und lassen Sie dieses Fenster bis dahin offen, um die letzten Änderungen zu sehen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} was written by a newer RefSeg Annotator (format {2}, this one reads up to {3}); update the program.</source>
      <translation>{1} wurde von einem neueren RefSeg Annotator geschrieben (Format {2}, dieser liest bis {3}); aktualisieren Sie das Programm.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} was written by an older RefSeg Annotator; open it once for writing, which brings it up to date.</source>
      <translation>{1} wurde von einem älteren RefSeg Annotator geschrieben; öffnen Sie es einmal zum Schreiben, das bringt es auf den Stand.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/storage/schema.py</extracomment>
      <source>{1} {2}; choose a file that ends in .refseg, or go back to a copy.</source>
      <translation>{1} {2}; wählen Sie eine Datei, die auf .refseg endet, oder greifen Sie auf eine Kopie zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{area:,} px, under 0.1 %</source>
      <translation>{area:,} px, unter 0,1 %</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{area:,} px, {share:.1%} of the picture</source>
      <translation>{area:,} px, {share:.1%} des Bildes</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/tour.py</extracomment>
      <source>{brush} paints, {eraser} erases; hold Ctrl for the other. {undo} takes anything back.</source>
      <translation>{brush} malt, {eraser} radiert; Strg macht das jeweils andere. {undo} nimmt alles zurück.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{count:,} click</source>
      <translation>{count:,} Klick</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{count:,} clicks</source>
      <translation>{count:,} Klicks</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{count:,} clip</source>
      <translation>{count:,} Clip</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{count:,} clips</source>
      <translation>{count:,} Clips</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} file could not be read.</source>
      <translation>{count:,} Datei konnte nicht gelesen werden.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} files could not be read.</source>
      <translation>{count:,} Dateien konnten nicht gelesen werden.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/relink_desk.py</extracomment>
      <source>{count:,} files of this project are missing.</source>
      <translation>{count:,} Dateien dieses Projekts fehlen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count:,} frame</source>
      <translation>{count:,} Frame</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>{count:,} frame, {times}</source>
      <translation>{count:,} Frame, {times}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count:,} frames</source>
      <translation>{count:,} Frames</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>{count:,} frames, {times}</source>
      <translation>{count:,} Frames, {times}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} group of look-alikes is kept together.</source>
      <translation>{count:,} Gruppe ähnlicher Bilder bleibt zusammen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} group stays torn, for its pictures keep the splits they have.</source>
      <translation>{count:,} Gruppe bleibt zerrissen, weil ihre Bilder ihre Aufteilung behalten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} groups of look-alikes are kept together.</source>
      <translation>{count:,} Gruppen ähnlicher Bilder bleiben zusammen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/split_dialog.py</extracomment>
      <source>{count:,} groups stay torn, for their pictures keep the splits they have.</source>
      <translation>{count:,} Gruppen bleiben zerrissen, weil ihre Bilder ihre Aufteilung behalten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{count:,} mask to review</source>
      <translation>{count:,} Maske zu prüfen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{count:,} masks to review</source>
      <translation>{count:,} Masken zu prüfen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>{count:,} media, {reviewed:,} reviewed</source>
      <translation>{count:,} Medien, {reviewed:,} geprüft</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>{count:,} medium, {reviewed:,} reviewed</source>
      <translation>{count:,} Medium, {reviewed:,} geprüft</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>{count:,} phrase</source>
      <translation>{count:,} Phrase</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>{count:,} phrases</source>
      <translation>{count:,} Phrasen</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{count:,} picture</source>
      <translation>{count:,} Bild</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{count:,} pictures</source>
      <translation>{count:,} Bildern</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{count:,} probably not here</source>
      <translation>{count:,} wohl nicht da</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>{count:,} referent</source>
      <translation>{count:,} Objekt</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_model.py</extracomment>
      <source>{count:,} referents</source>
      <translation>{count:,} Objekte</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{count:,} stroke</source>
      <translation>{count:,} Strich</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{count:,} strokes</source>
      <translation>{count:,} Striche</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count} arrived before.</source>
      <translation>{count} kamen vorher an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{count} could not be read: {first}</source>
      <translation>{count} konnten nicht gelesen werden: {first}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count} on offer in another clip.</source>
      <translation>{count} im Angebot in einem anderen Clip.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{count} on offer.</source>
      <translation>{count} im Angebot.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_strip.py</extracomment>
      <source>{diameter:.0f} px</source>
      <translation>{diameter:.0f} px</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{done:,} of {total:,}</source>
      <translation>{done:,} von {total:,}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/bridge.py</extracomment>
      <source>{error} Your edits wait in memory and are tried again.</source>
      <translation>{error} Ihre Änderungen warten im Speicher und werden erneut geschrieben.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_queue.py</extracomment>
      <source>{frames_words}: {why_words} Drift {score:.0%}.</source>
      <translation>{frames_words}: {why_words} Abweichung {score:.0%}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>{key} is free.</source>
      <translation>{key} ist frei.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keys_dialog.py</extracomment>
      <source>{key} is the key of “{action}”, which will go without it.</source>
      <translation>{key} ist die Taste von „{action}“, die dann ohne sie auskommt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/actions/keymap.py</extracomment>
      <source>{key} is the key of “{first}” already; “{second}” goes without it.</source>
      <translation>{key} ist schon die Taste von „{first}“; „{second}“ bleibt ohne sie.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>{left:,} more to look at; press Q.</source>
      <translation>Noch {left:,} anzusehen; drücken Sie Q.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/referent_model.py</extracomment>
      <source>{len} referents</source>
      <translation>{len} Objekte</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/media_list.py</extracomment>
      <source>{listed:,} of {total:,}</source>
      <translation>{listed:,} von {total:,}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{masks:,} masks on {told}</source>
      <translation>{masks:,} Masken auf {told}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{milliseconds:.0f} ms ({get})</source>
      <translation>{milliseconds:.0f} ms ({get})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>{name!r} has {count:,} frame now, and had {before:,} when its masks were drawn; see whether they still lie on the right frames.</source>
      <translation>{name!r} hat jetzt {count:,} Frame und hatte {before:,}, als seine Masken gezeichnet wurden; prüfen Sie, ob sie noch auf den richtigen Frames liegen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/canvas/frame_loader.py</extracomment>
      <source>{name!r} has {count:,} frames now, and had {before:,} when its masks were drawn; see whether they still lie on the right frames.</source>
      <translation>{name!r} hat jetzt {count:,} Frames und hatte {before:,}, als seine Masken gezeichnet wurden; prüfen Sie, ob sie noch auf den richtigen Frames liegen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>{name} is one clip of {count:,} frame.</source>
      <translation>{name} ist ein Clip mit {count:,} Frame.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/folder_desk.py</extracomment>
      <source>{name} is one clip of {count:,} frames.</source>
      <translation>{name} ist ein Clip mit {count:,} Frames.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{name} is open already.</source>
      <translation>{name} ist schon offen.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/guidance/help_desk.py</extracomment>
      <source>{name} is written. Nothing was sent; read it first.</source>
      <translation>{name} ist geschrieben. Nichts wurde gesendet; lies es zuerst.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{name} runs on {device}; doctor --benchmark measures it here.</source>
      <translation>{name} läuft auf {device}; doctor --benchmark misst es hier.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{name} {version}, {size} MB, comes under this licence: {licence}</source>
      <translation>{name} {version}, {size} MB, steht unter dieser Lizenz: {licence}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{number} frames</source>
      <translation>{number} Frames</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/documents/documents_desk.py</extracomment>
      <source>{one} and {other}</source>
      <translation>{one} und {other}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>{path!r} cannot be written ({why}); choose another folder.</source>
      <translation>{path!r} kann nicht geschrieben werden ({why}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/batch_desk.py</extracomment>
      <source>{pictures}: {masks}, {absent}.</source>
      <translation>{pictures}: {masks}, {absent}.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>{problem} Enter accepts, Esc rejects.</source>
      <translation>{problem} Enter nimmt an, Esc verwirft.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{rate} a second</source>
      <translation>{rate} je Sekunde</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{rate} a second on average; the times are exact once the clip is open</source>
      <translation>im Mittel {rate} je Sekunde; die Zeiten sind genau, sobald der Clip geöffnet ist</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{rate} a second on average; the times are the clip's own, frame by frame</source>
      <translation>im Mittel {rate} je Sekunde; die Zeiten sind die des Clips, Frame für Frame</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{so_far}, {max} s left</source>
      <translation>{so_far}, noch {max} s</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{so_far}, {round} min left</source>
      <translation>{so_far}, noch {round} min</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_dialog.py</extracomment>
      <source>{start} to {end}</source>
      <translation>{start} bis {end}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/review/statistics_dialog.py</extracomment>
      <source>{str!r} cannot be written; choose another folder.</source>
      <translation>{str!r} kann nicht geschrieben werden; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/status.py</extracomment>
      <source>{summary}
{value:.1f} million weights, {licence}</source>
      <translation>{summary}
{value:.1f} Millionen Gewichte, {licence}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline.py</extracomment>
      <source>{text!r} is neither a frame nor a time; type a number such as 120, or 0:04.8.</source>
      <translation>{text!r} ist weder Frame noch Zeit; geben Sie eine Zahl wie 120 oder 0:04,8 ein.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{text!r} is no span of frames; write such as 12-40, or nothing for all.</source>
      <translation>{text!r} ist kein Bereich von Frames; schreiben Sie etwa 12-40, oder nichts für alle.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_options_bar.py</extracomment>
      <source>{tip} M goes on to the next.</source>
      <translation>{tip} M geht zum nächsten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/propagation_bar.py</extracomment>
      <source>{tip} or {also}</source>
      <translation>{tip} oder {also}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{title} (1 of {len})</source>
      <translation>{title} (1 von {len})</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/job_panel.py</extracomment>
      <source>{title} was stopped.</source>
      <translation>{title} wurde angehalten.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/tool_operations.py</extracomment>
      <source>{title}: nothing to change in this mask.</source>
      <translation>{title}: An dieser Maske ist nichts zu ändern.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/clip/timeline_verbs.py</extracomment>
      <source>{upper}{value} on offer: Enter accepts.</source>
      <translation>{upper}{value} im Angebot: Enter nimmt an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{value:.1f} MB, {value_2:.1f} M</source>
      <translation>{value:.1f} MB, {value_2:.1f} M</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>{value} frames of the clip voted on this mask.</source>
      <translation>{value} Frames des Clips haben über diese Maske abgestimmt.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>{value}. Esc stops it.</source>
      <translation>{value}. Esc hält an.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/models_dialog.py</extracomment>
      <source>{what}; {words} words a phrase</source>
      <translation>{what}; {words} Wörter je Satz</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{who} {said}: agreement {agreement}</source>
      <translation>{who} {said}: Übereinstimmung {agreement}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/phrase_bar.py</extracomment>
      <source>{words} (and {value} more)</source>
      <translation>{words} (und {value} weitere)</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/panels/properties.py</extracomment>
      <source>{words}, by {author}</source>
      <translation>{words}, von {author}</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>“{title}” is hidden; show it to change its mask.</source>
      <translation>„{title}“ ist ausgeblendet; blenden Sie es ein, um seine Maske zu ändern.</translation>
    </message>
    <message>
      <extracomment>refseg_annotator/ui/tools/painting.py</extracomment>
      <source>“{title}” is locked; unlock it to change its mask.</source>
      <translation>„{title}“ ist gesperrt; geben Sie es frei, um seine Maske zu ändern.</translation>
    </message>
  </context>
</TS>
