import org.codehaus.plexus.util.FileUtils

['add-sub', 'digits-cnn'].each { name ->
    def model = new File(models, name)
    FileUtils.copyFileToDirectory(new File(model, 'model.onnx'), new File(basedir, "src/main/model/$name"))
    model.listFiles().findAll { it.directory }.each {
        FileUtils.copyDirectory(it, new File(basedir, "src/test/model/$name/${it.name}"))
    }
}

return true
