/** Names that XML takes as ids: each thing has one of its own, told by its kind and id. */
export class XmlNames {
  private readonly given = new Map<string, string>();
  private readonly used = new Set<string>();

  of(kind: string, id: string): string {
    const key = `${kind} ${id}`;
    const known = this.given.get(key);
    if (known !== undefined) return known;
    const plain = `${kind}_${id.replace(/[^A-Za-z0-9_.-]/gu, '_')}`;
    let name = plain;
    for (let count = 2; this.used.has(name); count++) name = `${plain}_${count}`;
    this.given.set(key, name);
    this.used.add(name);
    return name;
  }
}
