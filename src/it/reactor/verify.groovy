def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

def lock = packaged.json(new File(basedir, 'sums/ml.lock'))
def sibling = lock.dependencies.find { it.artifact.startsWith('com.acme:greeting:') }
assert sibling.reactor
assert sibling.sha256 == null : 'a sibling changes with every commit'
assert !new File(basedir, 'greeting/ml.lock').exists()
def log = new File(basedir, 'build.log').text
packaged.logged(log, '1 golden case(s) answered over HTTP as expected')
packaged.logged(log, 'Wrote target/sums-2.0.0-SNAPSHOT-image.tar')
assert log.readLines().count { it.endsWith('no model is built here: nothing done') } == 2
assert packaged.json(new File(basedir, 'sums/target/ml/verify.json')).verdict == 'pass'
