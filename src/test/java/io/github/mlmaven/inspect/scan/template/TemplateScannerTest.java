package io.github.mlmaven.inspect.scan.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.Scanned;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateScannerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "{{ ().__class__.__base__.__subclasses__() }} @ __base__, __class__, __subclasses__",
                "{{ cycler.__init__.__globals__.os.popen('id').read() }} @ __globals__, __init__, os.popen",
                "{{ x['__class__'] }} @ __class__",
                "{{ x['\\x5f\\x5fclass\\x5f\\x5f'] }} @ __class__",
                "{{ x['\\137\\137class__'] }} @ __class__",
                "{{ x['\\N{LOW LINE}_class__'] }} @ __class__",
                "{{ x['__cl' ~ 'ass__'] }} @ __class__",
                "{{ x['__cl' 'ass__'] }} @ __class__",
                "{{ '{0.__class__}'.format(x) }} @ __class__",
                "{{ x|attr('y') }} @ |attr",
                "{{ x | attr(y) }} @ |attr",
                "{{ x|map(attribute='__globals__')|list }} @ __globals__",
                "{{ {'a': {'b': 1}}['a'].__class__ }} @ __class__",
                "{{ '}}' ~ x.__class__ }} @ __class__",
                "{{ x.mro() }} @ .mro",
                "{{ x['mro']() }} @ [mro",
                "{{ request.application }} @ request.application",
                "{{ g.gi_frame.f_globals }} @ .f_globals, .gi_frame",
                "{{ eval('1') }} @ eval(",
                "{% import 'a' as b %} @ import",
                "{%- include 'a' %} @ -include",
                "{% from 'a' import b %} @ from",
                "{% if x.__init__ %}{% endif %} @ __init__",
                "{{ a }} {# comment #} {{ x.__x }} @ __x",
                "{{ x.__class__ @ __class__",
            })
    void reachingOut(String template, String found) throws Exception {
        ScanResult result = Scanned.of(folder, "chat_template.jinja", template);

        assertThat(result.kind()).isEqualTo(Kind.DATA);
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id().id()).isEqualTo("ML-SAFE-TEMPLATE");
            assertThat(finding.found().orElseThrow()).isEqualTo(found.strip());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for message in messages %}{{ '<|im_start|>' + message['role'] }}{% endfor %}",
                "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% endif %}",
                "{{ messages | map(attribute='content') | join('\\n') }}",
                "{{ raise_exception('roles must alternate') }}",
                "{% set ns = namespace(first=true) %}{% set ns.first = false %}",
                "{{ strftime_now('%d %b %Y') }} {{ tools | tojson(indent=4) }}",
                "import os; os.system('ls'), an example that is only printed: __class__",
                "{{ 'You may write: import os, then os.listdir()' }}",
                "{{ server ~ '__' ~ tool.name }}{% macro render(x) %}{{ x }}{% endmacro %}",
                "{# __class__ in a comment #}{{ x }}",
            })
    void honestTemplates(String template) throws Exception {
        ScanResult result = Scanned.of(folder, "chat_template.jinja", template);

        assertThat(Scanned.lines(result)).isEmpty();
        assertThat(result.format()).isEqualTo("a template");
    }

    @Test
    void theTemplateOfATokenizersConfiguration() throws Exception {
        ScanResult result = Scanned.of(
                folder, "tokenizer_config.json", "{\"a\": [1], \"chat_template\": \"{{ x.__globals__ }}\", \"b\": {}}");

        assertThat(result.kind()).isEqualTo(Kind.DATA);
        assertThat(result.format()).isEqualTo("a tokenizer configuration");
        assertThat(Scanned.lines(result))
                .containsExactly(
                        "ML-SAFE-TEMPLATE: m/tokenizer_config.json: the template 'chat_template' reaches into the"
                                + " interpreter that renders it; expected only what a template is given, found __globals__."
                                + " Replace the template by the one that the model's author published.");
    }

    @Test
    void namedTemplatesAndTheSameKeyTwice() throws Exception {
        String json = "{\"chat_template\": [{\"name\": \"default\", \"template\": \"{{ x }}\"},"
                + " {\"name\": \"rag\", \"template\": \"{{ x.__class__ }}\"}], \"chat_template\": \"{{ x.__init__ }}\"}";

        assertThat(Scanned.of(folder, "tokenizer_config.json", json).findings())
                .extracting(finding -> finding.found().orElseThrow())
                .containsExactly("__class__", "__init__");
    }

    @Test
    void aConfigurationThatBreaksOffBehindATemplateIsNotClean() throws Exception {
        ScanResult result = Scanned.of(folder, "a.json", "{\"chat_template\": \"{{ x.__class__ }}\", ");

        assertThat(result.findings()).hasSize(1);
    }

    @Test
    void jsonWithoutATemplateIsJson() throws Exception {
        assertThat(Scanned.of(folder, "a.json", "{\"a\": \"{{ x.__class__ }}\"}")
                        .format())
                .isEqualTo("JSON");
    }

    @Test
    void aTemplateIsRecognisedByItsContentToo() throws Exception {
        assertThat(Scanned.of(folder, "a.txt", "{% for m in messages %}{{ m|attr('x') }}{% endfor %}")
                        .findings())
                .hasSize(1);
    }

    @Test
    void aTemplateOfMegabytesIsNotCalledClean() throws Exception {
        assertThat(Scanned.lines(Scanned.of(folder, "chat_template.jinja", "x".repeat((1 << 20) + 1))))
                .singleElement()
                .asString()
                .startsWith("ML-SAFE-TEMPLATE: m/chat_template.jinja: the template 'chat_template.jinja' is too long");
        assertThat(Scanned.lines(Scanned.of(folder, "a.json", "{\"chat_template\": \"" + "x".repeat(5 << 20) + "\"}")))
                .singleElement()
                .asString()
                .startsWith("ML-SAFE-TEMPLATE: m/a.json: the template 'chat_template' is too long");
    }
}
