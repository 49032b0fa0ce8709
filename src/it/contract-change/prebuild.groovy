new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'add-sub', basedir)

// The second input under another name, in the model and in its golden data: the same bytes but for six.
def renamed = { File from, File to ->
    to.parentFile.mkdirs()
    to.bytes = new String(from.bytes, 'ISO-8859-1').replace('INPUT1', 'OFFSET').getBytes('ISO-8859-1')
}
renamed(new File(basedir, 'src/main/model/model.onnx'), new File(basedir, 'src/main/changed-model/model.onnx'))
new File(basedir, 'src/test/model/test_data_set_0').eachFile { file ->
    renamed(file, new File(basedir, "src/test/changed-model/test_data_set_0/$file.name"))
}
return true
