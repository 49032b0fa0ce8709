import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
assert log.contains('Verdict WARN: 1 model, 0 errors, 2 warnings')
assert log.contains('The report is target/ml/verify.html, target/ml/verify.json, target/ml/verify.sarif,'
    + ' target/ml/TEST-ml-verify.xml')

// A mismatch that is a warning, and an accepted risk that is not there: the same in every report.
def ids = ['ML-ACCEPT-UNUSED', 'ML-GOLDEN-MISMATCH']
def report = new JsonSlurper().parse(new File(basedir, 'target/ml/verify.json'))
assert report.verdict == 'warn'
assert (report.findings + report.models[0].findings).collect { it.id + ' ' + it.severity } ==
    ids.collect { it + ' warning' }
def sarif = new JsonSlurper().parse(new File(basedir, 'target/ml/verify.sarif'))
assert sarif.runs[0].results.collect { it.ruleId + ' ' + it.level }.sort() == ids.collect { it + ' warning' }
def junit = new File(basedir, 'target/ml/TEST-ml-verify.xml').getText('UTF-8')
def page = new File(basedir, 'target/ml/verify.html').getText('UTF-8')
ids.each { assert junit.contains(it) && page.contains(it) }
assert !junit.contains('<failure')
assert page.contains('(it was there)')
