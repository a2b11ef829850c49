/** Finds a module's definitions and runs them by themselves. */
@NullMarked
package io.github.istioegress.maven.project;

import org.jspecify.annotations.NullMarked;
