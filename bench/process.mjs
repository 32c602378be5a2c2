// What the kernel says of a process: its processor time and its memory. Linux only.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']));

/// Processor time that all threads have used so far, in user and kernel mode, in microseconds.
export function cpuMicros(pid) {
  const { user, system } = statOf(pid);
  return micros(user + system);
}

/// The same of a process and its children, those that have ended included.
export function familyCpuMicros(pid) {
  const { user, system, childrenUser, childrenSystem } = statOf(pid);
  const children = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [livingStat(name)] : []));
  return children
    .filter((child) => child?.parent === pid)
    .reduce(
      (sum, child) => sum + micros(child.user + child.system),
      micros(user + system + childrenUser + childrenSystem),
    );
}

/// Memory in MiB: `resident` now, its highest value (`peak`), and the part of it that belongs to no file (`anonymous`).
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { resident: mebibytes('VmRSS'), peak: mebibytes('VmHWM'), anonymous: mebibytes('RssAnon') };
}

/// Lets the highest value of resident memory start again from now.
export function forgetPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/// The numbers of a process; times in ticks.
function statOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in parentheses and may contain anything; state is the first after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15);
  return { parent: fields[1], user, system, childrenUser, childrenSystem };
}

/// Processes end while they are looked at.
function livingStat(pid) {
  try {
    return statOf(pid);
  } catch {
    return undefined;
  }
}

function micros(ticks) {
  return (ticks / TICKS_PER_SECOND) * 1e6;
}
