import { doPicture } from './picture-task.js';
import { serveTasks } from './worker-port.js';

serveTasks(doPicture);
