// Installs everything that tests in a real VS Code need; does nothing when it is there.
import { installHost } from '../test/vscode/host/install';
import { ensureSystemPackages } from '../test/vscode/host/system';
import { chosenHost } from '../test/vscode/host/tests';

ensureSystemPackages();
installHost(chosenHost() === 'minimum' ? 'minimum' : 'current');
