package io.github.mlmaven.image.reproduce;

import java.util.Map;

/** What is known of one file in an archive. */
interface Facts {

    /** Each of them by its name, in a fixed order and always the same names, for people. */
    Map<String, String> aspects();
}
