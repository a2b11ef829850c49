/** Writes definitions in Java, and proves what it wrote. */
@NullMarked
package io.github.istioegress.maven.source;

import org.jspecify.annotations.NullMarked;
