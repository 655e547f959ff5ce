import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The released sources in which the models of a specification are written; single ops and layers need none. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  torchvision: ['torchvision==0.28.0'],
  timm: ['timm==1.0.31', 'torchvision==0.28.0'],
  paddle_vision: ['paddlepaddle==3.3.1'],
  paddleclas: ['paddleclas==2.6.0'],
};

/** The wheels are only unpacked, never installed or run, so any of these will do on every machine. */
const PLATFORMS = ['manylinux_2_28_x86_64', 'manylinux2014_x86_64', 'manylinux1_x86_64', 'any'];

const UNPACK = `
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.endswith('.py')])
`;

/** The folders that hold the sources for a specification; what is missing is downloaded once. */
export function sourceRoots(specification: string): readonly string[] {
  return (PACKAGES[specification] ?? []).map(sourceRoot);
}

function sourceRoot(requirement: string): string {
  const root = resolve('.cache', 'sources', requirement.replace('==', '-'));
  if (existsSync(root)) return root;
  console.log(`downloading the source of ${requirement}`);
  const scratch = mkdtempSync(join(tmpdir(), 'sources-'));
  try {
    const platforms = PLATFORMS.flatMap((platform) => ['--platform', platform]);
    const options = ['--no-deps', '--only-binary=:all:', '--python-version', '3.11', ...platforms];
    python('-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', ...options, '-d', scratch, requirement);
    const wheel = readdirSync(scratch).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error(`no wheel of ${requirement}`);
    const unpacked = `${root}.part`;
    rmSync(unpacked, { recursive: true, force: true });
    mkdirSync(unpacked, { recursive: true });
    python('-c', UNPACK, join(scratch, wheel), unpacked);
    renameSync(unpacked, root);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return root;
}

function python(...args: readonly string[]): void {
  const { status, error } = spawnSync('python3', [...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw error ?? new Error(`python3 ${args.slice(0, 3).join(' ')} failed`);
}
