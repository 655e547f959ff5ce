import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that shows the workbench and draws pictures; CHROMIUM_PATH names another one. */
export function findChromium(): string {
  const found = [process.env.CHROMIUM_PATH, ...BROWSERS].find((path) => path && existsSync(path));
  if (!found)
    throw new Error('Chromium is missing: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH');
  return found;
}

/**
 * Sees to a browser and a font with Chinese characters. As root on Debian what is missing is installed; anyone
 * else is told what to install. A missing font only spoils pictures, a missing browser ends the run.
 */
export function ensureSystemPackages(): void {
  const missing = [
    ...(process.env.CHROMIUM_PATH || BROWSERS.some(existsSync) ? [] : ['chromium']),
    ...(hasChineseFont() ? [] : ['fonts-noto-cjk']),
  ];
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    aptInstall(missing);
    return;
  }
  console.error(`missing: ${missing.join(', ')}. On Debian or Ubuntu: sudo apt-get install ${missing.join(' ')}`);
  if (missing.includes('chromium')) process.exit(1);
}

function hasChineseFont(): boolean {
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return list.error ? existsSync('/usr/share/fonts/opentype/noto') : list.stdout.trim() !== '';
}

function aptInstall(packages: readonly string[]): void {
  console.log(`installing ${packages.join(', ')}`);
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
}

function apt(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];
  const { status } = spawnSync('apt-get', [...options, ...args], { stdio: 'inherit', env });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed`);
}
