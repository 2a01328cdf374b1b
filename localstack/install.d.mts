export function isInstalled(root?: string): boolean;
export function node24(): string;
export function install(options?: { verbose?: boolean }): number | Promise<number>;
export function installThenRun(program: string, args: readonly string[]): Promise<void>;
export function runInstalled(program: string, args: readonly string[]): Promise<void>;
