def log = new File(basedir, 'build.log').text

assert log.contains('ML-LOCK-MISSING: ml.lock: there is no lock file, and -Dml.locked or CI=true forbids to create one.'
    + ' Run `mvn ml:lock` on a developer machine and commit ml.lock.')
assert log.contains('ml.lock: created: 1 model(s)')
assert new File(basedir, 'ml.lock').isFile()
assert !new File(basedir, 'target/ci-without-lock-1.4.0-image.tar').exists()
