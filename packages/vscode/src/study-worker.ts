import { doStudy } from './study-task.js';
import { serveTasks } from './worker-port.js';

serveTasks(doStudy);
