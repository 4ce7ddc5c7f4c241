/** The engine that compiles the regular expressions of filters, for the check in a dialog: the one of the runtime. */
import { RE2JS } from 're2js';

RED.ctiosPatterns = RE2JS;
