<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutBox</name>
    <message>
        <source>About NMF Explorer</source>
        <translation>Über NMF Explorer</translation>
    </message>
    <message>
        <source>NMF Explorer {version}</source>
        <translation>NMF Explorer {version}</translation>
    </message>
    <message>
        <source>Shows how images are made of parts, by non-negative matrix factorization (Lee and Seung 1999, doi 10.1038/44565).

MIT licence. Made with Python, numpy, Pillow, and Qt under the LGPL. The handwritten digits are by E. Alpaydin and C. Kaynak, CC BY 4.0.</source>
        <translation>Zeigt durch nichtnegative Matrixfaktorisierung, wie Bilder aus Teilen bestehen (Lee und Seung 1999, doi 10.1038/44565).

MIT-Lizenz. Gemacht mit Python, numpy, Pillow und mit Qt unter der LGPL. Die handgeschriebenen Ziffern sind von E. Alpaydin und C. Kaynak, CC BY 4.0.</translation>
    </message>
</context>
<context>
    <name>AgreementLabel</name>
    <message>
        <source>Agreement of starts</source>
        <translation>Übereinstimmung der Starts</translation>
    </message>
    <message>
        <source>The fit was begun anew from other places: what comes out each time lies in the images, what does not lies in the start.</source>
        <translation>Die Zerlegung wurde von anderen Stellen aus neu begonnen: Was jedes Mal herauskommt, liegt an den Bildern; was nicht, liegt am Start.</translation>
    </message>
    <message>
        <source>the other start did not come as low</source>
        <translation>der andere Start erreichte keinen so kleinen Fehler</translation>
    </message>
    <message numerus="yes">
        <source>none of %Ln other starts came as low</source>
        <translation>
            <numerusform>auch der %Ln andere Start erreichte keinen so kleinen Fehler</numerusform>
            <numerusform>keiner der %Ln anderen Starts erreichte einen so kleinen Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>{found} of {parts} found again from the one other start that came as low</source>
        <translation>{found} von {parts} vom einzigen anderen Start mit so kleinem Fehler wiedergefunden</translation>
    </message>
    <message numerus="yes">
        <source>{found} of {parts} found again from each of %Ln other starts that came as low</source>
        <translation>
            <numerusform>{found} von {parts} von dem %Ln anderen Start mit so kleinem Fehler wiedergefunden</numerusform>
            <numerusform>{found} von {parts} von jedem der %Ln anderen Starts mit so kleinem Fehler wiedergefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>1 part</source>
        <translation>1 Teil</translation>
    </message>
    <message numerus="yes">
        <source>%Ln parts</source>
        <translation>
            <numerusform>%Ln Teil</numerusform>
            <numerusform>%Ln Teilen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 part is enough</source>
        <translation>1 Teil genügt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln parts are enough</source>
        <translation>
            <numerusform>%Ln Teil genügt</numerusform>
            <numerusform>%Ln Teile genügen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 is used by no image</source>
        <translation>1 wird von keinem Bild benutzt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln are used by no image</source>
        <translation>
            <numerusform>%Ln wird von keinem Bild benutzt</numerusform>
            <numerusform>%Ln werden von keinem Bild benutzt</numerusform>
        </translation>
    </message>
    <message>
        <source>1 is a copy of another</source>
        <translation>1 ist die Kopie eines anderen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln are copies of others</source>
        <translation>
            <numerusform>%Ln ist die Kopie eines anderen</numerusform>
            <numerusform>%Ln sind Kopien anderer</numerusform>
        </translation>
    </message>
    <message>
        <source>{enough}: {reasons}</source>
        <translation>{enough}: {reasons}</translation>
    </message>
    <message>
        <source>{finding}: these images do not tell the parts apart</source>
        <translation>{finding}: In diesen Bildern lassen sich die Teile nicht unterscheiden</translation>
    </message>
    <message>
        <source>{finding}; {error} of the images is not explained, more parts may help</source>
        <translation>{finding}; {error} der Bilder sind nicht erklärt, mit mehr Teilen werden es vielleicht weniger</translation>
    </message>
    <message>
        <source>{finding}; the others depend on the start</source>
        <translation>{finding}; die anderen hängen vom Start ab</translation>
    </message>
</context>
<context>
    <name>AppearanceMenu</name>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>&amp;Systemeinstellung</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>High &amp;Contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
</context>
<context>
    <name>ColumnTable</name>
    <message>
        <source>Columns of the table</source>
        <translation>Spalten der Tabelle</translation>
    </message>
    <message>
        <source>Columns of the ta&amp;ble</source>
        <translation>S&amp;palten der Tabelle</translation>
    </message>
    <message>
        <source>{n} more columns are not shown</source>
        <translation>{n} weitere Spalten werden nicht gezeigt</translation>
    </message>
    <message>
        <source>pixel</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Beschriftung</translation>
    </message>
    <message>
        <source>ignored</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>column {n}</source>
        <translation>Spalte {n}</translation>
    </message>
    <message>
        <source>Click to change what this column holds</source>
        <translation>Klicken, um zu ändern, was diese Spalte enthält</translation>
    </message>
    <message>
        <source>Click a title, or press Return in a column, to change what it holds</source>
        <translation>Auf einen Titel klicken oder in einer Spalte die Eingabetaste drücken, um zu ändern, was sie enthält</translation>
    </message>
    <message>
        <source>Pixel of the images</source>
        <translation>Pixel der Bilder</translation>
    </message>
    <message>
        <source>Name of each image</source>
        <translation>Name jedes Bildes</translation>
    </message>
    <message>
        <source>Label (class) of each image</source>
        <translation>Beschriftung (Klasse) jedes Bildes</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Auslassen</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Unexpected error — NMF Explorer</source>
        <translation>Unerwarteter Fehler — NMF Explorer</translation>
    </message>
    <message>
        <source>Something went wrong that should not happen.</source>
        <translation>Ein Fehler ist aufgetreten, der nicht vorkommen sollte.</translation>
    </message>
    <message>
        <source>The program goes on. Please copy the details and send them to its authors.</source>
        <translation>Das Programm läuft weiter. Bitte kopieren Sie die Einzelheiten und schicken Sie sie an die Autoren.</translation>
    </message>
    <message>
        <source>What happened before is in the log: {path}</source>
        <translation>Was vorher geschah, steht im Protokoll: {path}</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
</context>
<context>
    <name>DrawingTools</name>
    <message>
        <source>Drawing tools</source>
        <translation>Zeichenwerkzeuge</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Colour…</source>
        <translation>Farbe …</translation>
    </message>
    <message>
        <source>The brush removes what it touches</source>
        <translation>Der Pinsel entfernt, was er berührt</translation>
    </message>
    <message>
        <source>Width of the brush</source>
        <translation>Breite des Pinsels</translation>
    </message>
    <message>
        <source>How many pixels the brush is wide</source>
        <translation>Wie viele Pixel der Pinsel breit ist</translation>
    </message>
    <message>
        <source>Brush </source>
        <translation>Pinsel </translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Begin with an empty picture</source>
        <translation>Mit einem leeren Bild beginnen</translation>
    </message>
    <message>
        <source>From Sample</source>
        <translation>Aus Beispiel</translation>
    </message>
    <message>
        <source>Begin with the sample that was looked at</source>
        <translation>Mit dem gezeigten Beispiel beginnen</translation>
    </message>
    <message>
        <source>Colour of the brush</source>
        <translation>Farbe des Pinsels</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop here</source>
        <translation>Hier ablegen</translation>
    </message>
    <message>
        <source>Drop to open “{name}”</source>
        <translation>Ablegen, um „{name}“ zu öffnen</translation>
    </message>
    <message>
        <source>Drop to open {n} items as one set</source>
        <translation>Ablegen, um {n} Dateien und Ordner als eine Sammlung zu öffnen</translation>
    </message>
    <message>
        <source>Drop here to see “{name}” as a sum of these parts</source>
        <translation>Hier ablegen, um „{name}“ als Summe dieser Teile zu sehen</translation>
    </message>
    <message>
        <source>Drop here to open “{name}” as a new set</source>
        <translation>Hier ablegen, um „{name}“ als neue Sammlung zu öffnen</translation>
    </message>
    <message>
        <source>Left: {left}. Right: {right}.</source>
        <translation>Links: {left}. Rechts: {right}.</translation>
    </message>
    <message>
        <source>Drop to open {n} images from “{name}”</source>
        <translation>Ablegen, um {n} Bilder aus „{name}“ zu öffnen</translation>
    </message>
    <message>
        <source>Drop to open {n} images as one set</source>
        <translation>Ablegen, um {n} Bilder als eine Sammlung zu öffnen</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Paste as New &amp;Set</source>
        <translation>Als neue &amp;Sammlung einfügen</translation>
    </message>
    <message>
        <source>&amp;Undo: {what}</source>
        <translation>&amp;Rückgängig: {what}</translation>
    </message>
    <message>
        <source>&amp;Redo: {what}</source>
        <translation>&amp;Wiederholen: {what}</translation>
    </message>
</context>
<context>
    <name>EquationButtons</name>
    <message>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Best Weights</source>
        <translation>Beste Gewichte</translation>
    </message>
    <message>
        <source>Fitted Weights</source>
        <translation>Berechnete Gewichte</translation>
    </message>
    <message>
        <source>Add the terms up one after the other (Ctrl+U)</source>
        <translation>Die Summanden nacheinander addieren (Strg+U)</translation>
    </message>
    <message>
        <source>Move the weights to where they give this picture back best (Ctrl+B)</source>
        <translation>Die Gewichte dorthin bewegen, wo sie dieses Bild am besten wiedergeben (Strg+B)</translation>
    </message>
    <message>
        <source>Bring the weights of the fit back (Ctrl+Shift+B)</source>
        <translation>Die berechneten Gewichte wiederherstellen (Strg+Umschalt+B)</translation>
    </message>
    <message>
        <source>Draw a picture, and see it as a sum of these parts (Ctrl+D)</source>
        <translation>Ein Bild zeichnen und als Summe dieser Teile sehen (Strg+D)</translation>
    </message>
    <message>
        <source>Whole Sum</source>
        <translation>Ganze Summe</translation>
    </message>
    <message>
        <source>Add Up</source>
        <translation>Addieren</translation>
    </message>
</context>
<context>
    <name>EquationMenu</name>
    <message>
        <source>E&amp;quation</source>
        <translation>&amp;Gleichung</translation>
    </message>
    <message>
        <source>&amp;Add Up</source>
        <translation>&amp;Addieren</translation>
    </message>
    <message>
        <source>&amp;Best Weights</source>
        <translation>&amp;Beste Gewichte</translation>
    </message>
    <message>
        <source>&amp;Fitted Weights</source>
        <translation>Be&amp;rechnete Gewichte</translation>
    </message>
    <message>
        <source>&amp;Draw</source>
        <translation>&amp;Zeichnen</translation>
    </message>
    <message>
        <source>&amp;Clear the Picture</source>
        <translation>Bild &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Start from the Sample</source>
        <translation>Mit dem Bei&amp;spiel beginnen</translation>
    </message>
    <message>
        <source>Whole S&amp;um</source>
        <translation>G&amp;anze Summe</translation>
    </message>
</context>
<context>
    <name>EquationRow</name>
    <message>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>your picture</source>
        <translation>eigenes Bild</translation>
    </message>
    <message>
        <source>Your picture: draw with the mouse, or with the arrow keys and space</source>
        <translation>Eigenes Bild: zeichnen mit der Maus oder mit Pfeiltasten und Leertaste</translation>
    </message>
    <message>
        <source>sample minus reconstruction, error of this sample {error}; blue: missing from the sum, red: too much</source>
        <translation>Beispiel minus Rekonstruktion, Fehler dieses Beispiels {error}; blau: fehlt in der Summe, rot: zu viel</translation>
    </message>
    <message>
        <source>residual: {error} of the picture</source>
        <translation>Residuum: {error} des Bildes</translation>
    </message>
    <message>
        <source>residual: {error} of the sample</source>
        <translation>Residuum: {error} des Beispiels</translation>
    </message>
    <message>
        <source>the first of {all} terms</source>
        <translation>der erste von {all} Summanden</translation>
    </message>
    <message>
        <source>without {parts}</source>
        <translation>ohne {parts}</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>{sum}; weights were moved</source>
        <translation>{sum}; Gewichte sind verschoben</translation>
    </message>
    <message>
        <source>residual: {error}</source>
        <translation>Residuum: {error}</translation>
    </message>
    <message>
        <source>the first {n} of {all} terms</source>
        <translation>die ersten {n} von {all} Summanden</translation>
    </message>
    <message>
        <source>{n} of {all} terms</source>
        <translation>{n} von {all} Summanden</translation>
    </message>
    <message>
        <source>reconstruction without {parts}</source>
        <translation>Rekonstruktion ohne {parts}</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>Residuum</translation>
    </message>
</context>
<context>
    <name>ErrorPlot</name>
    <message>
        <source>Error curve</source>
        <translation>Fehlerkurve</translation>
    </message>
    <message>
        <source>iteration {i}: error {error}</source>
        <translation>Iteration {i}: Fehler {error}</translation>
    </message>
    <message>
        <source>iteration {i}: loss {error}</source>
        <translation>Iteration {i}: Fehlermaß {error}</translation>
    </message>
    <message>
        <source>error {first} at iteration 1, {last} at iteration {n}</source>
        <translation>Fehler {first} bei Iteration 1, {last} bei Iteration {n}</translation>
    </message>
    <message>
        <source>loss {first} at iteration 1, {last} at iteration {n}</source>
        <translation>Fehlermaß {first} bei Iteration 1, {last} bei Iteration {n}</translation>
    </message>
    <message>
        <source>Here the error is drawn, iteration by iteration.</source>
        <translation>Hier wird der Fehler gezeichnet, Iteration für Iteration.</translation>
    </message>
