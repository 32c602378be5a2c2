// CPU time and memory of a process, as reported by the kernel. Linux only.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']));

/// CPU time used by all threads so far, in user and kernel mode, in microseconds.
export function cpuMicros(pid) {
  const { user, system } = statOf(pid);
  return micros(user + system);
}

/// CPU time of a process and its children, including those that have exited.
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

/// Memory in MiB: `resident` now, its highest value (`peak`), and the part without a backing file (`anonymous`).
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { resident: mebibytes('VmRSS'), peak: mebibytes('VmHWM'), anonymous: mebibytes('RssAnon') };
}

/// Resets the peak of resident memory.
export function forgetPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/// The fields of a process's stat file; times are in ticks.
function statOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in parentheses and may contain anything; the state is the first field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15);
  return { parent: fields[1], user, system, childrenUser, childrenSystem };
}

/// Processes may exit while they are being read.
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
