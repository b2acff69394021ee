// As much work for everybody: what a run costs before its first event, and what a processor has forgotten since the last
// one, weighs the less, the longer the run.

/** Days of the urgent-care network. */
export const NETWORK_DAYS = 2000;
export const NETWORKS = 26;
export const NETWORKS_DAYS = 100;
/** Of M/M/10, on average, since one comes each second. */
export const CUSTOMERS = 1_000_000;
/** Days of the network in SimPy, which is slow, and has no more to do before its first event than others. */
export const SIMPY_DAYS = 50;
