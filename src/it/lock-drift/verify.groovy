import java.security.MessageDigest

def sha256 = { file -> MessageDigest.getInstance('SHA-256').digest(file.bytes).encodeHex().toString() }
def was = sha256(new File(basedir, 'src/main/model/model.onnx'))
def now = sha256(new File(basedir, 'src/main/changed-model/model.onnx'))
def log = new File(basedir, 'build.log').text

assert log.contains('ml.lock: created: 1 model(s)')
assert log.contains('ML-LOCK-DRIFT: models/lock-drift/model.onnx: the model file is not the one that was locked;'
    + " expected 209 bytes sha256:$was, found 209 bytes sha256:$now."
    + ' Restore the file, or run `mvn ml:lock` to accept what is there now.')
assert log.contains('ML-LOCK-DRIFT: verification/ml.golden.atol: the setting is there, but is not locked, found "1".'
    + ' Restore the setting, or run `mvn ml:lock` to accept what is there now.')
assert log.contains('ML-LOCK-REFUSED: ml.lock: `mvn ml:lock` would change the lock file, and -Dml.locked or CI=true'
    + ' forbids that. Run `mvn ml:lock` on a developer machine and commit ml.lock.')
// The same table before the failure of the build and for what is accepted.
def table = 'ml.lock: 2 differences: 1 changed, 1 extraneous\n' +
    '[INFO]   what                          locked                         found                          came\n' +
    "[INFO]   models/lock-drift/model.onnx  209 bytes sha256:${was[0..11]}  209 bytes sha256:${now[0..11]}\n" +
    '[INFO]   verification/ml.golden.atol   -                              "1"'
assert log.count(table) == 2
assert log.contains('ml.lock: everything is as locked: 1 model(s)')

// What was accepted is what is locked.
def lock = new File(basedir, 'ml.lock').text
assert lock.contains(now)
assert !lock.contains(was)
assert lock.contains('"ml.golden.atol": "1"')
