import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile as readPipe } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  checkWritable,
  MANIFEST_FILE,
  writeFileSafely,
  writeNewFolder,
  writePiecesSafely,
  writeProducts,
} from '../../src/host/output-folder.js';
import { temporaryFolder } from '../temporary.js';

const file = (path: string, content = path, emitter = 'one') => ({ path, content, emitter });
const ONE = { emitters: ['one'] };

function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('writing products', () => {
  test('writes all files, in folders of their own, with a list of them', async () => {
    const out = join(temporaryFolder(), 'new/out');
    await writeProducts(out, 'out', [file('a/b.json', 'x'), file('c.svg')], ONE);
    expect(everything(out)).toEqual([MANIFEST_FILE, 'a/b.json', 'c.svg']);
    expect(readFileSync(join(out, 'a/b.json'), 'utf8')).toBe('x');
  });

  test('takes away what an earlier build wrote and this one did not, with empty folders', async () => {
    const out = temporaryFolder();
    await writeProducts(out, 'out', [file('a/old.json'), file('b.json')], ONE);
    const { removed } = await writeProducts(out, 'out', [file('b.json')], ONE);
    expect(removed).toEqual(['a/old.json']);
    expect(readdirSync(out).sort()).toEqual([MANIFEST_FILE, 'b.json']);
  });

  test('leaves what others wrote, what somebody changed, and what an emitter that did not run had made', async () => {
    const out = temporaryFolder({ 'mine.txt': 'mine' });
    await writeProducts(out, 'out', [file('a.json'), file('b.json'), file('c.json', 'c', 'two')], {
      emitters: ['one', 'two'],
    });
    writeFileSync(join(out, 'a.json'), 'changed by hand');
    await writeProducts(out, 'out', [], ONE);
    expect(everything(out)).toEqual([MANIFEST_FILE, 'a.json', 'c.json', 'mine.txt']);
    await writeProducts(out, 'out', [], { emitters: ['two'] });
    expect(everything(out)).toEqual([MANIFEST_FILE, 'a.json', 'mine.txt']);
  });

  test('leaves everything as it was when one file cannot be written', async () => {
    const out = temporaryFolder();
    await writeProducts(out, 'out', [file('a.json', 'first')], ONE);
    mkdirSync(join(out, 'z.json'));
    await expect(
      writeProducts(out, 'out', [file('a.json', 'second'), file('b/c.json'), file('z.json')], ONE),
    ).rejects.toThrow('out has a folder `z.json`, where a file is to be written.');
    expect(readFileSync(join(out, 'a.json'), 'utf8')).toBe('first');
    expect(everything(out)).toEqual([MANIFEST_FILE, 'a.json']);
    expect(existsSync(join(out, 'b'))).toBe(false);
  });

  test('says that the output is a file', async () => {
    const folder = temporaryFolder({ out: 'a file' });
    await expect(writeProducts(join(folder, 'out'), 'out', [file('a.json')], ONE)).rejects.toThrow(
      /out cannot be written: /,
    );
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('a file');
  });

  test('says that the system allows no folder there', async () => {
    await expect(writeProducts('/proc/pathway-out', '/proc/pathway-out', [file('a.json')], ONE)).rejects.toThrow(
      '/proc/pathway-out cannot be written: ',
    );
  });

  test.each(['../x', '/x', 'a/../x', 'a//x', './x', 'C:/x', 'a\\x', ''])(
    'refuses a product with the path %j',
    async (path) => {
      const out = temporaryFolder();
      await expect(writeProducts(out, 'out', [file(path)], ONE)).rejects.toThrow(
        'not a plain path inside the output folder',
      );
      expect(readdirSync(out)).toEqual([]);
    },
  );

  test('refuses two files that some disks cannot tell apart', async () => {
    await expect(
      writeProducts(temporaryFolder(), 'out', [file('A.json'), file('a.json', '', 'two')], ONE),
    ).rejects.toThrow('The emitters `one` and `two` both made the file `a.json`.');
  });

  test('never removes what a damaged list names outside the folder', async () => {
    const top = temporaryFolder({ 'precious.txt': 'precious' });
    const sha256 = '4b5dc6cc9cb0c0e3b8ca7b5b5f8c3b3a6c0b1f0e7f2f6a0f9e6bd0a2c8bb0a4e';
    const out = join(top, 'out');
    mkdirSync(out);
    const list = {
      format: 'pathway-out',
      formatVersion: 1,
      files: [{ path: '../precious.txt', emitter: 'one', sha256 }],
    };
    writeFileSync(join(out, MANIFEST_FILE), JSON.stringify(list));
    await writeProducts(out, 'out', [file('a.json')], ONE);
    expect(existsSync(join(top, 'precious.txt'))).toBe(true);
  });
});

describe('writing one file', () => {
  test('replaces it in one go and leaves nothing else', async () => {
    const folder = temporaryFolder({ 'a.json': 'old' });
    await writeFileSafely(join(folder, 'a.json'), 'a.json', 'new');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new');
    expect(everything(folder)).toEqual(['a.json']);
  });

  test.runIf(process.platform !== 'win32')('follows a link, and stays one', async () => {
    const folder = temporaryFolder({ 'real.csv': 'before' });
    symlinkSync('real.csv', join(folder, 'link.csv'));
    await writeFileSafely(join(folder, 'link.csv'), 'link.csv', 'after');
    await writePiecesSafely(join(folder, 'link.csv'), 'link.csv', ['in ', 'pieces']);
    expect(lstatSync(join(folder, 'link.csv')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real.csv'), 'utf8')).toBe('in pieces');
    expect(everything(folder)).toEqual(['real.csv']);
  });

  test.runIf(process.platform !== 'win32')('goes into a pipe, which is not replaced', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const write of [
      () => writeFileSafely(pipe, 'pipe', 'through'),
      () => writePiecesSafely(pipe, 'pipe', ['thr', 'ough']),
    ]) {
      const [read] = await Promise.all([readPipe(pipe, 'utf8'), write()]);
      expect(read).toBe('through');
      expect(lstatSync(pipe).isFIFO()).toBe(true);
    }
  });

  test('says that a folder stands there', async () => {
    await expect(writeFileSafely(temporaryFolder(), 'here', 'x')).rejects.toThrow('here is a folder');
  });
});

describe('a new folder', () => {
  test('is made and filled', async () => {
    const folder = join(temporaryFolder(), 'a/b');
    await writeNewFolder(folder, 'a/b', [{ path: 'x.txt', content: 'x' }]);
    expect(everything(folder)).toEqual(['x.txt']);
  });

  test('is refused when something is in it', async () => {
    const folder = temporaryFolder({ 'mine.txt': 'mine' });
    await expect(writeNewFolder(folder, 'f', [{ path: 'x.txt', content: 'x' }])).rejects.toThrow('f is not empty');
    expect(everything(folder)).toEqual(['mine.txt']);
  });
});

describe('a look before hours of work', () => {
  test('leaves nothing where files can be written', async () => {
    const folder = temporaryFolder();
    await checkWritable(join(folder, 'a/b'), 'a/b');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says that files cannot be written', async () => {
    const folder = temporaryFolder({ taken: 'a file' });
    await expect(checkWritable(join(folder, 'taken'), 'taken')).rejects.toThrow('taken cannot be written: ');
    await expect(checkWritable(join(folder, 'taken/b'), 'b')).rejects.toThrow('b cannot be written: ');
  });
});
