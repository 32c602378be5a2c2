#!/usr/bin/env node
// Checks what the project depends on, without the network: licences, sources, banned and doubled crates as deny.toml
// says, and the advisories that are written down beside this file. Usage: check.mjs, after a build, in the project's folder.
//
// The advisories are those that concern crates of Cargo.lock and were known on their `asOf`; CONTRIBUTING.md says how to
// look for newer ones. Yanked versions are not seen here, but by `make advisories`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { isAllowed } from './licenses.mjs';
import { isPatched } from './versions.mjs';

const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';
const NPM_LOCKS = ['web', 'bench', 'tests'].map((folder) => `${folder}/package-lock.json`);
/// Of tools that build the page or test, which nobody gets from us.
const ALLOWED_OF_TOOLS = ['MPL-2.0', 'PSF-2.0'];

const deny = readFileSync('deny.toml', 'utf8');
const { advisories } = JSON.parse(readFileSync(new URL('advisories.json', import.meta.url), 'utf8'));
const crates = lockedCrates(readFileSync('Cargo.lock', 'utf8'));
const complaints = [
  ...wrongSources(),
  ...bannedCrates(),
  ...doubledCrates(),
  ...openAdvisories(),
  ...wrongLicenses(),
  ...NPM_LOCKS.flatMap(wrongPackages),
];

complaints.forEach((complaint) => console.error(complaint));
if (complaints.length > 0) {
  process.exit(1);
}
console.log(`${crates.length} crates and ${NPM_LOCKS.length} npm locks: licences, sources, bans and ${advisories.length} advisories`);

function lockedCrates(lock) {
  return lock.split('[[package]]').slice(1).map((entry) => {
    const value = (key) => entry.match(new RegExp(`^${key} = "([^"]*)"`, 'm'))?.[1];
    return { name: value('name'), version: value('version'), source: value('source') };
  });
}

/// The list of that name in deny.toml: words, or tables of which `key` counts.
function listed(section, name, key) {
  const body = deny.match(new RegExp(`\\[${section}\\]\\n([\\s\\S]*?)(?=\\n\\[[a-z]|$)`))?.[1] ?? '';
  const list = body.match(new RegExp(`^${name} = \\[\\n([\\s\\S]*?)^\\]`, 'm'))?.[1] ?? '';
  const words = key ? [...list.matchAll(new RegExp(`${key} = "([^"]+)"`, 'g'))] : [...list.matchAll(/"([^"]+)"/g)];
  return words.map((match) => match[1]);
}

function wrongSources() {
  const wrong = crates.filter(({ source }) => source !== undefined && source !== REGISTRY);
  return wrong.map(({ name, source }) => `${name} comes from ${source}: only crates.io is allowed`);
}

function bannedCrates() {
  const banned = listed('bans', 'deny', 'name');
  return crates.filter(({ name }) => banned.includes(name)).map(({ name }) => `${name} is banned: deny.toml says why`);
}

function doubledCrates() {
  const known = listed('bans', 'skip');
  const count = (name) => crates.filter((one) => one.name === name).length;
  const doubled = [...new Set(crates.map(({ name }) => name))].filter((name) => count(name) > 1);
  return [
    ...doubled.filter((name) => !known.includes(name)).map((name) => `${name} is there in two versions: settle on one, or list it in deny.toml`),
    ...known.filter((name) => !doubled.includes(name)).map((name) => `${name} is there once now: drop it from the list in deny.toml`),
  ];
}

function openAdvisories() {
  const accepted = listed('advisories', 'ignore', 'id');
  const open = advisories.flatMap((advisory) => {
    const hit = crates.find(({ name, version }) => name === advisory.crate && !isPatched(version, advisory));
    return hit ? [{ ...advisory, version: hit.version }] : [];
  });
  return [
    ...open.filter(({ id }) => !accepted.includes(id)).map(({ id, crate, version, title }) => `${crate} ${version} has ${id}: ${title}`),
    ...accepted.filter((id) => !open.some((one) => one.id === id)).map((id) => `${id} concerns us no more: drop it from deny.toml`),
  ];
}

function wrongLicenses() {
  const allowed = listed('licenses', 'allow');
  const host = execFileSync('rustc', ['-vV']).toString().match(/^host: (.+)$/m)[1];
  const args = ['metadata', '--locked', '--offline', '--format-version', '1', '--all-features', '--filter-platform', host];
  const { packages, resolve } = JSON.parse(execFileSync('cargo', args, { maxBuffer: 2 ** 28 }).toString());
  const used = new Set(resolve.nodes.map(({ id }) => id));
  const theirs = packages.filter(({ id, source }) => source !== null && used.has(id));
  const wrong = theirs.filter((one) => !isAllowed(licenseOf(one), allowed));
  return wrong.map((one) => `${one.name} is under ${licenseOf(one) ?? 'a licence of its own'}: deny.toml does not allow that`);
}

/// Some crates name no licence, but have the file of one.
function licenseOf({ license, license_file: file, manifest_path: manifest }) {
  const text = license || !file ? '' : readFileSync(join(dirname(manifest), file), 'utf8');
  return license ?? (/^\s*(The )?MIT License/i.test(text) ? 'MIT' : null);
}

function wrongPackages(file) {
  const allowed = [...listed('licenses', 'allow'), ...ALLOWED_OF_TOOLS];
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(packages).filter(([path]) => path !== '').flatMap(([path, { license, resolved, integrity }]) => [
    ...(isAllowed(license, allowed) ? [] : [`${file}: ${path} is under ${license}, which is not allowed`]),
    ...(integrity ? [] : [`${file}: ${path} has no checksum`]),
    ...(!resolved || resolved.startsWith('https://registry.npmjs.org/') ? [] : [`${file}: ${path} comes from ${resolved}`]),
  ]);
}
