// The table of types of nodes says each name twice and the words for what a property is at every property. Here a type is a
// line: its name, what it extends, and its properties with marks.

/** Writes a table of types: `Name Parent,Other property?@Target=default …` a line. */
export function shortTypes(types) {
  return Object.entries(types)
    .map(([name, { superTypes, properties }]) =>
      [
        name,
        superTypes.join(),
        ...Object.entries(properties).map(([key, property]) => shortProperty(key, property)),
      ].join(' '),
    )
    .join('\n');
}

function shortProperty(key, { optional, referenceType, defaultValue }) {
  const mark = optional ? '?' : '';
  const target = referenceType === undefined ? '' : `@${referenceType}`;
  return key + mark + target + (defaultValue === undefined ? '' : `=${JSON.stringify(defaultValue)}`);
}

/** The table of types that was written so. */
export function longTypes(text) {
  const types = {};
  for (const line of text.split('\n')) {
    const [name, parents, ...written] = line.split(' ');
    const properties = {};
    for (const each of written) {
      const [, key, optional, referenceType, value] = /^(\w+)(\?)?(?:@(\w+))?(?:=(.*))?$/.exec(each);
      const property = { name: key };
      if (value) property.defaultValue = JSON.parse(value);
      if (optional) property.optional = true;
      if (referenceType) property.referenceType = referenceType;
      properties[key] = property;
    }
    types[name] = { name, properties, superTypes: parents ? parents.split(',') : [] };
  }
  return types;
}
