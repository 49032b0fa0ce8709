import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.util.concurrent.TimeUnit

/** What integration tests ask of a packaged model; a script of an IT loads it by its path. */
class Packaged {

    static Object json(File file) {
        assert file.isFile() : "$file is missing"
        new JsonSlurper().parse(file)
    }

    /** The names in an image's tar. */
    static List<String> entries(File tar) {
        def process = ['tar', '-tf', tar.path].execute()
        def names = process.text.readLines()
        assert process.waitFor() == 0 : "tar cannot read $tar"
        names
    }

    /** One file of an image's tar, as JSON. */
    static Object entry(File tar, String name) {
        def process = ['tar', '-xOf', tar.path, name].execute()
        def text = process.text
        assert process.waitFor() == 0 : "$tar has no $name"
        new JsonSlurper().parseText(text)
    }

    /** Starts a jar with java -jar, hands its port over, and stops it by SIGTERM, which must end it with exit code 0. */
    static void serve(File jar, Map<String, String> environment = [:], Closure ask) {
        def java = new File(System.getProperty('java.home'), 'bin/java').path
        def builder = new ProcessBuilder(java, '-jar', jar.path)
        builder.environment().putAll([PORT: '0', ORT_DISABLE_TELEMETRY: '1'] + environment)
        builder.redirectErrorStream(true)
        def process = builder.start()
        try {
            def port = 0
            def lines = []
            def reader = process.inputStream.newReader('UTF-8')
            for (def line = reader.readLine(); line != null && port == 0; line = port == 0 ? reader.readLine() : line) {
                lines << line
                def matcher = line =~ /ready on port (\d+)/
                if (matcher.find()) {
                    port = matcher.group(1) as int
                }
            }
            assert port > 0 : "the server did not start: $lines"
            ask(port)
            process.destroy()
            assert process.waitFor(20, TimeUnit.SECONDS) : 'the server did not stop'
            assert process.exitValue() == 0
        } finally {
            process.destroyForcibly()
        }
    }

    /** Posts an inference request and returns the outputs' data by name. */
    static Map<String, Object> infer(int port, String model, String version, List<Map> inputs) {
        def reply = post(port, "/v2/models/$model/versions/$version/infer", [inputs: inputs])
        assert reply.model_name == model
        reply.outputs.collectEntries { [it.name, it.data] }
    }

    /** Posts JSON and returns the JSON of the reply, which must have status 200. */
    static Object post(int port, String path, Object body) {
        def connection = new URL("http://127.0.0.1:$port$path").openConnection() as HttpURLConnection
        connection.doOutput = true
        connection.setRequestProperty('Content-Type', 'application/json')
        connection.outputStream.withCloseable { it << JsonOutput.toJson(body) }
        assert connection.responseCode == 200 : connection.errorStream?.text
        new JsonSlurper().parse(connection.inputStream)
    }

    /** Asserts that a log has a line that contains the text. */
    static void logged(String log, String text) {
        assert log.readLines().any { it.contains(text) } : "expected in the log: $text"
    }
}
