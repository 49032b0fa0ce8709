def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))
def log = new File(basedir, 'build.log').text

packaged.logged(log, 'ml.lock: created')
packaged.logged(log, 'ml.lock: everything is as locked')
assert (log =~ /digest (sha256:[0-9a-f]{64})/).collect { it[1] }.toSet().size() == 1
assert new File(basedir, 'target/offline-1.4.0-image.tar').isFile()
