def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

// Whatever compiler plugin this Maven brings: class files of Java 17, and the lock says so.
def magic = new File(basedir, 'target/classes/com/acme/Words.class').bytes
assert magic[7] == 61
assert packaged.json(new File(basedir, 'ml.lock')).javaRelease == 17

assert !new File(basedir, 'target/on-defaults-1.4.0-image.tar').exists() : 'ml.image.skip was set'
packaged.serve(new File(basedir, 'target/on-defaults-1.4.0.jar')) { port ->
    def outputs = packaged.infer(port, 'on-defaults', '1.4.0', ['INPUT0', 'INPUT1'].collect {
        [name: it, datatype: 'INT32', shape: [1, 16], data: (1..16).toList()]
    })
    assert outputs.OUTPUT1 == [0] * 16
}
