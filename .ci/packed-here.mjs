/**
 * Workbooks are packed in this thread. The library hands large sheets to workers as the text of functions, in which whatever a
 * bundler puts beside them is not there.
 */
export const packedHere = {
  name: 'packed-here',
  setup({ onLoad }) {
    onLoad({ filter: /write-excel-file[\\/]modules[\\/]zip[\\/]zipToArrayBuffer\.js$/ }, () => ({
      contents: "import { zipSync } from 'fflate'; export default async (files) => zipSync(files).buffer;",
    }));
  },
};
