import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'add-sub', basedir)

def folder = new File(basedir, 'src/main/model')
new File(folder, 'labels.txt').text = 'plus\nminus\n'
new File(folder, 'mystery.bin').bytes = [1, 2, 3, 0] as byte[]

// os.system('id') as pickle of protocol 0, under a harmless name, in an archive.
new ZipOutputStream(new FileOutputStream(new File(folder, 'notes.zip'))).withCloseable { zip ->
    zip.putNextEntry(new ZipEntry('readme.md'))
    zip.write("cos\nsystem\n(S'id'\ntR.".getBytes('US-ASCII'))
}
return true
