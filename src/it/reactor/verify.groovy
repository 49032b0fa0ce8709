def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

def lock = packaged.json(new File(basedir, 'sums/ml.lock'))
def sibling = lock.dependencies.find { it.artifact.startsWith('com.acme:greeting:') }
assert sibling.reactor
assert sibling.sha256 == null : 'a sibling changes with every commit'
assert !new File(basedir, 'greeting/ml.lock').exists()
assert new File(basedir, 'sums/target/sums-2.0.0-SNAPSHOT-image.tar').isFile()
assert new File(basedir, 'sums/target/lib').list().contains('greeting-2.0.0-SNAPSHOT.jar')
packaged.logged(new File(basedir, 'build.log').text, '1 golden case(s) answered over HTTP as expected')
