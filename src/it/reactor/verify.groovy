def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

def lock = packaged.json(new File(basedir, 'sums/ml.lock'))
def sibling = lock.dependencies.find { it.artifact.startsWith('com.acme:greeting:') }
assert sibling.reactor
assert sibling.sha256 == null : 'a sibling changes with every commit'
assert !new File(basedir, 'greeting/ml.lock').exists()
assert new File(basedir, 'sums/target/sums-2.0.0-SNAPSHOT-image.tar').isFile()
assert new File(basedir, 'sums/target/lib').list().contains('greeting-2.0.0-SNAPSHOT.jar')
def log = new File(basedir, 'build.log').text
packaged.logged(log, '1 golden case(s) answered over HTTP as expected')
assert log.readLines().count { it.endsWith('no model is built here: nothing done') } == 2
assert packaged.json(new File(basedir, 'sums/target/ml/verify.json')).verdict == 'pass'

// The manifest names each jar as target/lib has it, the sibling's too.
def jar = new java.util.jar.JarFile(new File(basedir, 'sums/target/sums-2.0.0-SNAPSHOT.jar'))
def classPath = jar.withCloseable { it.manifest.mainAttributes.getValue('Class-Path').split(' ') as Set }
assert classPath == new File(basedir, 'sums/target/lib').list().collect { "lib/$it".toString() } as Set
packaged.serve(new File(basedir, 'sums/target/sums-2.0.0-SNAPSHOT.jar')) { port ->
    def outputs = packaged.infer(port, 'sums', '2.0.0-SNAPSHOT', ['INPUT0', 'INPUT1'].collect {
        [name: it, datatype: 'INT32', shape: [1, 16], data: (1..16).toList()]
    })
    assert outputs.OUTPUT1 == [0] * 16
}
