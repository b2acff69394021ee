import { doPicture } from './picture-task.js';
import { serveTasks } from './worker-port-web.js';

serveTasks(doPicture);
