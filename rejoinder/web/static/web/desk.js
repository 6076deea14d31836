/* What every page of the desk starts. Without any of it the pages work by links and forms. */

import { follow } from "./live.js";
import { listen as listenForKeys } from "./keys.js";
import { start as startList } from "./list.js";
import { start as startComposer } from "./composer.js";
import { start as startCountdown } from "./countdown.js";
import { start as startPreview } from "./preview.js";
import { start as startNote } from "./note.js";
import { start as startPush } from "./push.js";
import { start as startSaved } from "./saved.js";
import { listen as listenForSubmit } from "./submit.js";

startList();
startComposer();
startCountdown();
startPreview();
startNote();
startPush();
startSaved();
listenForKeys();
listenForSubmit();
follow();
