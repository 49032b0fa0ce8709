new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'add-sub', basedir)

// Inputs alone, in both forms.
def golden = new File(basedir, 'src/test/model')
(0..1).each { assert new File(golden, "test_data_set_0/output_${it}.pb").delete() }
new File(golden, 'one.json').text = groovy.json.JsonOutput.toJson([inputs: ['INPUT0', 'INPUT1'].collect {
    [name: it, datatype: 'INT32', shape: [1, 16], data: (1..16)]
}])
return true
