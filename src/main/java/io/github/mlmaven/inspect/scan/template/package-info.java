/** Judges chat templates, which are programs in Jinja that run in the interpreter of whoever loads a model. */
@NullMarked
package io.github.mlmaven.inspect.scan.template;

import org.jspecify.annotations.NullMarked;
