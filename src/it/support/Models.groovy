import org.codehaus.plexus.util.FileUtils

/** Puts a real model with its golden data into a project; for pre-build scripts. */
class Models {

    /** Copies the model; into folders of its name where a project has several. */
    static File copy(String models, String model, File project, String name = '') {
        def source = new File(models, model)
        FileUtils.copyFileToDirectory(new File(source, 'model.onnx'), new File(project, "src/main/model/$name"))
        source.listFiles().findAll { it.directory }.each {
            FileUtils.copyDirectory(it, new File(project, "src/test/model/$name/${it.name}"))
        }
        source
    }
}
