package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A document of a file, or a part of one.
 *
 * @param file the file's name
 * @param tree its values
 * @param place where they stand
 */
record Document(String file, JsonNode tree, Place place) {}