</context>
<context>
    <name>ExampleSum</name>
    <message>
        <source>A drawn face ≈ {terms} …, each number times the picture of a part</source>
        <translation>Ein gezeichnetes Gesicht ≈ {terms} …, jede Zahl mal das Bild eines Teils</translation>
    </message>
</context>
<context>
    <name>FileMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New Window</source>
        <translation>&amp;Neues Fenster</translation>
    </message>
    <message>
        <source>&amp;Open Folder…</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;Files…</source>
        <translation>&amp;Dateien öffnen …</translation>
    </message>
    <message>
        <source>&amp;Sample Sets</source>
        <translation>&amp;Mitgelieferte Sammlungen</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>D&amp;rucken …</translation>
    </message>
    <message>
        <source>Print Pre&amp;view…</source>
        <translation>Druck&amp;vorschau …</translation>
    </message>
    <message>
        <source>Clear Picture Cac&amp;he</source>
        <translation>B&amp;ildspeicher leeren</translation>
    </message>
    <message>
        <source>&amp;Close Set</source>
        <translation>&amp;Sammlung schließen</translation>
    </message>
    <message>
        <source>Close &amp;Window</source>
        <translation>&amp;Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
</context>
<context>
    <name>FitPanel</name>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Zerlegen</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Zusehen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Number of parts</source>
        <translation>Anzahl der Teile</translation>
    </message>
    <message>
        <source>How many parts the images are to be made of</source>
        <translation>Aus wie vielen Teilen die Bilder bestehen sollen</translation>
    </message>
    <message>
        <source>Find the parts (Ctrl+Return)</source>
        <translation>Die Teile finden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Watch the parts form from random numbers (Ctrl+Shift+L)</source>
        <translation>Zusehen, wie die Teile aus Zufallszahlen entstehen (Strg+Umschalt+L)</translation>
    </message>
    <message>
        <source>Go on for one iteration, and pause (Ctrl+Shift+Return)</source>
        <translation>Eine Iteration weiter, dann anhalten (Strg+Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Stop and keep what has been found (Esc)</source>
        <translation>Abbrechen und behalten, was bisher gefunden ist (Esc)</translation>
    </message>
    <message>
        <source>Method, start, loss and seed of the next fit (Ctrl+Shift+F)</source>
        <translation>Verfahren, Start, Fehlermaß und Startzahl der nächsten Zerlegung (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>Relative error</source>
        <translation>Relativer Fehler</translation>
    </message>
    <message>
        <source>What is not explained of all images: the size of the residuals, relative to the images; 0 % is exact</source>
        <translation>Was von allen Bildern nicht erklärt ist: die Größe der Residuen im Verhältnis zu den Bildern; 0 %: kein Fehler</translation>
    </message>
    <message>
        <source>Options, changed</source>
        <translation>Optionen, geändert</translation>
    </message>
    <message>
        <source>Changed: {changes}</source>
        <translation>Geändert: {changes}</translation>
    </message>
    <message>
        <source>At most {limit} parts: there are {images}.</source>
        <translation>Höchstens {limit} Teile: Es sind {images}.</translation>
    </message>
    <message numerus="yes">
        <source>Fit %Ln parts</source>
        <translation>
            <numerusform>In %Ln Teil zerlegen</numerusform>
            <numerusform>In %Ln Teile zerlegen</numerusform>
        </translation>
    </message>
    <message>
        <source>Fit 1 part</source>
        <translation>In 1 Teil zerlegen</translation>
    </message>
    <message>
        <source>iteration {n}, trying other starts</source>
        <translation>Iteration {n}, andere Starts werden versucht</translation>
    </message>
    <message>
        <source>iteration {n}</source>
        <translation>Iteration {n}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go on with the fit (Ctrl+Shift+P)</source>
        <translation>Die Zerlegung fortsetzen (Strg+Umschalt+P)</translation>
    </message>
    <message>
        <source>Let the fit wait (Ctrl+Shift+P)</source>
        <translation>Die Zerlegung anhalten (Strg+Umschalt+P)</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt …</translation>
    </message>
    <message>
        <source>Fitting…</source>
        <translation>Zerlegung läuft …</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Loading %v of %m</source>
        <translation>Lädt %v von %m</translation>
    </message>
</context>
<context>
    <name>HelpMenu</name>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Show &amp;Log</source>
        <translation>&amp;Protokoll zeigen</translation>
    </message>
    <message>
        <source>&amp;About NMF Explorer</source>
        <translation>&amp;Über NMF Explorer</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Über &amp;Qt</translation>
    </message>
</context>
<context>
    <name>HiddenParts</name>
    <message>
        <source>Show All</source>
        <translation>Alle einblenden</translation>
    </message>
    <message>
        <source>Let the sum go on with all parts</source>
        <translation>Die Summe wieder mit allen Teilen bilden</translation>
    </message>
    <message>
        <source>The sum goes on without part {i}.</source>
        <translation>Die Summe wird ohne Teil {i} gebildet.</translation>
    </message>
    <message>
        <source>The sum goes on without parts {numbers}.</source>
        <translation>Die Summe wird ohne die Teile {numbers} gebildet.</translation>
    </message>
    <message>
        <source>The sum goes on without {n} parts.</source>
        <translation>Die Summe wird ohne {n} Teile gebildet.</translation>
    </message>
</context>
<context>
    <name>ImageShapeList</name>
    <message>
        <source>Size of an image</source>
        <translation>Größe eines Bildes</translation>
    </message>
</context>
<context>
    <name>KeyboardOverview</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Every menu also opens with Alt and its underlined letter.</source>
        <translation>Jedes Menü öffnet sich auch mit Alt und seinem unterstrichenen Buchstaben.</translation>
    </message>
    <message>
        <source>Lists of pictures</source>
        <translation>Listen von Bildern</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Sliders and numbers</source>
        <translation>Regler und Zahlen</translation>
    </message>
    <message>
        <source>Presentation</source>
        <translation>Präsentation</translation>
    </message>
    <message>
        <source>The picture beside it</source>
        <translation>Das Bild daneben</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>The first, the last</source>
        <translation>Das erste, das letzte</translation>
    </message>
    <message>
        <source>A screenful further</source>
        <translation>Eine Seite weiter</translation>
    </message>
    <message>
        <source>The next whose name begins so</source>
        <translation>Das nächste, dessen Name so beginnt</translation>
    </message>
    <message>
        <source>Letters and digits</source>
        <translation>Buchstaben und Ziffern</translation>
    </message>
    <message>
        <source>The pixel beside it, while one is pointed at</source>
        <translation>Das Pixel daneben, solange auf eines gezeigt wird</translation>
    </message>
    <message>
        <source>Draw: move the brush, and paint</source>
        <translation>Zeichnen: Pinsel bewegen und malen</translation>
    </message>
    <message>
        <source>Equation, parts, both</source>
        <translation>Gleichung, Teile, beides</translation>
    </message>
    <message>
        <source>Another sample</source>
        <translation>Anderes Beispiel</translation>
    </message>
    <message>
        <source>Black screen, and back</source>
        <translation>Schwarzer Bildschirm, und zurück</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>A little more or less</source>
        <translation>Etwas mehr oder weniger</translation>
    </message>
    <message>
        <source>Much more or less</source>
        <translation>Viel mehr oder weniger</translation>
    </message>
    <message>
        <source>No weight, the weight of the fit</source>
        <translation>Gewicht null, Gewicht der Zerlegung</translation>
    </message>
    <message>
        <source>Look at the part of this weight</source>
        <translation>Das Teil dieses Gewichts ansehen</translation>
    </message>
    <message>
        <source>The next control, the one before</source>
        <translation>Das nächste Bedienelement, das vorige</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>&amp;Systemeinstellung</translation>
    </message>
</context>
<context>
    <name>LoadForm</name>
    <message>
        <source>Array</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Images are counted by</source>
        <translation>Bilder zählt</translation>
    </message>
    <message>
        <source>Images are</source>
        <translation>Bilder sind</translation>
    </message>
    <message>
        <source>Each is</source>
        <translation>Jedes ist</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Other sizes</source>
        <translation>Andere Größen</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>White is</source>
        <translation>Weiß ist</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>Next tile after</source>
        <translation>Nächste Kachel nach</translation>
    </message>
    <message>
        <source>Refuse above</source>
        <translation>Ablehnen über</translation>
    </message>
    <message>
        <source>the rows of the table</source>
        <translation>die Zeilen der Tabelle</translation>
    </message>
    <message>
        <source>the rows, always</source>
        <translation>immer die Zeilen</translation>
    </message>
    <message>
        <source>the columns of the table</source>
        <translation>die Spalten der Tabelle</translation>
    </message>
    <message>
        <source>Exchange rows and columns of each image</source>
        <translation>Zeilen und Spalten jedes Bildes vertauschen</translation>
    </message>
    <message>
        <source>Fill, and cut at the edges</source>
        <translation>Füllen und am Rand abschneiden</translation>
    </message>
    <message>
        <source>Show whole, on the background</source>
        <translation>Ganz zeigen, auf dem Hintergrund</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>Verzerren</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>one tile</source>
        <translation>einer Kachel</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> Pixel</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>As most of them</source>
        <translation>Wie die meisten</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Automatic, by the depth</source>
        <translation>Automatisch, nach der Farbtiefe</translation>
    </message>
    <message>
        <source>The largest value of the set</source>
        <translation>Der größte Wert der Sammlung</translation>
    </message>
    <message>
        <source>Keep colours</source>
        <translation>Farben behalten</translation>
    </message>
    <message>
        <source>Invert: dark becomes bright</source>
        <translation>Umkehren: Dunkles wird hell</translation>
    </message>
    <message>
        <source>Automatic: all of a single file</source>
        <translation>Automatisch: alle einer einzelnen Datei</translation>
    </message>
    <message>
        <source>The first of each file</source>
        <translation>Das erste jeder Datei</translation>
    </message>
    <message>
        <source>All of each file</source>
        <translation>Alle jeder Datei</translation>
    </message>
    <message>
        <source> million pixels</source>
        <translation> Millionen Pixel</translation>
    </message>
    <message>
        <source>Usual are {n}</source>
        <translation>Üblich sind {n}</translation>
    </message>
    <message>
        <source>axis {axis}: {n} of {size} pixels</source>
        <translation>Achse {axis}: {n} von {size} Pixeln</translation>
    </message>
</context>
<context>
    <name>LoadPanel</name>
    <message>
        <source>How these were read</source>
        <translation>Wie die Bilder gelesen wurden</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Keep as is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Open the set again, read like this</source>
        <translation>Die Sammlung mit diesen Einstellungen noch einmal öffnen</translation>
    </message>
    <message>
        <source>Leave the set as it was read, and close this panel (Ctrl+I)</source>
        <translation>Die Sammlung lassen, wie sie gelesen wurde, und diesen Bereich schließen (Strg+I)</translation>
    </message>
    <message>
        <source>More choices</source>
        <translation>Mehr Möglichkeiten</translation>
    </message>
    <message>
        <source>A few of them, {size} pixels</source>
        <translation>Einige davon, {size} Pixel</translation>
    </message>
    <message>
        <source>Reading a few of them…</source>
        <translation>Einige davon werden gelesen …</translation>
    </message>
    <message>
        <source>{size} ({n})</source>
        <translation>{size} ({n})</translation>
    </message>
    <message>
        <source>and {n} other sizes</source>
        <translation>und {n} andere Größen</translation>
    </message>
    <message>
        <source>Sizes in the files: {sizes}</source>
        <translation>Größen in den Dateien: {sizes}</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open a folder of images</source>
        <translation>Einen Ordner mit Bildern öffnen</translation>
    </message>
    <message>
        <source>Open images, archives and tables</source>
        <translation>Bilder, Archive und Tabellen öffnen</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>{label}, sample {i}</source>
        <translation>{label}, Beispiel {i}</translation>
    </message>
    <message>
        <source>sample {i} of {n}, {name}</source>
        <translation>Beispiel {i} von {n}, {name}</translation>
    </message>
    <message>
        <source>part {i}</source>
        <translation>Teil {i}</translation>
    </message>
    <message>
        <source>1 image of {width} x {height} pixels</source>
        <translation>1 Bild mit {width} x {height} Pixeln</translation>
    </message>
    <message>
        <source>{n} images of {width} x {height} pixels</source>
        <translation>{n} Bilder mit {width} x {height} Pixeln</translation>
    </message>
    <message>
        <source>A fit waits. Resume or cancel it first, and then fit again from any place of it.</source>
        <translation>Eine Zerlegung ist angehalten. Erst „Weiter“ oder „Abbrechen“ wählen; danach lässt sich von jeder ihrer Stellen aus neu zerlegen.</translation>
    </message>
    <message>
        <source>An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them in most such files.</source>
        <translation>Ein Feld von {shape} Zahlen wurde als {n} Bilder von {size} Pixeln gelesen: Achse {axis} zählt sie in den meisten solchen Dateien.</translation>
    </message>
    <message>
        <source>An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them, since along it neighbouring numbers differ most.</source>
        <translation>Ein Feld von {shape} Zahlen wurde als {n} Bilder von {size} Pixeln gelesen: Achse {axis} zählt sie, denn entlang dieser Achse unterscheiden sich benachbarte Zahlen am meisten.</translation>
    </message>
    <message>
        <source>An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them, since otherwise they would be narrow strips.</source>
        <translation>Ein Feld von {shape} Zahlen wurde als {n} Bilder von {size} Pixeln gelesen: Achse {axis} zählt sie, denn sonst wären es schmale Streifen.</translation>
    </message>
    <message>
        <source>An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them, since that makes them square.</source>
        <translation>Ein Feld von {shape} Zahlen wurde als {n} Bilder von {size} Pixeln gelesen: Achse {axis} zählt sie, denn so sind sie quadratisch.</translation>
    </message>
    <message>
        <source>An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them, since there are as many labels.</source>
        <translation>Ein Feld von {shape} Zahlen wurde als {n} Bilder von {size} Pixeln gelesen: Achse {axis} zählt sie, denn es gibt ebenso viele Beschriftungen.</translation>
    </message>
    <message>
        <source>An object among the numbers is no real number: {value!r}. Replace such values, or leave out the samples that have them.</source>
        <translation>Zwischen den Zahlen steht etwas, das keine reelle Zahl ist: {value!r}. Solche Werte ersetzen oder die Beispiele, die sie haben, weglassen.</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>Best weights</source>
        <translation>Beste Gewichte</translation>
    </message>
    <message>
        <source>Bring a picture along</source>
        <translation>Eigenes Bild mitbringen</translation>
    </message>
    <message>
        <source>Changes during a fit</source>
        <translation>Änderungen während einer Zerlegung</translation>
    </message>
    <message>
        <source>Clear the picture</source>
        <translation>Bild leeren</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Drawn faces</source>
        <translation>Gezeichnete Gesichter</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Every image of “{name}” is black; there is nothing to take apart.</source>
        <translation>Jedes Bild von „{name}“ ist schwarz; es gibt nichts zu zerlegen.</translation>
    </message>
    <message>
        <source>Expected an array or a CSR array of real numbers; got {kind}.</source>
        <translation>Erwartet wird ein Array oder CSR-Array reeller Zahlen, nicht {kind}.</translation>
    </message>
    <message>
        <source>Expected real numbers of shape (n_samples, n_features) or (n_samples, height, width); got {dtype} of shape {shape}.</source>
        <translation>Erwartet werden reelle Zahlen der Form (n_samples, n_features) oder (n_samples, height, width); gegeben ist {dtype} der Form {shape}.</translation>
    </message>
    <message>
        <source>Fitted weights</source>
        <translation>Berechnete Gewichte</translation>
    </message>
    <message>
        <source>Handwritten digits</source>
        <translation>Handgeschriebene Ziffern</translation>
    </message>
    <message>
        <source>Hide part {i}</source>
        <translation>Teil {i} ausblenden</translation>
    </message>
    <message>
        <source>Hide {n} parts</source>
        <translation>{n} Teile ausblenden</translation>
    </message>
    <message>
        <source>How the images are read</source>
        <translation>Wie die Bilder gelesen werden</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>LED digits 0 to 9</source>
        <translation>LED-Ziffern 0 bis 9</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Let axis {axis} count them</source>
        <translation>Achse {axis} zählen lassen</translation>
    </message>
    <message>
        <source>Loading was stopped; nothing was changed.</source>
        <translation>Das Laden wurde abgebrochen; nichts ist verändert.</translation>
    </message>
    <message>
        <source>Most images are dark on a bright background. Parts are found in what is bright: invert the images.</source>
        <translation>Die meisten Bilder sind dunkel auf hellem Grund. Teile werden in dem gefunden, was hell ist: die Bilder umkehren.</translation>
    </message>
    <message>
        <source>Name of part {i}</source>
        <translation>Name von Teil {i}</translation>
    </message>
    <message>
        <source>No files could be made of the parts: {why}.</source>
        <translation>Aus den Teilen ließen sich keine Dateien machen: {why}.</translation>
    </message>
    <message>
        <source>Nothing to open: the list of files and folders is empty.</source>
        <translation>Nichts zu öffnen: Die Liste der Dateien und Ordner ist leer.</translation>
    </message>
    <message>
        <source>Of several arrays “{name}” was taken. The others: {others}.</source>
        <translation>Von mehreren Feldern wurde „{name}“ genommen. Die anderen: {others}.</translation>
    </message>
    <message>
        <source>Put black behind</source>
        <translation>Schwarz dahinter setzen</translation>
    </message>
    <message>
        <source>Put white behind</source>
        <translation>Weiß dahinter setzen</translation>
    </message>
    <message>
        <source>Samples of shape {shape} do not fit parts of {n} numbers, shape {sample_shape}.</source>
        <translation>Beispiele der Form {shape} passen nicht zu Teilen aus {n} Zahlen, Form {sample_shape}.</translation>
    </message>
    <message>
        <source>Show all parts</source>
        <translation>Alle Teile einblenden</translation>
    </message>
    <message>
        <source>Show part {i}</source>
        <translation>Teil {i} einblenden</translation>
    </message>
    <message>
        <source>Show {n} parts</source>
        <translation>{n} Teile einblenden</translation>
    </message>
    <message>
        <source>Some values are masked, and every value counts in a fit. Fill them first, such as by array.filled(0), or leave out the samples or pixels that have masked values.</source>
        <translation>Einige Werte sind maskiert, bei einer Zerlegung zählt aber jeder. Erst auffüllen, etwa mit array.filled(0), oder die Beispiele oder Pixel mit maskierten Werten weglassen.</translation>
    </message>
    <message>
        <source>Start from the sample</source>
        <translation>Mit dem Beispiel beginnen</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Stripes</source>
        <translation>Streifen</translation>
    </message>
    <message>
        <source>Swimmer</source>
        <translation>Schwimmer</translation>
    </message>
    <message>
        <source>Take 65,535 as white</source>
        <translation>65 535 als Weiß nehmen</translation>
    </message>
    <message>
        <source>Take all frames</source>
        <translation>Alle Einzelbilder nehmen</translation>
    </message>
    <message>
        <source>Take “{name}”</source>
        <translation>„{name}“ nehmen</translation>
    </message>
    <message>
        <source>The clipboard holds neither a picture nor files.</source>
        <translation>In der Zwischenablage sind weder ein Bild noch Dateien.</translation>
    </message>
    <message>
        <source>The data are empty: their shape is {shape}.</source>
        <translation>Die Daten sind leer: Ihre Form ist {shape}.</translation>
    </message>
    <message>
        <source>Fit of 1 part</source>
        <translation>Zerlegung in 1 Teil</translation>
    </message>
    <message>
        <source>1 image of {width} x {height} loaded.</source>
        <translation>1 Bild mit {width} x {height} geladen.</translation>
    </message>
    <message>
        <source>1 image of {width} x {height} loaded; {skipped:,} skipped.</source>
        <translation>1 Bild mit {width} x {height} geladen; {skipped:,} übergangen.</translation>
    </message>
    <message>
        <source>Column {column} of the table looks like classes and was taken as labels.</source>
        <translation>Spalte {column} der Tabelle sieht nach Klassen aus und wurde als Beschriftung genommen.</translation>
    </message>
    <message>
        <source>Column {column} of the table may be labels; it was taken as a pixel.</source>
        <translation>Spalte {column} der Tabelle könnte die Beschriftung sein; sie wurde als Pixel genommen.</translation>
    </message>
    <message>
        <source>Columns of the table: {n} of numbers; names: {names}; labels: {labels}; left out: {left_out}.</source>
        <translation>Spalten der Tabelle: {n} mit Zahlen; Namen: {names}; Beschriftung: {labels}; weggelassen: {left_out}.</translation>
    </message>
    <message>
        <source>Fit of {n:,} parts</source>
        <translation>Zerlegung in {n:,} Teile</translation>
    </message>
    <message>
        <source>Lines before the table that were left out: {n}.</source>
        <translation>Weggelassene Zeilen vor der Tabelle: {n}.</translation>
    </message>
    <message>
        <source>Percentages in the table were read as shares: 50% as 0.5.</source>
        <translation>Prozentangaben der Tabelle wurden als Anteile gelesen: 50 % als 0,5.</translation>
    </message>
    <message>
        <source>Stopped at iteration {n:,}; the parts found so far are kept.</source>
        <translation>Bei Iteration {n:,} abgebrochen; die bis dahin gefundenen Teile bleiben.</translation>
    </message>
    <message>
        <source>TRUE and FALSE in the table were read as 1 and 0.</source>
        <translation>TRUE und FALSE in der Tabelle wurden als 1 und 0 gelesen.</translation>
    </message>
    <message>
        <source>Take it as a pixel</source>
        <translation>Als Pixel nehmen</translation>
    </message>
    <message>
        <source>Take it as labels</source>
        <translation>Als Beschriftung nehmen</translation>
    </message>
    <message>
        <source>Take the rows</source>
        <translation>Zeilen nehmen</translation>
    </message>
    <message>
        <source>The first column of the table rises evenly, and the others have names: each column was taken as one sample.</source>
        <translation>Die erste Spalte der Tabelle steigt gleichmäßig, und die anderen haben Namen: Jede Spalte wurde als ein Bild genommen.</translation>
    </message>
    <message>
        <source>The first row of the table was taken as its header: {why}.</source>
        <translation>Die erste Zeile der Tabelle wurde als Kopfzeile genommen: {why}.</translation>
    </message>
    <message>
        <source>The fit ended after 1 iteration before it had converged.</source>
        <translation>Die Zerlegung endete nach 1 Iteration, bevor sie konvergiert war.</translation>
    </message>
    <message>
        <source>The fit ended after {n:,} iterations before it had converged.</source>
        <translation>Die Zerlegung endete nach {n:,} Iterationen, bevor sie konvergiert war.</translation>
    </message>
    <message>
        <source>The fit was stopped before its first iteration.</source>
        <translation>Die Zerlegung wurde vor ihrer ersten Iteration abgebrochen.</translation>
    </message>
    <message>
        <source>The images are not those that they were; what was found in them cannot be brought back.</source>
        <translation>Die Bilder sind nicht mehr dieselben; was in ihnen gefunden wurde, lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>The images need {need:,.0f} MB, and neither memory nor disk has as much. Choose a smaller size.</source>
        <translation>Die Bilder brauchen {need:,.0f} MB, und weder Speicher noch Platte haben so viel. Eine kleinere Größe wählen.</translation>
    </message>
    <message>
        <source>The images of {size} pixels were reduced to {small} so that all of them fit into memory.</source>
        <translation>Die Bilder mit {size} Pixeln wurden auf {small} verkleinert, damit alle in den Speicher passen.</translation>
    </message>
    <message>
        <source>The images of {size} pixels were reduced to {small}, in which parts are seen well.</source>
        <translation>Die Bilder mit {size} Pixeln wurden auf {small} verkleinert; darin sind Teile gut zu sehen.</translation>
    </message>
    <message>
        <source>The labels in “{name}” cannot be used: there are {n} of them, and {total} images.</source>
        <translation>Die Beschriftungen in „{name}“ sind nicht zu brauchen: Es sind {n}, bei {total} Bildern.</translation>
    </message>
    <message>
        <source>The labels in “{name}” cannot be used: {why}</source>
        <translation>Die Beschriftungen in „{name}“ sind nicht zu brauchen: {why}</translation>
    </message>
    <message>
        <source>The last {rows} rows and {columns} columns of pixels make no whole tile and are left out.</source>
        <translation>Die letzten {rows} Zeilen und {columns} Spalten von Pixeln ergeben keine ganze Kachel und fallen weg.</translation>
    </message>
    <message>
        <source>The numbers do not form an array: {why}</source>
        <translation>Die Zahlen bilden kein Feld: {why}</translation>
    </message>
    <message>
        <source>The numbers of “{name}” are sparse and cannot be inverted.</source>
        <translation>Die Zahlen von „{name}“ sind dünn besetzt und lassen sich nicht umkehren.</translation>
    </message>
    <message>
        <source>The page could not be printed. Choose another printer or file.</source>
        <translation>Die Seite ließ sich nicht drucken. Einen anderen Drucker oder eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>The picture cache could not be cleared: {why}.</source>
        <translation>Der Bildspeicher ließ sich nicht leeren: {why}.</translation>
    </message>
    <message>
        <source>The picture cache is empty.</source>
        <translation>Der Bildspeicher ist leer.</translation>
    </message>
    <message>
        <source>The loss “itakura-saito” compares ratios and needs every value above 0; “{name}” has zeros, or values that are nearly 0 beside the others. Choose “kullback-leibler” or “frobenius”, or add a small value to all.</source>
        <translation>Das Fehlermaß „itakura-saito“ vergleicht Verhältnisse und braucht lauter Werte über 0; „{name}“ hat Nullen oder Werte, die neben den anderen fast 0 sind. „kullback-leibler“ oder „frobenius“ wählen oder zu allem einen kleinen Wert addieren.</translation>
    </message>
    <message>
        <source>A penalty on one factor only has no effect: {given} makes it small, and the other one large instead. Give {missing} too.</source>
        <translation>Ein Strafterm für nur einen Faktor wirkt nicht: {given} macht ihn klein, und der andere wird dafür groß. Auch {missing} angeben.</translation>
    </message>
    <message>
        <source>Images of several depths meet in this set. White is taken to be, for each depth, {whites}.</source>
        <translation>Diese Sammlung enthält Bilder verschiedener Farbtiefe. Als Weiß gilt je Tiefe: {whites}.</translation>
    </message>
    <message>
        <source>LED patterns</source>
        <translation>LED-Muster</translation>
    </message>
    <message>
        <source>Loading was stopped.</source>
        <translation>Das Laden wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Read in colour</source>
        <translation>In Farbe lesen</translation>
    </message>
    <message>
        <source>The fit that ran was stopped for it.</source>
        <translation>Die laufende Zerlegung wurde dafür abgebrochen.</translation>
    </message>
    <message>
        <source>The fit that ran was stopped for it; the parts found so far are kept.</source>
        <translation>Die laufende Zerlegung wurde dafür abgebrochen; die bisher gefundenen Teile bleiben.</translation>
    </message>
    <message>
        <source>The images are in colour and were read as grey.</source>
        <translation>Die Bilder sind farbig und wurden grau gelesen.</translation>
    </message>
    <message>
        <source>The page was printed to the file “{path}”.</source>
        <translation>Die Seite wurde in die Datei „{path}“ gedruckt.</translation>
    </message>
    <message>
        <source>The shapes do not fit: {n} rows of {p} numbers, {names} names, samples of shape {shape}.</source>
        <translation>Die Formen passen nicht zusammen: {n} Zeilen aus {p} Zahlen, {names} Namen, Beispiele der Form {shape}.</translation>
    </message>
    <message>
        <source>The system opens no log files; the log is “{path}”.</source>
        <translation>Das System öffnet keine Protokolldateien; das Protokoll ist „{path}“.</translation>
    </message>
    <message>
        <source>The values are of 16 bits, but none is above {highest:,.0f}; that is taken as white.</source>
        <translation>Die Werte haben 16 Bit, aber keiner liegt über {highest:,.0f}; das wird als Weiß genommen.</translation>
    </message>
    <message>
        <source>The values of “{name}” are too small (highest {highest:.3g}). Multiply all by the same number.</source>
        <translation>Die Werte von „{name}“ sind zu klein (der größte ist {highest:.3g}). Alle mit derselben Zahl multiplizieren.</translation>
    </message>
    <message>
        <source>There is no file or folder “{path}”. Check the name.</source>
        <translation>Es gibt keine Datei und keinen Ordner „{path}“. Bitte den Namen prüfen.</translation>
    </message>
    <message>
        <source>There is no log: “{path}” cannot be written.</source>
        <translation>Es gibt kein Protokoll: „{path}“ kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>There is no option {name!r}; there are: {known}.</source>
        <translation>Eine Option {name!r} gibt es nicht; es gibt: {known}.</translation>
    </message>
    <message>
        <source>There is not enough memory to fit {k} parts to {n} samples of {p} numbers (about {megabytes:.0f} MB). Take smaller samples, fewer of them, or fewer parts, or close other programs.</source>
        <translation>Der Arbeitsspeicher reicht nicht, um {n} Beispiele mit {p} Zahlen in {k} Teile zu zerlegen (etwa {megabytes:.0f} MB). Die Beispiele verkleinern, weniger davon oder weniger Teile nehmen oder andere Programme schließen.</translation>
    </message>
    <message>
        <source>These {n} parts were continued from the {before} before: a fit without them ends at a larger error.</source>
        <translation>Diese {n} Teile setzen die {before} vorigen fort: Ohne sie endet die Zerlegung bei einem größeren Fehler.</translation>
    </message>
    <message>
        <source>This fit begins at random, with seed {seed}; the next one begins as the options say.</source>
        <translation>Diese Zerlegung beginnt zufällig, mit Startzahl {seed}; die nächste beginnt, wie es die Optionen sagen.</translation>
    </message>
    <message>
        <source>This fit begins with seed {seed}.</source>
        <translation>Diese Zerlegung beginnt mit Startzahl {seed}.</translation>
    </message>
    <message>
        <source>Usable images in “{name}”: {n}; at least {needed} are needed to find common parts. Open a folder that holds more images.</source>
        <translation>Brauchbare Bilder in „{name}“: {n}; um gemeinsame Teile zu finden, sind mindestens {needed} nötig. Einen Ordner mit mehr Bildern öffnen.</translation>
    </message>
    <message>
        <source>Usable images in “{name}”: {n}; at least {needed} are needed to find common parts. Skipped files: {skipped}. {first}: {reason}</source>
        <translation>Brauchbare Bilder in „{name}“: {n}; um gemeinsame Teile zu finden, sind mindestens {needed} nötig. Übergangene Dateien: {skipped}. {first}: {reason}</translation>
    </message>
    <message>
        <source>Use full size</source>
        <translation>Volle Größe nehmen</translation>
    </message>
    <message>
        <source>Weight of part {i}</source>
        <translation>Gewicht von Teil {i}</translation>
    </message>
    <message>
        <source>a DICOM image; save it as PNG or TIFF with 16 bits</source>
        <translation>ein DICOM-Bild; als PNG oder TIFF mit 16 Bit speichern</translation>
    </message>
    <message>
        <source>a HEIC photograph; it can be read when pillow-heif is installed</source>
        <translation>ein HEIC-Foto; es lässt sich lesen, wenn pillow-heif installiert ist</translation>
    </message>
    <message>
        <source>a JPEG image of {n} passes, which takes too long to decode; save it anew</source>
        <translation>ein JPEG-Bild aus {n} Durchgängen, das zu lange zu lesen ist; neu speichern</translation>
    </message>
    <message>
        <source>a TIFF image of a kind that is not read; save it as grey or RGB with 8 or 16 bits</source>
        <translation>ein TIFF-Bild einer Art, die nicht gelesen wird; in Grau oder RGB mit 8 oder 16 Bit speichern</translation>
    </message>
    <message>
        <source>a TIFF image of complex numbers; save their size as 32-bit floats</source>
        <translation>ein TIFF-Bild aus komplexen Zahlen; deren Betrag als Gleitkommazahlen mit 32 Bit speichern</translation>
    </message>
    <message>
        <source>a TIFF image with {bits} bits, packed by {name}; save it unpacked or packed by ZIP (deflate)</source>
        <translation>ein TIFF-Bild mit {bits} Bit, gepackt mit {name}; ungepackt oder mit ZIP (Deflate) gepackt speichern</translation>
    </message>
    <message>
        <source>a TIFF image with {n} channels; save it as grey or RGB</source>
        <translation>ein TIFF-Bild mit {n} Kanälen; in Grau oder RGB speichern</translation>
    </message>
    <message>
        <source>a drawing of several layers or objects; save it as PNG, and open that</source>
        <translation>eine Zeichnung aus mehreren Ebenen oder Objekten; als PNG speichern und dieses öffnen</translation>
    </message>
    <message>
        <source>a file of the kind {kind}; save it as PNG or TIFF</source>
        <translation>eine Datei der Art {kind}; als PNG oder TIFF speichern</translation>
    </message>
    <message>
        <source>a file of the kind {kind}; save its table as CSV, and open that file</source>
        <translation>eine Datei der Art {kind}; die Tabelle darin als CSV speichern und diese Datei öffnen</translation>
    </message>
    <message>
        <source>a folder of deleted files; they are left out</source>
        <translation>ein Ordner gelöschter Dateien; sie werden weggelassen</translation>
    </message>
    <message>
        <source>a link to a folder; links are not followed</source>
        <translation>ein Verweis auf einen Ordner; Verweisen wird nicht gefolgt</translation>
    </message>
    <message>
        <source>a link; links are not followed</source>
        <translation>ein Verweis; Verweisen wird nicht gefolgt</translation>
    </message>
    <message>
        <source>a note of Git LFS that stands for the picture; fetch the picture itself</source>
        <translation>ein Platzhalter von Git LFS anstelle des Bildes; das Bild selbst herunterladen</translation>
    </message>
    <message>
        <source>a pickle of Python, which could run a program; save its array with numpy.save as .npy</source>
        <translation>ein Pickle von Python, das ein Programm ausführen könnte; das Array darin mit numpy.save als .npy speichern</translation>
    </message>
    <message>
        <source>a presentation; save its slides as PNG, and open the folder that holds them</source>
        <translation>eine Präsentation; die Folien als PNG speichern und den Ordner mit ihnen öffnen</translation>
    </message>
    <message>
        <source>a raw photograph of a camera; save it as PNG or TIFF</source>
        <translation>eine Rohaufnahme einer Kamera; als PNG oder TIFF speichern</translation>
    </message>
    <message>
        <source>a sound, not a picture</source>
        <translation>eine Tonaufnahme, kein Bild</translation>
    </message>
    <message>
        <source>a sparse array in the format “{kind}”; save it as CSR</source>
        <translation>ein dünn besetztes Feld im Format „{kind}“; als CSR sichern</translation>
    </message>
    <message>
        <source>a sparse array whose parts contradict one another</source>
        <translation>ein dünn besetztes Feld, dessen Teile einander widersprechen</translation>
    </message>
    <message>
        <source>a sparse array without a usable shape</source>
        <translation>ein dünn besetztes Feld ohne brauchbare Form</translation>
    </message>
    <message>
        <source>a sparse array; its samples of {n:,} numbers keep their size and have no colours</source>
        <translation>ein dünn besetztes Feld; seine Beispiele von {n:,} Zahlen behalten ihre Größe und haben keine Farben</translation>
    </message>
    <message>
        <source>a spreadsheet; save its table as CSV, and open that file</source>
        <translation>eine Tabellenkalkulation; die Tabelle darin als CSV speichern und diese Datei öffnen</translation>
    </message>
    <message>
        <source>a stack: {n} planes lie behind its only image, and nothing describes them; save it with a page for each</source>
        <translation>ein Stapel: Hinter dem einzigen Bild liegen {n} Ebenen, die nichts beschreibt; mit einer Seite je Ebene speichern</translation>
    </message>
    <message>
        <source>a table beside pictures of another size; open it alone if it holds samples</source>
        <translation>eine Tabelle neben Bildern anderer Größe; allein öffnen, falls sie Beispiele enthält</translation>
    </message>
    <message>
        <source>a text document; save its pictures as PNG, or its table as CSV, and open those</source>
        <translation>ein Textdokument; seine Bilder als PNG oder seine Tabelle als CSV speichern und diese öffnen</translation>
    </message>
    <message>
        <source>a video; save frames of it as PNG, and open the folder that holds them</source>
        <translation>ein Video; einzelne Bilder daraus als PNG speichern und den Ordner mit ihnen öffnen</translation>
    </message>
    <message>
        <source>a web page, not a picture; perhaps a download that failed</source>
        <translation>eine Webseite, kein Bild; vielleicht ein missglückter Download</translation>
    </message>
    <message>
        <source>a {kind} archive; unpack it first</source>
        <translation>ein {kind}-Archiv; zuerst entpacken</translation>
    </message>
    <message>
        <source>an ARFF file with sparse rows; save it with dense rows, or as CSV</source>
        <translation>eine ARFF-Datei mit dünn besetzten Zeilen; mit vollen Zeilen oder als CSV speichern</translation>
    </message>
    <message>
        <source>an ARFF file without @data; save it again, or as CSV</source>
        <translation>eine ARFF-Datei ohne @data; noch einmal speichern, oder als CSV</translation>
    </message>
    <message>
        <source>an HDF5 file, as MATLAB 7.3 writes them; save it in MATLAB with “-v7”</source>
        <translation>eine HDF5-Datei, wie MATLAB 7.3 sie schreibt; in MATLAB mit „-v7“ sichern</translation>
    </message>
    <message>
        <source>an HDF5 file, as h5py and Keras write them; save its array with numpy.save as .npy</source>
        <translation>eine HDF5-Datei, wie h5py und Keras sie schreiben; ihr Feld mit numpy.save als .npy speichern</translation>
    </message>
    <message>
        <source>an archive inside an archive; unpack it first</source>
        <translation>ein Archiv in einem Archiv; zuerst auspacken</translation>
    </message>
    <message>
        <source>an archive or a packed file; open it by itself</source>
        <translation>ein Archiv oder eine gepackte Datei; für sich allein öffnen</translation>
    </message>
    <message>
        <source>an array of objects; those could run code, and are not read</source>
        <translation>ein Feld von Objekten; die könnten Programme ausführen und werden nicht gelesen</translation>
    </message>
    <message>
        <source>an array of records, which cannot be read; save one of its fields by itself</source>
        <translation>ein Feld von Datensätzen, das nicht gelesen werden kann; eines seiner Felder einzeln speichern</translation>
    </message>
    <message>
        <source>an array of shape {shape}; expected (n, pixels), (n, height, width) or (n, height, width, 3)</source>
        <translation>ein Feld der Form {shape}; erwartet wird (n, pixels), (n, height, width) oder (n, height, width, 3)</translation>
    </message>
    <message>
        <source>an array of shape {shape}; if axis {axis} counts its samples, no other can be that of colours</source>
        <translation>ein Feld der Form {shape}; wenn Achse {axis} die Beispiele zählt, kann keine andere die der Farben sein</translation>
    </message>
    <message>
        <source>an array of texts; expected real numbers</source>
        <translation>ein Feld von Texten; erwartet werden reelle Zahlen</translation>
    </message>
    <message>
        <source>an array of {n} axes, 0 to {last}; axis {axis} cannot count its samples</source>
        <translation>ein Feld mit {n} Achsen, 0 bis {last}; Achse {axis} kann die Beispiele nicht zählen</translation>
    </message>
    <message>
        <source>an array of “{kind}”; expected real numbers</source>
        <translation>ein Feld von „{kind}“; erwartet werden reelle Zahlen</translation>
    </message>
    <message>
        <source>cannot be read: {why}</source>
        <translation>ist nicht lesbar: {why}</translation>
    </message>
    <message>
        <source>columns is for tables in text files, such as CSV; there is none in “{name}”.</source>
        <translation>columns ist für Tabellen in Textdateien wie CSV; in „{name}“ ist keine.</translation>
    </message>
    <message>
        <source>damaged or not readable: {why}</source>
        <translation>beschädigt oder nicht lesbar: {why}</translation>
    </message>
    <message>
        <source>damaged: it begins like a picture, but its header cannot be read</source>
        <translation>beschädigt: Sie beginnt wie ein Bild, aber ihr Kopf ist nicht lesbar</translation>
    </message>
    <message>
        <source>damaged: its size is {width} x {height} pixels</source>
        <translation>beschädigt: die Größe ist mit {width} x {height} Pixeln angegeben</translation>
    </message>
    <message>
        <source>damaged: what it says of itself does not fit its length; copy or download it again</source>
        <translation>beschädigt: Was sie über sich sagt, passt nicht zu ihrer Länge; noch einmal kopieren oder herunterladen</translation>
    </message>
    <message>
        <source>encrypted; unpack the archive with its password first</source>
        <translation>verschlüsselt; das Archiv zuerst mit seinem Passwort auspacken</translation>
    </message>
    <message>
        <source>first must be a model or an array of parts; got {value!r}.</source>
        <translation>first muss ein Modell oder ein Feld von Teilen sein; es ist {value!r}.</translation>
    </message>
    <message>
        <source>has a cell array of more than {limit} cells</source>
        <translation>hat ein Zellenfeld mit mehr als {limit} Zellen</translation>
    </message>
    <message>
        <source>has a number larger than {limit:.2g}, the largest that can be stored here; divide all numbers by the largest</source>
        <translation>enthält eine Zahl über {limit:.2g}, der größten, die hier gespeichert werden kann; alle Zahlen durch die größte teilen</translation>
    </message>
    <message>
        <source>has another size: {size} pixels</source>
        <translation>hat eine andere Größe: {size} Pixel</translation>
    </message>
    <message>
        <source>has more than {limit} members</source>
        <translation>hat mehr als {limit} Einträge</translation>
    </message>
    <message>
        <source>has negative values (lowest {lowest:.3g}); NMF needs 0 and above</source>
        <translation>hat negative Werte (kleinster {lowest:.3g}); NMF braucht 0 und mehr</translation>
    </message>
    <message>
        <source>has no array “{name}”; it has {names}</source>
        <translation>enthält kein Feld „{name}“, sondern {names}</translation>
    </message>
    <message>
        <source>has values that are not finite numbers (NaN or infinity)</source>
        <translation>hat Werte, die keine endlichen Zahlen sind (NaN oder unendlich)</translation>
    </message>
    <message>
        <source>has {n} arrays, more than {limit}</source>
        <translation>hat {n} Felder, mehr als {limit}</translation>
    </message>
    <message>
        <source>has {n} members, more than {limit}</source>
        <translation>hat {n} Einträge, mehr als {limit}</translation>
    </message>
    <message>
        <source>holds labels and no pictures; open the file of pictures that belongs to it</source>
        <translation>enthält Beschriftungen und keine Bilder; die zugehörige Bilddatei öffnen</translation>
    </message>
    <message>
        <source>holds no array of real numbers</source>
        <translation>enthält kein Feld reeller Zahlen</translation>
    </message>
    <message>
        <source>holds no labels</source>
        <translation>enthält keine Beschriftungen</translation>
    </message>
    <message>
        <source>holds {n:,} samples, more than {limit:,}; open a part of them</source>
        <translation>enthält {n:,} Beispiele, mehr als {limit:,}; nur einen Teil davon öffnen</translation>
    </message>
    <message>
        <source>it was changed between two looks at it; open it again</source>
        <translation>wurde zwischen zwei Zugriffen verändert; erneut öffnen</translation>
    </message>
    <message>
        <source>it was written while it was read; open it again when that is finished</source>
        <translation>wurde beim Lesen verändert; erneut öffnen, wenn sie fertig geschrieben ist</translation>
    </message>
    <message>
        <source>its header claims {n} numbers, more than any file holds</source>
        <translation>ihr Kopf verspricht {n} Zahlen, mehr als je in eine Datei passen</translation>
    </message>
    <message>
        <source>its list of members is too long</source>
        <translation>die Liste seiner Einträge ist zu lang</translation>
    </message>
    <message>
        <source>its members are too large together: more than {limit} MB</source>
        <translation>seine Einträge sind zusammen zu groß: mehr als {limit} MB</translation>
    </message>
    <message>
        <source>its numbers are far above those of all other rows</source>
        <translation>ihre Zahlen liegen weit über denen aller anderen Zeilen</translation>
    </message>
    <message>
        <source>its numbers rise evenly, and those of the other rows do not</source>
        <translation>ihre Zahlen steigen gleichmäßig, die der anderen Zeilen nicht</translation>
    </message>
    <message>
        <source>its samples have {n} numbers, which make no picture of {width} x {height} pixels; choose another size</source>
        <translation>ihre Beispiele haben {n} Zahlen, die kein Bild mit {width} x {height} Pixeln ergeben; eine andere Größe wählen</translation>
    </message>
    <message>
        <source>its {width} x {height} pixels have no room for a tile of {tile_width} x {tile_height}</source>
        <translation>in {width} x {height} Pixel passt keine Kachel mit {tile_width} x {tile_height}</translation>
    </message>
    <message>
        <source>n_components must be from 1 to {most} for {n} samples of {p} numbers; got {value}.</source>
        <translation>n_components muss bei {n} Beispielen aus {p} Zahlen zwischen 1 und {most} liegen; es ist {value}.</translation>
    </message>
    <message>
        <source>no table of numbers: it needs two columns of numbers at least, and a row</source>
        <translation>keine Tabelle von Zahlen: Sie braucht mindestens zwei Spalten mit Zahlen und eine Zeile</translation>
    </message>
    <message>
        <source>no table of numbers: row {row}, column {column} is “{cell}”, which is no number</source>
        <translation>keine Tabelle von Zahlen: Zeile {row}, Spalte {column} ist „{cell}“, und das ist keine Zahl</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not a MATLAB file of version 5 to 7; save it in MATLAB with “-v7”</source>
        <translation>keine MATLAB-Datei der Version 5 bis 7; in MATLAB mit „-v7“ sichern</translation>
    </message>
    <message>
        <source>not a picture of a known kind ({kinds})</source>
        <translation>kein Bild einer bekannten Art ({kinds})</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>not a usable array: it does not begin as one</source>
        <translation>kein brauchbares Feld: Es beginnt nicht wie eines</translation>
    </message>
    <message>
        <source>not a usable array: its header cannot be read</source>
        <translation>kein brauchbares Feld: Sein Kopf ist nicht lesbar</translation>
    </message>
    <message>
        <source>not a usable array: its header is too long</source>
        <translation>kein brauchbares Feld: Sein Kopf ist zu lang</translation>
    </message>
    <message>
        <source>not an idx file: it does not begin as one</source>
        <translation>keine idx-Datei: Sie beginnt nicht wie eine</translation>
    </message>
    <message>
        <source>numbers, and no picture that could be cut into tiles; leave out the size of tiles</source>
        <translation>Zahlen und kein Bild, das sich in Kacheln schneiden ließe; die Größe der Kacheln weglassen</translation>
    </message>
    <message>
        <source>order must be one of {known}; got {order!r}.</source>
        <translation>order muss eines von {known} sein; es ist {order!r}.</translation>
    </message>
    <message>
        <source>packed in a way that cannot be read here (method {method})</source>
        <translation>auf eine Art gepackt, die hier nicht lesbar ist (Verfahren {method})</translation>
    </message>
    <message>
        <source>row {row} has {n} cells; the others have {expected}</source>
        <translation>Zeile {row} hat {n} Zellen; die anderen haben {expected}</translation>
    </message>
    <message>
        <source>row {row} has {n} numbers in column {column}; the others have {expected}</source>
        <translation>Zeile {row} hat {n} Zahlen in Spalte {column}; die anderen haben {expected}</translation>
    </message>
    <message>
        <source>row {row}, column {column} is empty; a number is expected</source>
        <translation>Zeile {row}, Spalte {column} ist leer; erwartet wird eine Zahl</translation>
    </message>
    <message>
        <source>row {row}, column {column}: “{cell}”; a number of 0 or more is expected</source>
        <translation>Zeile {row}, Spalte {column}: „{cell}“; erwartet wird eine Zahl von 0 oder mehr</translation>
    </message>
    <message>
        <source>row {row}, column {column}: “{cell}”; a number of 0 or more is expected, since parts are only added. Shift the numbers, or set those below 0 to 0, and save the table again</source>
        <translation>Zeile {row}, Spalte {column}: „{cell}“; erwartet wird eine Zahl ab 0, denn Teile werden nur addiert. Die Zahlen verschieben oder die unter 0 auf 0 setzen, und die Tabelle noch einmal speichern</translation>
    </message>
    <message>
        <source>row {row}: of the columns {first} to {last}, which were taken as one for each class, one is 1 in the other rows; here {n} are</source>
        <translation>Zeile {row}: Von den Spalten {first} bis {last}, die als je eine für jede Klasse gelten, ist in den anderen Zeilen eine 1; hier sind es {n}</translation>
    </message>
    <message>
        <source>samples of {n:,} pixels, more than {limit:,}; choose smaller ones, or allow more</source>
        <translation>Beispiele von {n:,} Pixeln, mehr als {limit:,}; kleinere wählen oder mehr zulassen</translation>
    </message>
    <message>
        <source>solver &apos;scikit-learn&apos; follows one start, not &apos;pixels&apos;; got {n} restarts, start {start!r}, {first}.</source>
        <translation>Das Verfahren &apos;scikit-learn&apos; folgt einem Start, nicht &apos;pixels&apos;; gegeben sind {n} Neustarts, Start {start!r}, {first}.</translation>
    </message>
    <message>
        <source>solver {solver!r} minimises the loss &apos;frobenius&apos; only; for {loss!r} use &apos;auto&apos; or &apos;multiplicative&apos;.</source>
        <translation>Das Verfahren {solver!r} verkleinert nur das Fehlermaß &apos;frobenius&apos;; für {loss!r} &apos;auto&apos; oder &apos;multiplicative&apos; nehmen.</translation>
    </message>
    <message>
        <source>start must be one of {allowed}, a model or an array of parts; got {value!r}.</source>
        <translation>start muss eines von {allowed} sein, ein Modell oder ein Feld von Teilen; es ist {value!r}.</translation>
    </message>
    <message>
        <source>takes longer than {seconds:g} seconds to read</source>
        <translation>braucht zum Lesen länger als {seconds:g} Sekunden</translation>
    </message>
    <message>
        <source>the archive is damaged; copy or download it again</source>
        <translation>das Archiv ist beschädigt; noch einmal kopieren oder herunterladen</translation>
    </message>
    <message>
        <source>the array “{name}” is shorter than its header says</source>
        <translation>das Feld „{name}“ ist kürzer, als sein Kopf sagt</translation>
    </message>
    <message>
        <source>the file ends too early; copy or download it again</source>
        <translation>die Datei endet zu früh; noch einmal kopieren oder herunterladen</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>the folder cannot be read: {why}</source>
        <translation>der Ordner ist nicht lesbar: {why}</translation>
    </message>
    <message>
        <source>there is no column {number}, counted from 1: it has {n} columns</source>
        <translation>es gibt keine Spalte {number}, gezählt ab 1: sie hat {n} Spalten</translation>
    </message>
    <message>
        <source>there is no column “{title}”: it has no header; give the number of the column</source>
        <translation>es gibt keine Spalte „{title}“: sie hat keine Kopfzeile; die Nummer der Spalte angeben</translation>
    </message>
    <message>
        <source>there is no column “{title}”; its columns are {titles}</source>
        <translation>es gibt keine Spalte „{title}“; ihre Spalten sind {titles}</translation>
    </message>
    <message>
        <source>too large for a table: the file, or a line in it</source>
        <translation>zu groß für eine Tabelle: die Datei oder eine Zeile darin</translation>
    </message>
    <message>
        <source>too large: more than {limit} MB</source>
        <translation>zu groß: mehr als {limit} MB</translation>
    </message>
    <message>
        <source>too large: {n} frames</source>
        <translation>zu groß: {n} Einzelbilder</translation>
    </message>
    <message>
        <source>too large: {size} MB when unpacked</source>
        <translation>zu groß: ausgepackt {size} MB</translation>
    </message>
    <message>
        <source>too large: {size} MB, more than the {limit} MB that one file may have in memory</source>
        <translation>zu groß: {size} MB, mehr als die {limit} MB, die eine Datei im Speicher haben darf</translation>
    </message>
    <message>
        <source>too large: {width} x {height} pixels, more than {limit:.3g} million</source>
        <translation>zu groß: {width} x {height} Pixel, mehr als {limit:.3g} Millionen</translation>
    </message>
    <message>
        <source>too many rows: more than {limit:,}</source>
        <translation>zu viele Zeilen: mehr als {limit:,}</translation>
    </message>
    <message>
        <source>too many tiles; choose larger steps from one to the next</source>
        <translation>zu viele Kacheln; größere Schritte von einer zur nächsten wählen</translation>
    </message>
    <message>
        <source>would grow beyond {limit} MB from {size} KB when unpacked; it is refused as a decompression bomb. Unpack it first if it is none</source>
        <translation>würde entpackt aus {size} KB auf mehr als {limit} MB wachsen und wird als Dekompressionsbombe abgelehnt. Wenn es keine ist, zuerst entpacken</translation>
    </message>
    <message>
        <source>would grow to {size} MB; it is refused as a decompression bomb</source>
        <translation>würde auf {size} MB wachsen; wird als Dekompressionsbombe abgelehnt</translation>
    </message>
    <message>
        <source>{columns} and {n} more</source>
        <translation>{columns} und {n} weitere</translation>
    </message>
    <message>
        <source>{n:,} images of {width} x {height} loaded.</source>
        <translation>{n:,} Bilder mit {width} x {height} geladen.</translation>
    </message>
    <message>
        <source>{n:,} images of {width} x {height} loaded; {skipped:,} skipped.</source>
        <translation>{n:,} Bilder mit {width} x {height} geladen; {skipped:,} übergangen.</translation>
    </message>
    <message>
        <source>{name} must be a number {allowed}; got {value!r}.</source>
        <translation>{name} muss eine Zahl sein, {allowed}; es ist {value!r}.</translation>
    </message>
    <message>
        <source>{name} must be a whole number, {lowest} or more; got {value!r}.</source>
        <translation>{name} muss eine ganze Zahl sein, {lowest} oder mehr; es ist {value!r}.</translation>
    </message>
    <message>
        <source>{name} must be one of {allowed}; got {value!r}.</source>
        <translation>{name} muss eines von {allowed} sein; es ist {value!r}.</translation>
    </message>
    <message>
        <source>{name} must be {allowed}; it is {value!r}.</source>
        <translation>{name} muss {allowed} sein; es ist {value!r}.</translation>
    </message>
    <message>
        <source>{name} must hold parts of {p} numbers, each 0 or more and finite; got shape {shape}.</source>
        <translation>{name} muss Teile aus {p} Zahlen enthalten, jede endlich und 0 oder mehr; die Form ist {shape}.</translation>
    </message>
    <message>
        <source>{n} of {total} images are the same as one before them (the first is “{name}”).</source>
        <translation>{n} von {total} Bildern gleichen einem vor ihnen (das erste ist „{name}“).</translation>
    </message>
    <message>
        <source>{n} of {total} images had another size and were resized to {size} pixels.</source>
        <translation>{n} von {total} Bildern hatten eine andere Größe und wurden auf {size} Pixel gebracht.</translation>
    </message>
    <message>
        <source>{n} of {total} images have several frames; the first one was taken.</source>
        <translation>{n} von {total} Bildern haben mehrere Einzelbilder; das erste wurde genommen.</translation>
    </message>
    <message>
        <source>{n} of {total} images show nothing, every pixel is the same (the first is “{name}”).</source>
        <translation>{n} von {total} Bildern zeigen nichts, jedes Pixel ist gleich (das erste ist „{name}“).</translation>
    </message>
    <message>
        <source>{n} of {total} images show nothing: they are black, and so is what is put behind transparent pixels.</source>
        <translation>{n} von {total} Bildern zeigen nichts: Sie sind schwarz, und schwarz ist auch, was hinter durchsichtige Pixel gesetzt wird.</translation>
    </message>
    <message>
        <source>{n} of {total} images show nothing: they are white, and so is what is put behind transparent pixels.</source>
        <translation>{n} von {total} Bildern zeigen nichts: Sie sind weiß, und weiß ist auch, was hinter durchsichtige Pixel gesetzt wird.</translation>
    </message>
    <message>
        <source>{n} of {total} pixels are black in every image; no part contains them.</source>
        <translation>{n} von {total} Pixeln sind in jedem Bild schwarz; kein Teil enthält sie.</translation>
    </message>
    <message>
        <source>{n} of {total} pixels are the same in every image, but not black; the parts add up to them in each.</source>
        <translation>{n} von {total} Pixeln sind in jedem Bild gleich, aber nicht schwarz; die Teile ergeben sie in jedem als Summe.</translation>
    </message>
    <message>
        <source>“{cell}” and the other numbers can be read in two ways, with a decimal mark or a thousands mark; save the table again with decimal points and no thousands marks</source>
        <translation>„{cell}“ und die anderen Zahlen lassen sich auf zwei Arten lesen, mit einem Dezimalzeichen oder einem Tausenderzeichen; die Tabelle mit Dezimalpunkten und ohne Tausenderzeichen noch einmal speichern</translation>
    </message>
    <message>
        <source>“{mark}” parts thousands in the numbers of the table: {example} is 2365.</source>
        <translation>„{mark}“ trennt in den Zahlen der Tabelle die Tausender: {example} ist 2365.</translation>
    </message>
    <message>
        <source>“{name}” cannot be explained: {why}.</source>
        <translation>„{name}“ lässt sich nicht erklären: {why}.</translation>
    </message>
    <message>
        <source>“{name}” has negative values (lowest {lowest:.3g}); NMF adds up non-negative parts only. Shift or clip the values to 0 and above.</source>
        <translation>„{name}“ hat negative Werte (kleinster {lowest:.3g}); NMF addiert nur nichtnegative Teile. Die Werte verschieben oder bei 0 abschneiden.</translation>
    </message>
    <message>
        <source>“{name}” has values that are not finite numbers (NaN or infinity). Replace or leave out that sample.</source>
        <translation>„{name}“ hat Werte, die keine endlichen Zahlen sind (NaN oder unendlich). Dieses Beispiel ersetzen oder weglassen.</translation>
    </message>
    <message>
        <source>“{name}” has values that are too large (highest {highest:.3g}) and not finite as float32. Divide all samples by the same number.</source>
        <translation>„{name}“ hat zu große Werte (der größte ist {highest:.3g}), die als float32 nicht endlich sind. Alle Beispiele durch dieselbe Zahl teilen.</translation>
    </message>
    <message>
        <source>“{name}” is not the name of a file: it holds a zero byte. Nothing was opened.</source>
        <translation>„{name}“ ist kein Dateiname: Er enthält ein Nullbyte. Es wurde nichts geöffnet.</translation>
    </message>
    <message>
        <source>“{name}” is on another computer, {host}. Copy it to this computer, and open the copy.</source>
        <translation>„{name}“ liegt auf einem anderen Computer, {host}. Kopieren Sie es auf diesen Computer und öffnen Sie die Kopie.</translation>
    </message>
    <message>
        <source>“{name}” names no file or folder. Drop it from a file manager, or open it there.</source>
        <translation>„{name}“ ist weder eine Datei noch ein Ordner. Ziehen Sie es aus einer Dateiverwaltung hierher oder öffnen Sie es dort.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read as a model: {why}. Choose a file that NMF Explorer has saved, or copy it again.</source>
        <translation>„{path}“ ist nicht als Modell lesbar: {why}. Wählen Sie eine Datei, die NMF Explorer gespeichert hat, oder kopieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>“{path}” could not be written: {why}. Choose another place or free some space.</source>
        <translation>„{path}“ ließ sich nicht schreiben: {why}. Einen anderen Ort wählen oder Platz schaffen.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Choose how the images are read (Ctrl+I)</source>
        <translation>Wählen, wie die Bilder gelesen werden (Strg+I)</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>ModelMenu</name>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Zerlegen</translation>
    </message>
    <message>
        <source>&amp;Watch It Learn</source>
        <translation>Beim &amp;Lernen zusehen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>&amp;Schritt</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Fit Again from &amp;Here</source>
        <translation>Von &amp;hier aus neu zerlegen</translation>
    </message>
    <message>
        <source>Fit Again from &amp;Another Seed</source>
        <translation>Mit anderer Startzahl ne&amp;u zerlegen</translation>
    </message>
    <message>
        <source>Rep&amp;lay</source>
        <translation>A&amp;bspielen</translation>
    </message>
    <message>
        <source>&amp;Back to the End</source>
        <translation>Zurück ans &amp;Ende</translation>
    </message>
    <message>
        <source>&amp;Options</source>
        <translation>&amp;Optionen</translation>
    </message>
    <message>
        <source>&amp;More Parts</source>
        <translation>&amp;Mehr Teile</translation>
    </message>
    <message>
        <source>F&amp;ewer Parts</source>
        <translation>&amp;Weniger Teile</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>Weite&amp;r</translation>
    </message>
</context>
<context>
    <name>NumberBox</name>
    <message>
        <source>At least {limit}</source>
        <translation>Mindestens {limit}</translation>
    </message>
    <message>
        <source>At most {limit}</source>
        <translation>Höchstens {limit}</translation>
    </message>
    <message>
        <source>{about} (from {lowest} to {highest})</source>
        <translation>{about} (von {lowest} bis {highest})</translation>
    </message>
    <message>
        <source>From {lowest} to {highest}</source>
        <translation>Von {lowest} bis {highest}</translation>
    </message>
</context>
<context>
    <name>OptionsRow</name>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Fehlermaß</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Alternating least squares; multiplicative updates where the loss is not squared differences</source>
        <translation>Abwechselnde kleinste Quadrate; multiplikative Schritte, wo das Fehlermaß nicht das Quadrat der Unterschiede ist</translation>
    </message>
    <message>
        <source>Alternating least squares (HALS)</source>
        <translation>Abwechselnde kleinste Quadrate (HALS)</translation>
    </message>
    <message>
        <source>Improves one part after the other, and goes a bit further than it must: fast</source>
        <translation>Verbessert ein Teil nach dem anderen und geht etwas weiter als nötig: schnell</translation>
    </message>
    <message>
        <source>Coordinate descent</source>
        <translation>Koordinatenabstieg</translation>
    </message>
    <message>
        <source>Improves one part after the other, once in each iteration: scikit-learn&apos;s way</source>
        <translation>Verbessert ein Teil nach dem anderen, einmal in jeder Iteration: so macht es scikit-learn</translation>
    </message>
    <message>
        <source>Multiplicative updates (Lee and Seung)</source>
        <translation>Multiplikative Schritte (Lee und Seung)</translation>
    </message>
    <message>
        <source>Multiplies every number by what makes the loss smaller: simple, slow, good for every loss</source>
        <translation>Multipliziert jede Zahl mit dem, was den Fehler verkleinert: einfach, langsam, gut für jedes Fehlermaß</translation>
    </message>
    <message>
        <source>Exactly as scikit-learn</source>
        <translation>Genau wie scikit-learn</translation>
    </message>
    <message>
        <source>Gives the numbers of sklearn.decomposition.NMF, and stops where it does</source>
        <translation>Gibt die Zahlen von sklearn.decomposition.NMF und hört dort auf, wo es aufhört</translation>
    </message>
    <message>
        <source>Automatic: try several, keep the best</source>
        <translation>Automatisch: mehrere versuchen, den besten behalten</translation>
    </message>
    <message>
        <source>Begins in several places, keeps the best fit, and tells whether the others found its parts</source>
        <translation>Beginnt an mehreren Stellen, behält die beste Zerlegung und sagt, ob die anderen ihre Teile gefunden haben</translation>
    </message>
    <message>
        <source>Pixels that belong to one part</source>
        <translation>Pixel, die zu einem Teil gehören</translation>
    </message>
    <message>
        <source>Looks for pixels that only one part lights up, and begins with them</source>
        <translation>Sucht Pixel, die nur ein Teil erhellt, und beginnt mit ihnen</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>Begins with random numbers; another seed gives others</source>
        <translation>Beginnt mit Zufallszahlen; eine andere Startzahl gibt andere</translation>
    </message>
    <message>
        <source>Singular vectors (NNDSVD)</source>
        <translation>Singulärvektoren (NNDSVD)</translation>
    </message>
    <message>
        <source>Begins with the positive halves of the singular vectors</source>
        <translation>Beginnt mit den positiven Hälften der Singulärvektoren</translation>
    </message>
    <message>
        <source>Singular vectors with the mean (NNDSVDa)</source>
        <translation>Singulärvektoren mit dem Mittelwert (NNDSVDa)</translation>
    </message>
    <message>
        <source>Begins with singular vectors, in which the mean of all pixels stands for zeros</source>
        <translation>Beginnt mit Singulärvektoren, in denen statt Nullen der Mittelwert aller Pixel steht</translation>
    </message>
    <message>
        <source>Singular vectors with small random numbers (NNDSVDar)</source>
        <translation>Singulärvektoren mit kleinen Zufallszahlen (NNDSVDar)</translation>
    </message>
    <message>
        <source>Begins with singular vectors, in which small random numbers stand for zeros</source>
        <translation>Beginnt mit Singulärvektoren, in denen statt Nullen kleine Zufallszahlen stehen</translation>
    </message>
    <message>
        <source>Squared differences</source>
        <translation>Quadrat der Unterschiede</translation>
    </message>
    <message>
        <source>An error counts by its square, wherever it is: right for most pictures</source>
        <translation>Ein Fehler zählt mit seinem Quadrat, wo er auch ist: richtig für die meisten Bilder</translation>
    </message>
    <message>
        <source>Kullback-Leibler divergence (counts)</source>
        <translation>Kullback-Leibler-Divergenz (Anzahlen)</translation>
    </message>
    <message>
        <source>An error counts more where it is dark: right where pixels count something, such as photons</source>
        <translation>Ein Fehler zählt mehr, wo es dunkel ist: richtig, wo Pixel etwas zählen, etwa Photonen</translation>
    </message>
    <message>
        <source>Itakura-Saito divergence (ratios)</source>
        <translation>Itakura-Saito-Divergenz (Verhältnisse)</translation>
    </message>
    <message>
        <source>Only ratios count, and no pixel may be 0: right where brightness spans powers of ten</source>
        <translation>Nur Verhältnisse zählen, und kein Pixel darf 0 sein: richtig, wo die Helligkeit über Zehnerpotenzen reicht</translation>
    </message>
    <message>
        <source>Meth&amp;od</source>
        <translation>Ver&amp;fahren</translation>
    </message>
    <message>
        <source>S&amp;tart</source>
        <translation>S&amp;tart</translation>
    </message>
    <message>
        <source>&amp;Loss</source>
        <translation>Feh&amp;lermaß</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Which random numbers are used: the same seed gives the same parts again</source>
        <translation>Welche Zufallszahlen verwendet werden: Dieselbe Startzahl gibt wieder dieselben Teile</translation>
    </message>
    <message>
        <source>See&amp;d</source>
        <translation>Start&amp;zahl</translation>
    </message>
    <message>
        <source>{title}: {about}</source>
        <translation>{title}: {about}</translation>
    </message>
    <message>
        <source>Does not go together with {name}: {title}</source>
        <translation>Passt nicht zusammen mit {name}: {title}</translation>
    </message>
</context>
<context>
    <name>OwnImagesCard</name>
    <message>
        <source>All usual pictures, .zip, .tar, .npy, .npz, .csv, .mat, MNIST; several at once; or paste a picture</source>
        <translation>Alle üblichen Bilder, .zip, .tar, .npy, .npz, .csv, .mat, MNIST; mehrere zugleich; oder ein Bild einfügen</translation>
    </message>
    <message>
        <source>Your own images</source>
        <translation>Eigene Bilder</translation>
    </message>
    <message>
        <source>Drop a folder here, or paste a picture</source>
        <translation>Einen Ordner hierher ziehen oder ein Bild einfügen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Dateien …</translation>
    </message>
</context>
<context>
    <name>PartActions</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Save as Picture…</source>
        <translation>Als Bild &amp;sichern …</translation>
    </message>
    <message>
        <source>La&amp;rger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>S&amp;maller</source>
        <translation>Kl&amp;einer</translation>
    </message>
    <message>
        <source>&amp;Fit into the Window</source>
        <translation>Ins &amp;Fenster einpassen</translation>
    </message>
    <message>
        <source>S&amp;how in the Sum</source>
        <translation>In der Summe &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Hide from the Sum</source>
        <translation>Aus der Summe ausb&amp;lenden</translation>
    </message>
    <message>
        <source>Com&amp;pare with {part}</source>
        <translation>Mit {part} &amp;vergleichen</translation>
    </message>
    <message>
        <source>Com&amp;pare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Look at This Part</source>
        <translation>Dieses Teil &amp;ansehen</translation>
    </message>
    <message>
        <source>&amp;Name…</source>
        <translation>&amp;Name …</translation>
    </message>
    <message>
        <source>Show &amp;All Parts</source>
        <translation>Alle Teile einblen&amp;den</translation>
    </message>
    <message>
        <source>Order: As Foun&amp;d</source>
        <translation>Reihenfolge: Wie gef&amp;unden</translation>
    </message>
    <message>
        <source>Order: &amp;By Share</source>
        <translation>Reihenfolge: Nach An&amp;teil</translation>
    </message>
    <message>
        <source>Order: &amp;Top to Bottom</source>
        <translation>Reihenfolge: Von &amp;oben nach unten</translation>
    </message>
    <message>
        <source>Order: Al&amp;ike Side by Side</source>
        <translation>Reihenfolge: Ähnl&amp;iche nebeneinander</translation>
    </message>
</context>
<context>
    <name>PartDelegate</name>
    <message>
        <source>Name of the part</source>
        <translation>Name des Teils</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>PartDetail</name>
    <message>
        <source>About the chosen part</source>
        <translation>Angaben zum gewählten Teil</translation>
    </message>
    <message>
        <source>Chosen part</source>
        <translation>Gewähltes Teil</translation>
    </message>
    <message>
        <source>Part beside it</source>
        <translation>Teil daneben</translation>
    </message>
    <message>
        <source>Difference of the parts</source>
        <translation>Unterschied der Teile</translation>
    </message>
    <message>
        <source>Samples that use it most:</source>
        <translation>Beispiele, die es am meisten benutzen:</translation>
    </message>
    <message>
        <source>Close what is told about the part</source>
        <translation>Angaben zum Teil schließen</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>{first} beside {second}</source>
        <translation>{first} neben {second}</translation>
    </message>
    <message>
        <source>{part}, {i} of {n}</source>
        <translation>{part}, {i} von {n}</translation>
    </message>
    <message>
        <source>{part} of {n}</source>
        <translation>{part} von {n}</translation>
    </message>
    <message>
        <source>The fit goes on.</source>
        <translation>Die Zerlegung läuft noch.</translation>
    </message>
    <message>
        <source>{share} of the sum</source>
        <translation>{share} der Summe</translation>
    </message>
    <message>
        <source>sparseness {value}</source>
        <translation>Spärlichkeit {value}</translation>
    </message>
    <message>
        <source>used by {n} of {all} samples</source>
        <translation>von {n} von {all} Beispielen benutzt</translation>
    </message>
    <message>
        <source>blue: the first is larger, red: the second</source>
        <translation>Blau: Das erste ist größer, rot: das zweite</translation>
    </message>
    <message>
        <source>hidden: the sum goes on without it</source>
        <translation>ausgeblendet: Die Summe wird ohne dieses Teil gebildet</translation>
    </message>
    <message>
        <source>{error} of all images is not explained, without this part {more}</source>
        <translation>{error} aller Bilder sind nicht erklärt, ohne dieses Teil {more}</translation>
    </message>
    <message>
        <source>used by {n} of 1 sample</source>
        <translation>von {n} von 1 Beispiel benutzt</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>cosine {cosine} (0: no pixel in common, 1: the same), used together by {both} of {all} samples, {first} alone by {n_first}, {second} alone by {n_second}</source>
        <translation>Kosinus {cosine} (0: kein Pixel gemeinsam, 1: gleich), zusammen benutzt von {both} von {all} Beispielen, {first} allein von {n_first}, {second} allein von {n_second}</translation>
    </message>
</context>
<context>
    <name>PartFiles</name>
    <message>
        <source>Save the part as a picture</source>
        <translation>Das Teil als Bild sichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
</context>
<context>
    <name>PartFooter</name>
    <message>
        <source>Order of parts</source>
        <translation>Reihenfolge der Teile</translation>
    </message>
    <message>
        <source>In which order the parts are shown; their numbers stay</source>
        <translation>Reihenfolge, in der die Teile gezeigt werden; ihre Nummern bleiben</translation>
    </message>
    <message>
        <source>as found</source>
        <translation>wie gefunden</translation>
    </message>
    <message>
        <source>by share</source>
        <translation>nach Anteil</translation>
    </message>
    <message>
        <source>top to bottom</source>
        <translation>von oben nach unten</translation>
    </message>
    <message>
        <source>alike side by side</source>
        <translation>ähnliche nebeneinander</translation>
    </message>
</context>
<context>
    <name>PartGrid</name>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Looking for parts…</source>
        <translation>Teile werden gesucht …</translation>
    </message>
    <message>
        <source>Press Fit to find the parts.</source>
        <translation>„Zerlegen“ findet die Teile.</translation>
    </message>
</context>
<context>
    <name>PartMenu</name>
    <message>
        <source>&amp;Part</source>
        <translation>&amp;Teil</translation>
    </message>
</context>
<context>
    <name>PartModel</name>
    <message>
        <source>part {i}: {share}</source>
        <translation>Teil {i}: {share}</translation>
    </message>
    <message>
        <source>part {i}: {share} of the sum</source>
        <translation>Teil {i}: {share} der Summe</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>{i} {name}: {share}</source>
        <translation>{i} {name}: {share}</translation>
    </message>
    <message>
        <source>part {i} of {n}, {name}, {share} of the sum</source>
        <translation>Teil {i} von {n}, {name}, {share} der Summe</translation>
    </message>
    <message>
        <source>part {i} of {n}, {share} of the sum</source>
        <translation>Teil {i} von {n}, {share} der Summe</translation>
    </message>
    <message>
        <source>{i}: {share}</source>
        <translation>{i}: {share}</translation>
    </message>
    <message>
        <source>hidden: the sum goes on without it</source>
        <translation>ausgeblendet: Die Summe wird ohne dieses Teil gebildet</translation>
    </message>
    <message>
        <source>sparseness {value}</source>
        <translation>Spärlichkeit {value}</translation>
    </message>
    <message>
        <source>used by {n} of {all} samples</source>
        <translation>von {n} von {all} Beispielen benutzt</translation>
    </message>
    <message>
        <source>used by {n} of 1 sample</source>
        <translation>von {n} von 1 Beispiel benutzt</translation>
    </message>
    <message>
        <source>found again from the one other start that came as low</source>
        <translation>vom einzigen anderen Start mit so kleinem Fehler wiedergefunden</translation>
    </message>
    <message>
        <source>not found again from the one other start that came as low</source>
        <translation>vom einzigen anderen Start mit so kleinem Fehler nicht wiedergefunden</translation>
    </message>
    <message>
        <source>found again from {found} of {n} starts that came as low</source>
        <translation>von {found} der {n} Starts mit so kleinem Fehler wiedergefunden</translation>
    </message>
</context>
<context>
    <name>PicturesMenu</name>
    <message>
        <source>Pict&amp;ures</source>
        <translation>Bi&amp;lder</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>&amp;Automatisch</translation>
    </message>
    <message>
        <source>&amp;Grey</source>
        <translation>&amp;Grau</translation>
    </message>
    <message>
        <source>Grey, &amp;Inverted</source>
        <translation>Grau, &amp;umgekehrt</translation>
    </message>
    <message>
        <source>&amp;Viridis</source>
        <translation>&amp;Viridis</translation>
    </message>
    <message>
        <source>&amp;Cividis</source>
        <translation>&amp;Cividis</translation>
    </message>
    <message>
        <source>Each Part on Its &amp;Own Scale</source>
        <translation>Jedes Teil in &amp;eigener Skala</translation>
    </message>
    <message>
        <source>All &amp;Parts on One Scale</source>
        <translation>Alle Teile auf einer &amp;Skala</translation>
    </message>
    <message>
        <source>&amp;Enlarged as Pixels</source>
        <translation>Als &amp;Pixel vergrößert</translation>
    </message>
    <message>
        <source>Enlarged &amp;Smoothly</source>
        <translation>G&amp;latt vergrößert</translation>
    </message>
</context>
<context>
    <name>PixelLine</name>
    <message>
        <source>Pixel</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Point at a picture to see a pixel as a sum of numbers; with keys: P, then arrows.</source>
        <translation>Auf ein Bild zeigen, um ein Pixel als Summe von Zahlen zu sehen; mit Tasten: P, dann Pfeile.</translation>
    </message>
    <message>
        <source>row {row}, column {column}</source>
        <translation>Zeile {row}, Spalte {column}</translation>
    </message>
    <message>
        <source>{where}: {values}</source>
        <translation>{where}: {values}</translation>
    </message>
    <message>
        <source>part {i}</source>
        <translation>Teil {i}</translation>
    </message>
    <message>
        <source>{name} {value}; </source>
        <translation>{name} {value}; </translation>
    </message>
    <message>
        <source>{n} smaller</source>
        <translation>{n} kleinere</translation>
    </message>
    <message>
        <source>{picture} {value} ≈ {sum} = {products}</source>
        <translation>{picture} {value} ≈ {sum} = {products}</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>Zeichnung</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>Beispiel</translation>
    </message>
</context>
<context>
    <name>Presentation</name>
    <message>
        <source>Black screen</source>
        <translation>Schwarzer Bildschirm</translation>
    </message>
    <message>
        <source>1: equation, 2: parts, 3: both; Page Up and Page Down: another sample; B: black; F1: keys; Esc: leave</source>
        <translation>1: Gleichung, 2: Teile, 3: beides; Bild auf und Bild ab: anderes Beispiel; B: schwarz; F1: Tasten; Esc: beenden</translation>
    </message>
    <message>
        <source>Presentation — NMF Explorer</source>
        <translation>Präsentation — NMF Explorer</translation>
    </message>
</context>
<context>
    <name>PrintedPage</name>
    <message>
        <source>{set}; 1 part; {error} of the images is not explained</source>
        <translation>{set}; 1 Teil; {error} der Bilder sind nicht erklärt</translation>
    </message>
    <message>
        <source>{set}; {n} parts; {error} of the images is not explained</source>
        <translation>{set}; {n} Teile; {error} der Bilder sind nicht erklärt</translation>
    </message>
    <message>
        <source>method: {method}; loss: {loss}; start: {start}; seed: {seed}; iterations: {n}</source>
        <translation>Verfahren: {method}; Fehlermaß: {loss}; Start: {start}; Startzahl: {seed}; Iterationen: {n}</translation>
    </message>
    <message>
        <source>scales: images 0 to {white}; each part 0 to its largest pixel; residual −{white} to +{white}</source>
        <translation>Skalen: Bilder 0 bis {white}; jedes Teil 0 bis zu seinem größten Pixel; Residuum −{white} bis +{white}</translation>
    </message>
    <message>
        <source>scales: images 0 to {white}; parts at their largest weights 0 to {white}; residual −{white} to +{white}</source>
        <translation>Skalen: Bilder 0 bis {white}; Teile mit ihrem größten Gewicht 0 bis {white}; Residuum −{white} bis +{white}</translation>
    </message>
    <message>
        <source>A picture of one&apos;s own</source>
        <translation>Ein eigenes Bild</translation>
    </message>
    <message>
        <source>residual: {error}</source>
        <translation>Residuum: {error}</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>parts that add nearly nothing: {n}</source>
        <translation>Teile, die fast nichts beitragen: {n}</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>{part}: {share} of the sum</source>
        <translation>{part}: {share} der Summe</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>Sets you open appear here.</source>
        <translation>Hier erscheinen geöffnete Sammlungen.</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Clear List</source>
        <translation>Liste &amp;leeren</translation>
    </message>
</context>
<context>
    <name>SampleBar</name>
    <message>
        <source>Worst explained</source>
        <translation>Am schlechtesten erklärt</translation>
    </message>
    <message>
        <source>Search names</source>
        <translation>Namen suchen</translation>
    </message>
    <message>
        <source>Search samples by name</source>
        <translation>Beispiele nach Namen suchen</translation>
    </message>
    <message>
        <source>Label of the samples</source>
        <translation>Beschriftung der Beispiele</translation>
    </message>
    <message>
        <source>Order of the samples</source>
        <translation>Reihenfolge der Beispiele</translation>
    </message>
    <message>
        <source>Sorts by error and goes to the sample that the parts explain worst</source>
        <translation>Sortiert nach Fehler und geht zu dem Beispiel, das die Teile am schlechtesten erklären</translation>
    </message>
    <message>
        <source>In the order of the set</source>
        <translation>Wie in der Sammlung</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By label</source>
        <translation>Nach Beschriftung</translation>
    </message>
    <message>
        <source>By error, largest first</source>
        <translation>Nach Fehler, größter zuerst</translation>
    </message>
    <message>
        <source>By weight of the chosen part</source>
        <translation>Nach Gewicht des gewählten Teils</translation>
    </message>
    <message>
        <source>By weight of part {i}, {name}</source>
        <translation>Nach Gewicht von Teil {i}, {name}</translation>
    </message>
    <message>
        <source>By weight of part {i}</source>
        <translation>Nach Gewicht von Teil {i}</translation>
    </message>
    <message>
        <source>All labels</source>
        <translation>Alle Beschriftungen</translation>
    </message>
    <message>
        <source>{label} ({n})</source>
        <translation>{label} ({n})</translation>
    </message>
    <message>
        <source>Sorting…</source>
        <translation>Sortiert …</translation>
    </message>
    <message>
        <source>{n} of {all} samples</source>
        <translation>{n} von {all} Beispielen</translation>
    </message>
    <message>
        <source>{n} samples</source>
        <translation>{n} Beispiele</translation>
    </message>
    <message>
        <source>1 sample</source>
        <translation>1 Beispiel</translation>
    </message>
    <message>
        <source>Choose a part first: click on it</source>
        <translation>Zuerst ein Teil wählen: darauf klicken</translation>
    </message>
</context>
<context>
    <name>SampleStrip</name>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>No sample is like that. Esc in the search field shows all again.</source>
        <translation>Kein Beispiel passt dazu. Esc im Suchfeld zeigt wieder alle.</translation>
    </message>
    <message>
        <source>label {label}</source>
        <translation>Beschriftung {label}</translation>
    </message>
    <message>
        <source>error {error}</source>
        <translation>Fehler {error}</translation>
    </message>
    <message>
        <source>weight of part {i}: {weight}</source>
        <translation>Gewicht von Teil {i}: {weight}</translation>
    </message>
</context>
<context>
    <name>SamplesMenu</name>
    <message>
        <source>&amp;Samples</source>
        <translation>Beispie&amp;le</translation>
    </message>
    <message>
        <source>&amp;Next Sample</source>
        <translation>&amp;Nächstes Beispiel</translation>
    </message>
    <message>
        <source>&amp;Previous Sample</source>
        <translation>V&amp;origes Beispiel</translation>
    </message>
    <message>
        <source>&amp;Find Sample</source>
        <translation>Beispiel &amp;suchen</translation>
    </message>
    <message>
        <source>&amp;Worst Explained</source>
        <translation>Am schle&amp;chtesten erklärt</translation>
    </message>
</context>
<context>
    <name>ScaleLine</name>
    <message>
        <source>the images have colours of their own</source>
        <translation>die Bilder haben eigene Farben</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>images:</source>
        <translation>Bilder:</translation>
    </message>
    <message>
        <source>The end of the scale is the largest pixel of each part.</source>
        <translation>Das Ende der Skala ist das größte Pixel jedes Teils.</translation>
    </message>
    <message>
        <source>its largest</source>
        <translation>sein größtes</translation>
    </message>
    <message>
        <source>all parts on one scale, at their largest weights:</source>
        <translation>alle Teile in einer Skala, mit ihrem größten Gewicht:</translation>
    </message>
    <message>
        <source>each part on its own scale:</source>
        <translation>jedes Teil in eigener Skala:</translation>
    </message>
    <message>
        <source>Samples and reconstructions share a scale: its end is the largest value of the set.</source>
        <translation>Beispiele und Rekonstruktionen haben dieselbe Skala; sie endet beim größten Wert der Sammlung.</translation>
    </message>
    <message>
        <source>Sample minus reconstruction. Blue: missing from the sum. Red and hatched: too much.</source>
        <translation>Beispiel minus Rekonstruktion. Blau: fehlt in der Summe. Rot und schraffiert: zu viel.</translation>
    </message>
    <message>
        <source>Each part is shown at its largest weight, on the scale of the images.</source>
        <translation>Jedes Teil ist mit seinem größten Gewicht gezeigt, auf der Skala der Bilder.</translation>
    </message>
    <message>
        <source>residual:</source>
        <translation>Residuum:</translation>
    </message>
</context>
<context>
    <name>ScreensMenu</name>
    <message>
        <source>Present &amp;on</source>
        <translation>Präsentieren au&amp;f</translation>
    </message>
    <message>
        <source>Screen &amp;{i}: {name}, {size}</source>
        <translation>Bildschirm &amp;{i}: {name}, {size}</translation>
    </message>
</context>
<context>
    <name>SetCard</name>
    <message>
        <source>{n} images, {k} parts</source>
        <translation>{n} Bilder, {k} Teile</translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>{name}: width</source>
        <translation>{name}: Breite</translation>
    </message>
    <message>
        <source>{name}: height</source>
        <translation>{name}: Höhe</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>Andere …</translation>
    </message>
</context>
<context>
    <name>SkippedFileList</name>
    <message>
        <source>Skipped files</source>
        <translation>Übergangene Dateien</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Save list…</source>
        <translation>Liste sichern …</translation>
    </message>
    <message>
        <source>Save the list of skipped files</source>
        <translation>Die Liste der übergangenen Dateien sichern</translation>
    </message>
    <message>
        <source>The list was saved as “{name}”.</source>
        <translation>Die Liste wurde als „{name}“ gesichert.</translation>
    </message>
</context>
<context>
    <name>TermRow</name>
    <message>
        <source>Terms of the sum</source>
        <translation>Summanden</translation>
    </message>
    <message>
        <source>Walk through all terms</source>
        <translation>Durch alle Summanden gehen</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>größter zuerst</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>The terms that are not shown add {share} of the sum</source>
        <translation>Die nicht gezeigten Summanden geben {share} der Summe dazu</translation>
    </message>
    <message>
        <source>+ {n} more</source>
        <translation>+ {n} weitere</translation>
    </message>
    <message>
        <source>Draw on the left: your picture is taken apart while you draw.</source>
        <translation>Links zeichnen: Das Bild wird dabei gleich zerlegt.</translation>
    </message>
    <message>
        <source>No part adds anything to this image.</source>
        <translation>Kein Teil trägt etwas zu diesem Bild bei.</translation>
    </message>
    <message>
        <source>Looking for parts…</source>
        <translation>Teile werden gesucht …</translation>
    </message>
    <message>
        <source>Press Fit: this image as a weighted sum of parts.</source>
        <translation>„Zerlegen“ zeigt dieses Bild als gewichtete Summe von Teilen.</translation>
    </message>
</context>
<context>
    <name>TermView</name>
    <message>
        <source>Term with {part}</source>
        <translation>Summand mit {part}</translation>
    </message>
    <message>
        <source>× {part}</source>
        <translation>× {part}</translation>
    </message>
    <message>
        <source>Weight of {part}</source>
        <translation>Gewicht von {part}</translation>
    </message>
    <message>
        <source>Weight of {part} as a number</source>
        <translation>Gewicht von {part} als Zahl</translation>
    </message>
    <message>
        <source>{weight} × {part}, {share} of the sum</source>
        <translation>{weight} × {part}, {share} der Summe</translation>
    </message>
    <message>
        <source>{weight}; the fit has {fitted} (key End)</source>
        <translation>{weight}; die Zerlegung hat {fitted} (Taste Ende)</translation>
    </message>
</context>
<context>
    <name>TextSizeMenu</name>
    <message>
        <source>Text Si&amp;ze</source>
        <translation>Text&amp;größe</translation>
    </message>
    <message>
        <source>&amp;Larger Text</source>
        <translation>&amp;Größerer Text</translation>
    </message>
    <message>
        <source>&amp;Smaller Text</source>
        <translation>&amp;Kleinerer Text</translation>
    </message>
    <message>
        <source>&amp;Usual Size</source>
        <translation>&amp;Übliche Größe</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Replay</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Back to the End</source>
        <translation>Zurück ans Ende</translation>
    </message>
    <message>
        <source>Iteration that is looked at</source>
        <translation>Gezeigte Iteration</translation>
    </message>
    <message>
        <source>Go back through the fit: parts and sum as they were then</source>
        <translation>Durch die Zerlegung zurückgehen: Teile und Summe, wie sie damals waren</translation>
    </message>
    <message>
        <source>Place in the fit</source>
        <translation>Stelle in der Zerlegung</translation>
    </message>
    <message>
        <source>See the parts emerge once more (Ctrl+Shift+R)</source>
        <translation>Die Teile noch einmal entstehen sehen (Strg+Umschalt+R)</translation>
    </message>
    <message>
        <source>See what the fit has found (Ctrl+Shift+E)</source>
        <translation>Sehen, was die Zerlegung gefunden hat (Strg+Umschalt+E)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>looking back: iteration {i} of {n}; “Resume” and “Step” go on from iteration {n}</source>
        <translation>Rückblick: Iteration {i} von {n}; „Weiter“ und „Schritt“ gehen von Iteration {n} aus</translation>
    </message>
    <message>
        <source>looking back: iteration {i} of {n}</source>
        <translation>Rückblick: Iteration {i} von {n}</translation>
    </message>
    <message>
        <source>{iterations}; {more} more, also from other starts, found nothing better</source>
        <translation>{iterations}; {more} weitere, auch von anderen Starts aus, fanden nichts Besseres</translation>
    </message>
    <message>
        <source>{iterations}; “Watch” shows the parts forming from random numbers</source>
        <translation>{iterations}; „Zusehen“ zeigt, wie die Teile aus Zufallszahlen entstehen</translation>
    </message>
    <message>
        <source>1 iteration</source>
        <translation>1 Iteration</translation>
    </message>
    <message numerus="yes">
        <source>%Ln iterations</source>
        <translation>
            <numerusform>%Ln Iteration</numerusform>
            <numerusform>%Ln Iterationen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopSamples</name>
    <message>
        <source>Samples that use it most</source>
        <translation>Beispiele, die es am meisten benutzen</translation>
    </message>
    <message>
        <source>No sample uses this part.</source>
        <translation>Kein Beispiel benutzt dieses Teil.</translation>
    </message>
    <message>
        <source>{sample}, weight {weight}</source>
        <translation>{sample}, Gewicht {weight}</translation>
    </message>
</context>
<context>
    <name>ViewMenu</name>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Point at a Pi&amp;xel</source>
        <translation>Auf ein Pi&amp;xel zeigen</translation>
    </message>
    <message>
        <source>Pre&amp;sentation</source>
        <translation>&amp;Präsentation</translation>
    </message>
    <message>
        <source>&amp;How These Were Read</source>
        <translation>&amp;Wie die Bilder gelesen wurden</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>See how images are made of parts</source>
        <translation>Entdecken, aus welchen Teilen Bilder bestehen</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispielsammlungen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Your images stay on this computer. The program never uses the network.</source>
        <translation>Die Bilder bleiben auf diesem Computer. Das Programm nutzt nie das Netz.</translation>
    </message>
</context>
<context>
    <name>WindowStatus</name>
    <message>
        <source>Loading… {title}</source>
        <translation>Lädt … {title}</translation>
    </message>
    <message>
        <source>Fitting… {title}</source>
        <translation>Zerlegung läuft … {title}</translation>
    </message>
    <message>
        <source>Fit finished, error {error}</source>
        <translation>Zerlegung fertig, Fehler {error}</translation>
    </message>
</context>
<context>
    <name>_Scale</name>
    <message>
        <source>{title} from {low} to {high}</source>
        <translation>{title} von {low} bis {high}</translation>
    </message>
</context>
</TS>
