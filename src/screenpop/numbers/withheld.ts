/** Recognizes what gateways, carriers and switches put in the place of a number that is kept back. */

/** One of these says that the number is kept back, or could not be handed over. In the languages that switches speak. */
const WITHHELD = new Set(
  `anonymous anonym anonyme anonimo anonima anonymní anonimowy аноним анонимный
  private privat privé privée prive privado privada privato privata particular
  restricted restricción restringido restringida riservato réservé
  withheld callerwithheld blocked bloqué bloqueado bloccato blocco geblokkeerd gesperrt suppressed hidden oculto masqué
  unterdrückt unavailable indisponible indisponível nichtverfügbar unknown unbekannt inconnu inconnue desconocido desconocida desconhecido
  sconosciuto onbekend okänt ukendt ukjent tuntematon nieznany neznámý неизвестно неизвестный скрыт
  clir nocli payphone coinline p o 非通知 通知不可能 公衆電話 表示圏外 匿名 未知号码 未知 私人号码`
    .split(/\s+/)
    .filter(Boolean),
);
const PHRASES = [
  'id withheld',
  'no number',
  'no caller id',
  'no cli',
  'no id',
  'not available',
  'not provided',
  'out of area',
  'coin line',
  'interaction with other service',
  'ohne nummer',
  'nicht verfügbar',
  'non disponible',
  'no disponible',
  'non disponibile',
];
/** Words beside those that change nothing. */
const FILLERS = new Set(
  'caller callerid id clid cli number name call calling user party the is service anrufer nummer rufnummer numero número numéro appelant chiamante llamada'.split(
    ' ',
  ),
);
/** Such words spelt on a telephone's keys: ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN, BLOCKED, WITHHELD. */
const IN_DIGITS = new Set(['266696687', '7378742833', '86282452253', '8656696', '2562533', '94844353']);
/** RFC 3323, and "unavailable@unknown.invalid" of 3GPP TS 23.003. */
const ANONYMOUS_HOST = /^anonymous\.invalid\.?$/;
const UNKNOWN_HOST = /(^|\.)(unknown|restricted|unavailable)\.invalid\.?$/;

/** @param siteWords what this site's switch says, in addition; compared as a whole, without regard to case */
export function isWithheldText(text: string, siteWords: readonly string[] = []): boolean {
  const own = plain(text);
  if (siteWords.some((word) => plain(word) !== '' && plain(word) === own)) return true;
  if (/[\d+]/.test(text)) return false;
  const words = own
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim()
    .split(' ');
  if (PHRASES.includes(words.join(' '))) return true;
  return words.some((word) => WITHHELD.has(word)) && words.every((word) => WITHHELD.has(word) || FILLERS.has(word));
}

/** @param digits of a number that is not valid anywhere: Lesotho (+266) has no number 696687 */
export function isWithheldInDigits(digits: string): boolean {
  return IN_DIGITS.has(digits);
}

/** The host says that there is nobody to call back. */
export function isAnonymousHost(host: string | undefined, user: string): boolean {
  if (host === undefined) return false;
  return ANONYMOUS_HOST.test(host) || (UNKNOWN_HOST.test(host) && !/\d/.test(user));
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
