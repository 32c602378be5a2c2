#!/usr/bin/env node
// Checks that every relative link and image in the project's Markdown files leads to a file that is there, and to a
// heading that is there when it names one. Usage: check-links.mjs [FILE…], by default all that git knows or would add.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : markdownFiles();
const complaints = files.flatMap((file) => linksOf(file).flatMap((link) => complain(file, link)));

for (const complaint of complaints) {
  console.error(complaint);
}
if (complaints.length > 0) {
  process.exit(1);
}
console.log(`${files.length} documents, all relative links lead somewhere`);

function markdownFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md']);
  return listed.toString().split('\0').filter((file) => file && existsSync(file));
}

/// Inline links, images, reference definitions and HTML attributes, outside of code.
function linksOf(file) {
  const text = withoutCode(readFileSync(file, 'utf8'));
  const patterns = [/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g, /^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm, /(?:src|href)="([^"]+)"/g];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]));
}

function withoutCode(text) {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
}

function complain(file, link) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith('//')) {
    return [];
  }
  const [path, anchor] = decodeURIComponent(link).split('#');
  const target = path === '' ? file : normalize(path.startsWith('/') ? `.${path}` : join(dirname(file), path));
  if (!existsSync(target)) {
    return [`${file}: ${link} leads nowhere`];
  }
  if (anchor && statSync(target).isFile() && target.endsWith('.md') && !anchorsOf(target).has(anchor)) {
    return [`${file}: ${link}: ${target} has no such heading`];
  }
  return [];
}

/// The anchors that headings get on GitHub: lower case, without punctuation, spaces as hyphens, repeated ones numbered.
function anchorsOf(file) {
  const anchors = new Set();
  const text = readFileSync(file, 'utf8').replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  for (const [, heading] of text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
    const slug = plain.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    let anchor = slug;
    for (let copy = 1; anchors.has(anchor); copy += 1) {
      anchor = `${slug}-${copy}`;
    }
    anchors.add(anchor);
  }
  return anchors;
}
