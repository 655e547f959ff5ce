// Installs everything that tests in a real VS Code need; does nothing when it is there.
import { installHost } from '../test/vscode/host/install';
import { ensureSystemPackages } from '../test/vscode/host/system';

ensureSystemPackages();
installHost(process.env.VSCODE_HOST === 'minimum' ? 'minimum' : 'current');
