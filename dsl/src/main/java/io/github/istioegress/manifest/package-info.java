/** Reads and writes resources as stable YAML. */
@NullMarked
package io.github.istioegress.manifest;

import org.jspecify.annotations.NullMarked;
