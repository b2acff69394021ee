/** Says a text in the language of a reader; the English text is the key. */
type Say = (text: TemplateStringsArray, ...values: readonly (string | number)[]) => string;

/** Whoever can say texts in a language. */
interface Speaker {
  readonly say: Say;
}

/** A sector in the language of a reader where it is one of the usual ones; one of one's own stays as the text has it. */
export function sectorText({ say }: Speaker, sector: string): string {
  switch (sector) {
    case 'hospital':
      return say`hospital`;
    case 'emergency':
      return say`emergency`;
    case 'community':
      return say`community`;
    case 'home':
      return say`home`;
    case 'primary':
      return say`primary`;
    case 'public':
      return say`public`;
    case 'rehabilitation':
      return say`rehabilitation`;
    case 'administration':
      return say`administration`;
    case 'social':
      return say`social`;
    default:
      return sector;
  }
}

/** For whom an entry point is, as `sectorText` tells sectors. */
export function audienceText({ say }: Speaker, audience: string): string {
  if (audience === 'citizens') return say`citizens`;
  return audience === 'professionals' ? say`professionals` : audience;
}

/** How something is handed over, as `sectorText` tells sectors: `phone`, or `form "discharge letter"` with its own words. */
export function channelText({ say }: Speaker, channel: string): string {
  const [kind = channel, ...detail] = channel.split(' ');
  return [channelKind(say, kind), ...detail].join(' ');
}

function channelKind(say: Say, kind: string): string {
  switch (kind) {
    case 'phone':
      return say`phone`;
    case 'form':
      return say`form`;
    case 'email':
      return say`e-mail`;
    case 'letter':
      return say`letter`;
    case 'record':
      return say`record`;
    case 'radio':
      return say`radio`;
    case 'video':
      return say`video`;
    default:
      return kind;
  }
}

/** `Home care` for `home care`. */
export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
