new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'add-sub', basedir)

// OUTPUT0 is INT32[1,16] in raw_data, the last field: change element [0,15].
def output = new File(basedir, 'src/test/model/test_data_set_0/output_0.pb')
def bytes = output.bytes
bytes[bytes.length - 4] = (byte) (bytes[bytes.length - 4] + 1)
output.bytes = bytes
return true
