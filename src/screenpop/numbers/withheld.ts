/** Recognizes texts that gateways, carriers and switches send instead of a withheld number. */

/** Words for a number that is withheld or could not be transmitted, in the languages that switches use. */
const WITHHELD = new Set(
  `anonymous anonym anonyme anonimo anonima anonymní anonimowy аноним анонимный
  private privat privé privée prive privado privada privato privata particular
  restricted restricción restringido restringida riservato réservé
  withheld callerwithheld blocked bloqué bloqueado bloccato blocco geblokkeerd gesperrt suppressed hidden oculto masqué
  unterdrückt unavailable indisponible indisponível nichtverfügbar unknown unbekannt inconnu inconnue desconocido desconocida desconhecido
  sconosciuto onbekend okänt ukendt ukjent tuntematon nieznany neznámý неизвестно неизвестный скрыт
  nascosto скрытый скрыто анонимно anonim gizli skjult skjulte hemligt hemlig dold dolt skyddat afgeschermd anoniem onbekende
  zastrzeżony zastrzeżone ukryty ukryte skrytý skryté soukromý soukromé rejtett titkos ismeretlen ascuns necunoscut piilotettu salainen απόκρυψη άγνωστος
  非通知設定 番号非通知 発信者番号非通知 隐藏 隐藏号码 匿名来电 隱藏號碼 未顯示號碼 발신번호표시제한 חסוי محجوب مجهول
  anonymer unbekannter unbekannte unterdrückte unterdrückter privater geheim geheimnummer secret secreto secreta
  oculta confidencial hemmelig hemmeligt prywatny bilinmeyen özel neznámé privát tajný skriveni nepoznat nepoznati
  скрит неизвестен невідомий прихований απόρρητο 未知来电 未知號碼 私密号码 私密號碼 无来电显示 無來電顯示 拒绝显示
  발신자표시제한 알수없음 번호없음 خاص
  unlisted unpublished nonpublished anonymus unbek okänd utajeno bilinmiyor неопределен pribadi ẩn
  不明 通知不可 通知圏外 サービス競合 公衆 ヒツウチ ひつうち コウシュウデンワ 無法顯示 拒絕顯示 隐私号码 未显示
  ไม่ทราบ ไม่แสดงหมายเลข خصوصي ناشناس
  anon unavail clir nocli payphone coinline p o 非通知 通知不可能 公衆電話 表示圏外 匿名 未知号码 未知 私人号码`
    .split(/\s+/)
    .filter(Boolean)
    .map(folded),
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
  'not supplied',
  'number not available',
  'no name',
  'no data',
  'presentation restricted',
  'presentation not allowed',
  'address unavailable',
  'data unavailable',
  'pay phone',
  'coin line payphone',
  'keine rufnummer',
  'identité refusée',
  'non identifié',
  'no identificado',
  'não identificado',
  'sin identificar',
  'sin número',
  'не определен',
  'номер не определен',
  'غير معروف',
  'coin line',
  'interaction with other service',
  'ohne nummer',
  'nicht verfügbar',
  'non disponible',
  'no disponible',
  'non disponibile',
  'non published',
  'non communiqué',
  'niet beschikbaar',
  'ohne rufnummer',
  'keine nummer',
  'không xác định',
  'tidak diketahui',
].map(folded);
/** Additional words that do not change the meaning. */
const FILLERS = new Set(
  'caller callerid id clid cli number name call calling user party the is by service cid nr nomor số anrufer anruf teilnehmer appel identidad arama broj номер מספר رقم αριθμού nummer rufnummer numero número numéro номер numer numara numarası číslo szám număr αριθμός appelant chiamante llamada'
    .split(' ')
    .map(folded),
);
/** A number has at most 40 characters (GED-188); longer texts would take long to match. */
const MAX_JOINED = 40;
/** "privatenumber", "AnonymousCaller": words without a separator between them. */
const JOINED = new RegExp(`^(?:${[...WITHHELD, ...FILLERS].filter((word) => /^[a-z]{3,}$/.test(word)).join('|')})+$`);
/** Such words spelled on a phone's keys: ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN, BLOCKED, WITHHELD. */
const IN_DIGITS = new Set(['266696687', '7378742833', '86282452253', '8656696', '2562533', '94844353']);
/** RFC 3323, and "unavailable@unknown.invalid" of 3GPP TS 23.003. */
const ANONYMOUS_HOST = /^anonymous\.invalid\.?$/;
const UNKNOWN_HOST = /(^|\.)(unknown|restricted|unavailable)\.invalid\.?$/;

/** @param siteWords additional texts of this site's switch; compared as a whole, case-insensitive */
export function isWithheldText(text: string, siteWords: readonly string[] = []): boolean {
  const own = plain(text);
  if (siteWords.some((word) => plain(word) !== '' && plain(word) === own)) return true;
  // A gateway's rule puts its prefix before anything: "+Anonymous", "9Anonymous".
  const bare = own.replace(/^\+?\d{0,3}(?=\p{L}{3})/u, '');
  if (/[\d+]/.test(bare)) return false;
  const words = folded(bare)
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim()
    .split(' ');
  const telling = words.filter((word) => !FILLERS.has(word));
  if (PHRASES.includes(words.join(' ')) || PHRASES.includes(telling.join(' '))) return true;
  if (telling.length === 0) return false;
  return telling.every((word) => WITHHELD.has(word) || isJoined(word));
}

/** Two or more words, at least one of which means that the number is withheld. */
function isJoined(word: string): boolean {
  return (
    word.length <= MAX_JOINED &&
    JOINED.test(word) &&
    [...WITHHELD].some((each) => each.length >= 3 && word.includes(each))
  );
}

/** Without accents, and with umlauts as switches without them write them: "unterdrueckt". */
function folded(text: string): string {
  const bare = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  return bare
    .normalize('NFC')
    .replace(/ß/g, 'ss')
    .replace(/([aou])e/g, '$1');
}

/** @param digits of a number that is not valid anywhere: Lesotho (+266) has no number 696687 */
export function isWithheldInDigits(digits: string): boolean {
  return IN_DIGITS.has(digits);
}

/** The host indicates that there is no one to call back. */
export function isAnonymousHost(host: string | undefined, user: string): boolean {
  if (host === undefined) return false;
  return ANONYMOUS_HOST.test(host) || (UNKNOWN_HOST.test(host) && !/\d/.test(user));
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
