/**
 * Runs before each file of laws. They throw and catch errors by the million, as the code under them does, and nobody
 * reads where: a failure prints its seed and its steps. Finding out was a seventh of their time.
 */
Error.stackTraceLimit = 0;
