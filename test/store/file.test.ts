import { openStore } from '../../src/store/open.ts';
import { storeContract } from './contract.ts';
import { silent } from '../world.ts';
import { temporaryFolders } from './folders.ts';

const folder = temporaryFolders();

storeContract((clock) => openStore({ is: 'sqlite', folder: folder() }, clock, silent));
