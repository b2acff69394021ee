import { doStudy } from './study-task.js';
import { serveTasks } from './worker-port-web.js';

serveTasks(doStudy);
