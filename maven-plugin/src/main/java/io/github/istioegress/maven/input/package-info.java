/** Finds the manifests a goal is to read. */
@NullMarked
package io.github.istioegress.maven.input;

import org.jspecify.annotations.NullMarked;
