def log = new File(basedir, 'build.log').text

// The table stands before the failure of the build, of the check on golden data of the old contract, and of what is accepted.
def table = ['Contract of contract-change: incompatible, clients break',
             '  tensor        locked                  found                   verdict',
             '  input INPUT1  INPUT1 INT32[batch,16]  OFFSET INT32[batch,16]  incompatible: input renamed']
table.each { line -> assert log.count("[INFO] $line") == 3 : line }

def changed = 'ML-CONTRACT-CHANGED: models/contract-change/contract/inputs/INPUT1: clients of the locked contract break:' +
    ' input renamed; expected INPUT1 INT32[batch,16], found OFFSET INT32[batch,16]. Restore the model, or run' +
    ' `mvn ml:lock` to accept the contract once the clients know.'
assert log.count(changed) >= 2
assert log.contains('ML-LOCK-DRIFT: models/contract-change/model.onnx: the model file is not the one that was locked;')
assert log.contains('ML-GOLDEN-INVALID: src/test/model/test_data_set_0/input_1.pb: input INPUT1 is not in the model\'s'
    + ' contract;')
assert log.contains('accepted: models/contract-change/contract: incompatible with the locked one, tell the clients')
assert log.contains('ml.lock: everything is as locked: 1 model(s)')

def lock = new File(basedir, 'ml.lock').text
assert lock.contains('"OFFSET"')
assert !lock.contains('"INPUT1"')
