/** Writes Java constants for the names of tenants files. */
@NullMarked
package io.github.istioegress.maven.constants;

import org.jspecify.annotations.NullMarked;
